"""Every member gets a column name that is valid, unique, and none of the lake's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.tables.names import column_names
from thermocline.contracts.names import column_name_problems
from thermocline.contracts.rows_table import OWN_COLUMNS

AWKWARD = st.sampled_from(
    ["", "_", "a", "A", "a_2", "event_id", "gen", "_src", "_pos", "__v", "___", "9", "名前", "a" * 300]
)


@given(st.lists(AWKWARD | st.text(max_size=12), unique=True))
def test_names_are_valid_unique_and_not_the_lakes(members: list[str]) -> None:
    names = column_names(members)
    assert list(names) == members
    assert column_name_problems(list(names.values())) == []
    assert OWN_COLUMNS.keys().isdisjoint(names.values())


@given(
    st.lists(
        st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name not in OWN_COLUMNS), unique=True
    )
)
def test_valid_names_stay(members: list[str]) -> None:
    assert all(name == member for member, name in column_names(members).items())


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("firstName", "first_name"),
        ("HTTPStatus", "http_status"),
        ("Straße Nr.", "strasse_nr"),
        ("unit.price", "unit_price"),
        ("$ip", "ip"),
        ("2fa", "n_2fa"),
        ("event_time", "event_time_given"),
        ("eventTime", "event_time_given"),
        ("_src", "src_given"),
        ("名前", "column_1"),
        ("__v", "v"),
        ("__typename", "typename"),
        ("_id", "_id"),
    ],
)
def test_names_are_snake_case(member: str, name: str) -> None:
    assert column_names([member]) == {member: name}


def test_a_member_that_can_keeps_its_name_though_another_comes_first() -> None:
    assert column_names(["Email", "email"]) == {"Email": "email_2", "email": "email"}
