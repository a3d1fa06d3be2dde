from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thermocline.contracts.paths import join_path, split_path

names = st.text(st.characters(exclude_categories=["Cs"]))


@given(names=st.lists(names, min_size=1, max_size=4))
@example(names=["a.b", "", '"', "\\", "\n", "é"])
def test_every_name_can_be_written(names: list[str]) -> None:
    assert split_path(join_path(names)) == tuple(names)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("price", ("price",)),
        ("address.city", ("address", "city")),
        ('properties."unit.price"', ("properties", "unit.price")),
        ('"E-Mail Adresse".größe', ("E-Mail Adresse", "größe")),
        ("$ip", ("$ip",)),
    ],
)
def test_a_path_is_its_names(path: str, steps: tuple[str, ...]) -> None:
    assert split_path(path) == steps


@pytest.mark.parametrize("path", ["", ".", "a.", ".a", "a..b", '"a', 'a"', '"a"b', "a b", '"\\x"', '"a\n"'])
def test_another_form_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (path|JSON string)"):
        split_path(path)
