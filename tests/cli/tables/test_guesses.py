"""What identifies a row, when it happened, and what looks personal are guessed, and the reason is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.errors import CliError
from cli.tables.draft import Draft
from cli.tables.guesses import percent
from tests.cli.tables.samples import drafted


def draft(folder: Path, *rows: dict[str, Any], table: str = "orders", **wishes: Any) -> Draft:
    path = folder / "a.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)))
    return drafted(path, table, **wishes)


@pytest.mark.parametrize(
    ("rows", "identity"),
    [
        ([{"n": 1, "id": 1}, {"n": 1, "id": 2}], ("id",)),
        ([{"orderId": "a", "customer_id": "x"}, {"orderId": "b", "customer_id": "y"}], ("order_id",)),
        ([{"customer_id": "x", "order_no": 1}, {"customer_id": "y", "order_no": 2}], ("order_no",)),
        ([{"uuid": "x", "id": 1}, {"uuid": "y", "id": 2}], ("id",)),
        ([{"invoice_no": 1}, {"invoice_no": 2}], ("invoice_no",)),
        ([{"n": 1, "invoice_no": 1}, {"n": 2, "invoice_no": 2}], ()),
        ([{"id": 1}, {"id": 1}], ()),
        ([{"id": 1}, {"id": None}], ()),
        ([{"id": 1}, {"id": "1"}], ()),
        ([{"id": 1.5}, {"id": 2.5}], ()),
    ],
)
def test_the_identity_is_a_key_that_every_row_has_once(
    rows: list[dict[str, Any]], identity: tuple[str, ...], tmp_path: Path
) -> None:
    made = draft(tmp_path, *rows)
    assert made.identity == identity
    assert [column.name for column in made.columns if column.required] == list(identity)
    assert made.identity_why


AT = "2026-11-26T10:00:00Z"


@pytest.mark.parametrize(
    ("row", "event_time"),
    [
        ({"created_at": AT, "updated_at": AT}, "updated_at"),
        ({"x_at": AT}, "x_at"),
        ({"x_at": AT, "y_at": AT}, None),
        ({"birthday": AT}, None),
        ({"expires_at": AT, "x_at": AT}, "x_at"),
        ({"ts": 1764151200}, "ts"),
        ({"ts": 3}, None),
        ({"timestamp": "2026-11-26T11:00:00+01:00"}, "timestamp"),
        ({"timestamp": "26/11/2026"}, None),
        ({"date": "2026-11-26"}, "date"),
        ({"date": "2026-11-26", "paid": AT}, "paid"),
        ({"Time": AT}, "time"),
    ],
)
def test_the_event_time_is_told_by_name_or_is_the_only_time(
    row: dict[str, Any], event_time: str | None, tmp_path: Path
) -> None:
    made = draft(tmp_path, row)
    assert made.event_time == event_time
    assert made.event_time_why


def test_what_the_person_says_counts(tmp_path: Path) -> None:
    row = {"id": 1, "Other Key": "k", "ts": AT, "updated_at": AT}
    made = draft(tmp_path, row, event_time="updated_at", identity=("id", "Other Key"))
    assert (made.event_time, made.identity) == ("updated_at", ("id", "other_key"))
    none = draft(tmp_path, row, event_time="none", identity=("none",))
    assert (none.event_time, none.identity) == (None, ())


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"event_time": "when"}, "--event-time when: the sample has no such column; it has a, b, c"),
        ({"event_time": "a"}, "--event-time a: not every value can be read as a time"),
        ({"identity": ("b",)}, "--identity b: 1 of 2 rows do not have it"),
        ({"identity": ("c",)}, "--identity c: its values are objects, arrays or mixed"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(wishes: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(CliError) as raised:
        draft(tmp_path, {"a": 1, "b": 1, "c": []}, {"a": 2, "c": []}, **wishes)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    "member",
    [
        *("email", "E-Mail", "phoneNumber", "firstName", "last_name", "street", "birth_date", "dob", "ip", "clientIp"),
        *("ssn", "passport_no", "iban", "Straße", "userEmail", "x-forwarded-for"),
    ],
)
def test_names_look_personal(member: str, tmp_path: Path) -> None:
    (column,) = draft(tmp_path, {member: None}).columns
    assert column.classification == "restricted"
    assert column.look


@pytest.mark.parametrize(
    "value",
    [
        *("ann@example.com", "write to ann@example.com today", "+49 170 1234567", "(555) 123-4567", "0170/1234567"),
        *(
            "192.0.2.1",
            "from 192.0.2.1",
            "2001:db8::1",
            "123-45-6789",
            "DE89 3704 0044 0532 0130 00",
            "GB82WEST12345698765432",
        ),
        *("4111 1111 1111 1111", "12 Main Street", "Hauptstraße 5", "5 rue de la Paix, 12", "AB 12 34 56 C"),
        {"contact": {"email": "x"}},
        ["x", {"y": "ann@example.com"}],
        4111111111111111,
    ],
)
def test_values_look_personal(value: object, tmp_path: Path) -> None:
    (column,) = draft(tmp_path, {"field": value}).columns
    assert column.classification == "restricted", column.look


@pytest.mark.parametrize(
    "value",
    [
        *(
            "blue shirt",
            "2026-11-26T11:00:00+01:00",
            "c-1842",
            "1.2.3",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "10:00:00",
        ),
        *("26/11/2026", "12 pieces", "DE00 3704 0044 0532 0130 00", "A1B2-C3D4", "500 mg", "sku-12345-678"),
        {"size": 1},
        4111111111111112,
    ],
)
def test_other_text_is_confidential_and_not_marked(value: object, tmp_path: Path) -> None:
    (column,) = draft(tmp_path, {"field": value}).columns
    assert column.look is None
    assert column.classification == ("internal" if isinstance(value, int) else "confidential")


def test_four_numbers_are_a_version_where_the_name_says_so(tmp_path: Path) -> None:
    assert draft(tmp_path, {"app_version": "1.2.3.4"}).columns[0].look is None


def test_one_number_of_many_that_passes_for_a_cards_does_not_count(tmp_path: Path) -> None:
    rows = [{"field": 4111111111111111 + number} for number in range(10)]
    assert draft(tmp_path, *rows).columns[0].look is None


def test_descriptions_say_what_was_seen(tmp_path: Path) -> None:
    made = draft(tmp_path, *({"Email": "a@example.com" if number else None} for number in range(50)))
    assert made.columns[0].description == "Member `Email` of the sample; seen in 98 % of 50 rows."


@pytest.mark.parametrize(
    ("count", "of", "text"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (1, 10_000, "1 %"), (9_999, 10_000, "99 %"), (5, 10, "50 %"), (3, 3, "100 %")],
)
def test_shares_are_all_or_none_only_when_they_are(count: int, of: int, text: str) -> None:
    assert percent(count, of) == text
