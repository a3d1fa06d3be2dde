from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.thermocline.contracts.changes import column, replace, with_column
from tests.thermocline.contracts.tables import table
from thermocline.contracts import Contract
from thermocline.events.batch import Event, Refused
from thermocline.ingest.http.caps import capped
from thermocline.ingest.protocols.rows import parse_csv, parse_rows

ORDERS = table(
    column("id", "bigint"),
    column("shop"),
    column("amount", "decimal(38,9)"),
    column("lines", encoding="json"),
    column("city", path="address.city"),
    column("e_mail", path='"E-Mail"'),
    column("placed_at", "timestamp", classification="internal"),
    identity=("id", "shop"),
    event_time="placed_at",
)
STRICT = replace(ORDERS, unknown_members="refuse")
LAX = replace(ORDERS, unknown_members="drop")
ROW = (
    b'{"id":7,"shop":"hh","amount":19.90,"lines":[{"sku": "a", "n": 1.0}],"address":{"city":"Bern"},'
    b'"E-Mail":"a@b.example","placed_at":"2026-11-26T12:00:00+01:00"}'
)


def one(body: bytes, contract: Contract = ORDERS) -> Event:
    (event,) = capped(parse_rows(body, contract=contract)).events
    assert isinstance(event, Event), event
    return event


def bad(body: bytes, contract: Contract = ORDERS) -> Refused:
    (refused,) = capped(parse_rows(body, contract=contract)).events
    assert isinstance(refused, Refused), refused
    return refused


def test_a_row_has_its_columns() -> None:
    event = one(ROW)
    assert {name: value for name, value in event.columns.items() if name != "event_id"} == {
        "id": 7,
        "shop": "hh",
        "amount": Decimal("19.900000000"),
        "lines": '[{"sku": "a", "n": 1.0}]',
        "city": "Bern",
        "e_mail": "a@b.example",
        "placed_at": dt.datetime(2026, 11, 26, 11, tzinfo=dt.UTC),
    }
    assert event.time == "2026-11-26T11:00:00+00:00"


@pytest.mark.parametrize("body", [ROW, b" \n" + ROW + b"\r\n", b"[" + ROW + b"]", ROW.replace(b',"', b',\n"')])
def test_one_row_in_each_form(body: bytes) -> None:
    assert one(body).columns == one(ROW).columns


def test_each_row_of_many() -> None:
    batch = parse_rows(b"\n".join([ROW, b"{", b"7", ROW]), contract=ORDERS)
    assert (batch.protocol, batch.stream) == ("rows", "orders")
    assert [e.reason if isinstance(e, Refused) else e.columns["id"] for e in batch.events] == [
        *(7, "malformed", "invalid", 7)
    ]


UNKNOWN = b'{"id":1,"note":{"n": 1.50},"gone":null,"address":{"city":"Bern","zip":"007","at":{"x":1}}}'


def test_unknown_members_are_kept_as_they_were_sent_at_their_place() -> None:
    event = one(UNKNOWN)
    assert event.columns["extra"] == '{"note":{"n": 1.50},"gone":null,"address":{"zip":"007","at":{"x":1}}}'
    assert event.columns["city"] == "Bern"


def test_unknown_members_are_refused_by_their_paths() -> None:
    refused = bad(UNKNOWN, STRICT)
    assert (refused.reason, refused.detail) == (
        "invalid",
        "unknown field `note`, `gone`, `address.zip`, `address.at`",
    )


def test_unknown_members_are_dropped() -> None:
    assert one(UNKNOWN, LAX).columns.keys() == {"id", "city", "event_id"}


@pytest.mark.parametrize("unknown", ["extra", "refuse", "drop"])
def test_without_unknown_members_there_is_nothing_extra(unknown: str) -> None:
    assert "extra" not in one(ROW, replace(ORDERS, unknown_members=unknown)).columns


def test_a_member_may_fill_two_columns_and_be_kept_whole() -> None:
    contract = table(
        column("address", encoding="json"), column("city", path="address.city"), column("place", path="address.city")
    )
    columns = one(b'{"address":{"city":"Bern","zip":1}}', contract).columns
    assert columns == {"address": '{"city":"Bern","zip":1}', "city": "Bern", "place": "Bern"}
    (event,) = csv(b"address.city\nBern\n", contract)
    assert isinstance(event, Event)
    assert event.columns == {"city": "Bern", "place": "Bern"}


def test_null_is_as_good_as_absent() -> None:
    names = ("id", "shop", "amount", "lines", "address", "E-Mail", "placed_at")
    empty = one(b"{" + b",".join(b'"%s":null' % name.encode() for name in names) + b"}")
    assert not any(empty.columns.values())
    assert empty.time is None


@pytest.mark.parametrize("amount", [b"19.9", b'"19.90"', b"1.99e1", b"19.900000000000"])
def test_an_amount_may_be_a_number_or_its_digits(amount: bytes) -> None:
    assert one(b'{"amount":%s}' % amount).columns["amount"] == Decimal("19.900000000")


@pytest.mark.parametrize(
    "digits", ["0.1", "12345678901234567890123456789.123456789", "9007199254740993", "-0.000000001"]
)
def test_a_number_reaches_a_decimal_column_by_its_digits(digits: str) -> None:
    assert one(b'{"amount":%s}' % digits.encode()).columns["amount"] == Decimal(digits)


@pytest.mark.parametrize("text", [b'""', b'"a"', b"0.10", b"1e400", b"[]", b"{}", b"false", b'{"a" : 1}', b'"\\u00e9"'])
def test_json_text_is_kept_to_the_letter(text: bytes) -> None:
    assert one(b'{"lines":%s}' % text).columns["lines"] == text.decode()


def test_everything_that_is_wrong_is_named_at_once_and_no_value() -> None:
    refused = bad(b'{"id":"secret","amount":"secret","address":"secret","shop":["secret"],"secret_name":1}', STRICT)
    assert refused.reason == "invalid"
    assert refused.detail == (
        "id: must be a number; amount: must be a number as JSON writes it, e.g. 19.99 or -7; "
        "address: must be an object; shop: must be a string; unknown field `secret_name`"
    )


@pytest.mark.parametrize(
    "body", [b'{"id":1,', b'{"shop":"\xff"}', b'{"unknown":"\xff"}', b'{"lines":"\xff"}', b'{"id":1,"id":2}']
)
def test_broken_json_is_malformed(body: bytes) -> None:
    assert bad(body).reason == "malformed"


def test_the_id_is_made_of_the_identity_and_of_nothing_else() -> None:
    event_id = one(ROW).columns["event_id"]
    assert one(b'{"shop":"hh","id":7.0}').columns["event_id"] == event_id
    assert one(b'{"shop":"h","id":7}').columns["event_id"] != event_id
    half = one(b'{"shop":null,"id":7}').columns["event_id"]
    assert half not in (None, event_id)
    assert "event_id" not in one(b'{"amount":1}').columns
    assert "event_id" not in one(ROW, replace(ORDERS, identity=())).columns


def test_decimals_identify_by_their_value() -> None:
    contract = replace(ORDERS, identity=("amount",))
    ids = {one(b'{"amount":%s}' % text, contract).columns["event_id"] for text in (b"1.5", b"1.50", b'"1.5"', b"15e-1")}
    assert len(ids) == 1


def test_an_id_that_lost_characters_could_be_two() -> None:
    refused = bad('{"id":1,"shop":"M\ufffdller"}'.encode())
    assert (refused.detail, refused.event_id) == ("shop: characters were lost, so it may be two ids", None)
    assert one('{"id":1,"shop":"a","city":"M\ufffdnchen"}'.encode()).columns["id"] == 1


@pytest.mark.parametrize(
    ("kind", "sent", "time"),
    [
        ("date", b'"2026-11-26"', "2026-11-26"),
        ("bigint", b"1795346509393", 1795346509393),
        ("decimal(38,9)", b"1795346509.393", Decimal("1795346509.393000000")),
        ("string", b'"26 Nov"', "26 Nov"),
    ],
)
def test_the_time_may_have_other_types(kind: str, sent: bytes, time: object) -> None:
    contract = with_column(ORDERS, "placed_at", type=kind)
    assert one(b'{"placed_at":%s}' % sent, contract).time == time


def test_a_bad_row_keeps_its_identity_and_time() -> None:
    good, refused = one(ROW), bad(ROW.replace(b"19.90", b"true"))
    assert (refused.event_id, refused.time) == (good.columns["event_id"], good.time)
    assert refused.identity == good.identity.replace(b"19.9", b"true")


CSV = b'id,shop,address.city,E-Mail,placed_at,colour\r\n7,hh,"Bern, ""CH""",,2026-11-26T11:00:00Z,\r\n'


def csv(body: bytes, contract: Contract = ORDERS) -> list[Event | Refused]:
    return capped(parse_csv(body, contract=contract, content_type="text/csv")).events


def test_csv_has_the_same_columns() -> None:
    (event,) = csv(CSV)
    assert isinstance(event, Event)
    assert event.columns == {
        "id": 7,
        "shop": "hh",
        "city": 'Bern, "CH"',
        "placed_at": dt.datetime(2026, 11, 26, 11, tzinfo=dt.UTC),
        "extra": '{"colour":null}',
        "event_id": one(ROW).columns["event_id"],
    }
    assert event.time == one(ROW).time
    assert event.raw == (
        b'{"id":"7","shop":"hh","address.city":"Bern, \\"CH\\"","E-Mail":null,'
        b'"placed_at":"2026-11-26T11:00:00Z","colour":null}'
    )


def test_a_bad_record_of_csv_is_refused_alone() -> None:
    events = csv(b'id,shop,lines\n1,a,\n007,b,\n"",c,\n3,d,no json\n4,e\n5,f,"[1]"\n')
    assert [event.detail if isinstance(event, Refused) else event.columns["id"] for event in events] == [
        1,
        "id: must be a whole number as JSON writes it, e.g. 19.99 or -7",
        "id: must be a whole number as JSON writes it, e.g. 19.99 or -7",
        "lines: must be JSON",
        "has 2 cells, and the header row 3",
        5,
    ]
    assert [event.raw for event in events[1:5:3]] == [b'{"id":"007","shop":"b","lines":null}', b"4,e"]


def test_unknown_cells_are_as_unknown_as_members() -> None:
    (refused,) = csv(CSV, STRICT)
    assert isinstance(refused, Refused)
    assert refused.detail == "unknown field `colour`"
    (event,) = csv(CSV, LAX)
    assert isinstance(event, Event)
    assert "extra" not in event.columns
