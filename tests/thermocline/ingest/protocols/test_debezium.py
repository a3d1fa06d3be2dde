"""Debezium's messages; debezium_postgresql.json was captured from Debezium 3.6.3 on PostgreSQL 16."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from tests.events import sample, sample_json
from thermocline.errors import RefusedEvent
from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols.debezium import Sender, parse_changes
from thermocline.ingest.protocols.epochs import Seen
from thermocline.sources import Source

KEYS = {"public.orders": ("id",), "public.lines": ("order_id", "line")}


def first_epoch(changes: Sequence[Seen]) -> list[int]:
    """What the tests of single messages need to know of epochs."""
    return [1] * len(changes)


SENDER = Sender(
    source_name="shop-db", source=Source(stream="cdc_log", primary_keys=KEYS), connector="shop", assign=first_epoch
)
SOURCE = {
    "connector": "postgresql",
    "db": "shop",
    "schema": "public",
    "table": "orders",
    "lsn": 7,
    "ts_ms": 1795358031539,
}


def parse(*messages: Any, sender: Sender = SENDER) -> Batch:
    return parse_changes(msgspec.json.encode(messages), sender)


def change(op: str = "c", **members: Any) -> dict[str, Any]:
    return {"op": op, "source": SOURCE, "before": None, "after": {"id": 1}} | members


def only(batch: Batch) -> Event:
    (event,) = batch.events
    assert isinstance(event, Event), event
    return event


def columns(*arguments: Any, **members: Any) -> dict[str, Any]:
    return only(parse(change(*arguments, **members))).columns


def refusal(*messages: Any) -> tuple[str, str]:
    (found,) = parse(*messages).events
    assert isinstance(found, Refused), found
    return found.reason, found.detail


def captured() -> list[dict[str, Any]]:
    events = parse_changes(sample("debezium_postgresql.json"), SENDER).events
    assert all(isinstance(event, Event) for event in events)
    return [event.columns for event in events if isinstance(event, Event)]


def test_a_databases_own_log() -> None:
    batch = parse_changes(sample("debezium_postgresql.json"), SENDER)
    assert (batch.protocol, batch.stream) == ("debezium", "cdc_log")
    # 2 tombstones and begin and end of 6 transactions
    assert (len(batch.events), batch.skipped) == (9, 14)
    assert [(row["op"], row["pk"]) for row in captured()] == [
        ("r", '{"id":1}'),
        ("r", '{"id":2}'),
        ("c", '{"id":3}'),
        ("u", '{"id":3}'),
        ("d", '{"id":3}'),
        ("c", '{"id":4}'),
        ("u", '{"id":4}'),
        ("d", '{"id":1}'),
        ("c", None),
    ]


def test_a_change_has_its_columns() -> None:
    row = captured()[2]
    after = row.pop("after")
    assert after.startswith('{"id":3,"status":"new","amount":"12345.67","note":"xxx')
    assert len(row.pop("event_id")) == 32
    assert row == {
        "connector": "shop",
        "engine": "postgresql",
        "db": "postgres",
        "schema_name": "public",
        "table_name": "orders",
        "pk": '{"id":3}',
        "op": "c",
        "before": None,
        "position": "21808576",
        "epoch": 1,
        "position_sort": "000001.0000000000021808576.1.0000000001.1",
        "tx_id": "736",
        "tx_seq": 1,
        "commit_time": dt.datetime(2026, 11, 22, 14, 33, 54, 15469, tzinfo=dt.UTC),
        "unavailable_columns": None,
    }


def test_columns_that_the_database_did_not_log_are_named_whatever_their_type() -> None:
    assert [row["unavailable_columns"] for row in captured() if row["op"] == "u"] == [
        '["note","tags","nums","blob","longs","h"]'
    ] * 2
    assert columns("u", after={"id": 1, "a": "__debezium_unavailable_value!"})["unavailable_columns"] is None
    marker = "__debezium_unavailable_value"
    assert columns("u", after={"id": 1, "pairs": {marker: marker}})["unavailable_columns"] == '["pairs"]'


def test_sorted_by_position_any_order_of_arrival_is_the_databases_order() -> None:
    rows = captured()
    for seed in range(20):
        shuffled = random.Random(seed).sample(rows, len(rows))
        by_position = sorted(shuffled, key=lambda row: str(row["position_sort"]))
        assert [row["event_id"] for row in by_position][2:] == [
            row["event_id"] for row in sorted(rows[2:], key=lambda row: int(row["position"]) * 10 + row["tx_seq"])
        ]


def test_a_changed_primary_key_is_deleted_before_it_is_created_though_both_have_one_position() -> None:
    gone = columns("d", before={"id": 1}, after=None)
    new = columns("c", after={"id": 2})
    assert gone["position"] == new["position"]
    assert gone["position_sort"] < new["position_sort"]


def test_a_snapshot_row_is_older_than_a_change_at_its_position_and_newer_than_those_below() -> None:
    read = columns("r", source=SOURCE | {"lsn": 8})
    flagged = columns("c", source=SOURCE | {"lsn": 8, "snapshot": "incremental"})
    below, same = columns("u"), columns("d", source=SOURCE | {"lsn": 8}, before={"id": 1}, after=None)
    for row in (read, flagged):
        assert below["position_sort"] < row["position_sort"] < same["position_sort"]


def test_a_snapshot_row_without_a_position_sorts_below_every_change() -> None:
    assert (
        columns("r", source=SOURCE | {"lsn": None})["position_sort"]
        < columns(source=SOURCE | {"lsn": 0})["position_sort"]
    )


def test_a_message_is_the_same_alone_with_its_key_and_with_its_schema() -> None:
    value = change()
    schema = {"type": "struct", "fields": [], "optional": False}
    with_schema = {"schema": schema, "payload": value}
    forms = [
        value,
        with_schema,
        {"schema": None, "payload": value},
        {"key": {"id": 1}, "value": value},
        {"key": {"schema": schema, "payload": {"id": 1}}, "value": with_schema},
        {"key": None, "value": value},
    ]
    events = parse(*forms).events
    assert len({(event.columns["event_id"], event.identity) for event in events if isinstance(event, Event)}) == 1
    assert len(events) == len(forms)


@pytest.mark.parametrize("body", [b"%s", b"[%s]", b"%s\n%s", b" [ %s , null ] "])
def test_one_an_array_or_lines(body: bytes) -> None:
    count = body.count(b"%s")
    batch = parse_changes(body % ((msgspec.json.encode(change()),) * count), SENDER)
    assert [isinstance(event, Event) for event in batch.events] == [True] * count


@pytest.mark.parametrize(
    "message",
    [
        None,
        {"key": {"id": 1}, "value": None},
        {"key": {"id": 1}, "value": {"schema": None, "payload": None}},
        {"schema": None, "payload": None},
        {"status": "BEGIN", "id": "571:53195829", "event_count": None, "data_collections": None, "ts_ms": 1},
        {"ts_ms": 1795358031539},
        {"source": SOURCE, "databaseName": "shop", "ddl": "CREATE TABLE t (i int)", "tableChanges": []},
        {"op": "m", "source": SOURCE, "message": {"prefix": "p", "content": "AA=="}},
    ],
)
def test_what_is_no_change_of_a_row_is_skipped_and_counted(message: Any) -> None:
    batch = parse(message, change(), message)
    assert (len(batch.events), batch.skipped) == (1, 2)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({}, "invalid"),
        (7, "invalid"),
        ({"op": "c"}, "invalid"),
        ({"op": "c", "source": {}}, "invalid"),
        (change(source=SOURCE | {"lsn": None}), "invalid"),
        (change(source=SOURCE | {"lsn": -1}), "invalid"),
        (change(source=SOURCE | {"lsn": "7"}), "invalid"),
        (change(source=SOURCE | {"connector": "cassandra"}), "unsupported"),
        (change(after=None), "invalid"),
        (change(after=[]), "invalid"),
        (change(source=SOURCE | {"ts_ms": 2**62}), "invalid"),
        ({"key": 7, "value": change()}, "invalid"),
        ({"before": None, "after": {"id": 1}}, "invalid"),
    ],
)
def test_a_bad_message_between_good_ones_is_refused_alone(message: Any, reason: str) -> None:
    first, bad, last = parse(change(), message, change()).events
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(bad, Refused)
    assert (bad.reason, bad.raw) == (reason, msgspec.json.encode(message))


def test_decimals_as_bytes_are_refused_with_the_remedy() -> None:
    detail = "amount: is a decimal as bytes; set decimal.handling.mode=string in the connector"
    message = sample_json("debezium_with_schema.json")
    assert refusal(message) == refusal(message["value"]) == ("unsupported", detail)


def test_a_decimal_of_any_scale_is_refused_even_in_a_key() -> None:
    message = sample_json("debezium_with_schema.json")
    variable = {
        "type": "struct",
        "name": "io.debezium.data.VariableScaleDecimal",
        "field": "id",
        "fields": [{"type": "int32", "field": "scale"}, {"type": "bytes", "field": "value"}],
    }
    message["key"] = {"schema": {"fields": [variable]}, "payload": {"id": {"scale": 0, "value": "AQ=="}}}
    message["value"]["payload"]["after"]["amount"] = None
    assert refusal(message)[1].startswith("id: is a decimal as bytes")


@pytest.mark.parametrize("amount", [None, 9.9])
def test_decimals_that_are_null_or_numbers_are_kept(amount: float | None) -> None:
    message = sample_json("debezium_with_schema.json")
    message["value"]["payload"]["after"]["amount"] = amount
    assert only(parse(message)).columns["op"] == "r"


def test_rows_are_kept_to_the_letter() -> None:
    row = '{"id":1, "n": 12345678901234567890123456789.10, "t":"\\u00e9" }'
    body = msgspec.json.encode(change()).replace(b'{"id":1}', row.encode())
    assert only(parse_changes(body, SENDER)).columns["after"] == row


def test_a_key_is_the_same_text_whoever_wrote_it() -> None:
    source = SOURCE | {"table": "lines"}
    forms = [
        {"key": {"order_id": "é", "line": 2}, "value": change(source=source)},
        change(source=source, after={"line": 2, "qty": 1, "order_id": "é"}),
        change("d", source=source, before={"order_id": "é", "line": 2, "qty": None}, after=None),
    ]
    body = msgspec.json.encode(forms).replace("é".encode(), b"\\u00e9", 1)
    found = {event.columns["pk"] for event in parse_changes(body, SENDER).events if isinstance(event, Event)}
    assert found == {'{"line":2,"order_id":"é"}'}


def test_a_key_that_the_row_does_not_have_is_refused() -> None:
    detail = "pk: the row has no order_id, line, which primary_keys names"
    assert refusal(change(source=SOURCE | {"table": "lines"})) == ("invalid", detail)


def test_without_keys_the_log_still_takes_the_change() -> None:
    assert columns(source=SOURCE | {"table": "other"})["pk"] is None


def test_a_truncation_has_no_key() -> None:
    row = columns("t", after=None)
    assert (row["op"], row["pk"], row["before"], row["after"]) == ("t", None, None, None)


def test_read_again_it_is_the_same_change() -> None:
    once = only(parse(change(ts_ms=1, ts_us=1000)))
    again = only(parse(change(ts_ms=2, ts_us=2000, transaction=None)))
    assert once.columns["event_id"] == again.columns["event_id"]
    assert once.identity == again.identity


@pytest.mark.parametrize(
    "other",
    [
        change(source=SOURCE | {"lsn": 8}),
        change(source=SOURCE | {"table": "log"}),
        change(source=SOURCE | {"db": "other"}),
        change("u"),
        change(after={"id": 2}),
        change(transaction={"id": "1", "total_order": 2}),
    ],
)
def test_another_change_has_another_id(other: dict[str, Any]) -> None:
    assert only(parse(other)).columns["event_id"] != columns()["event_id"]


def test_another_sender_has_other_ids() -> None:
    senders = [SENDER, msgspec.structs.replace(SENDER, source_name="b"), msgspec.structs.replace(SENDER, connector="b")]
    assert len({only(parse(change(), sender=sender)).columns["event_id"] for sender in senders}) == 3


def test_times_are_as_exact_as_they_are_sent_and_may_be_missing() -> None:
    micros = columns(source=SOURCE | {"ts_us": 1795358031539963})["commit_time"]
    assert micros == dt.datetime(2026, 11, 22, 14, 33, 51, 539963, tzinfo=dt.UTC)
    assert columns()["commit_time"] == micros.replace(microsecond=539000)
    assert columns(source=SOURCE | {"ts_ms": 0})["commit_time"] is None


def test_every_type_of_the_marker_is_named_and_no_value_that_is_like_it() -> None:
    marker, uuid = "__debezium_unavailable_value", "b68a35a7-17ad-35b3-af2a-ae46edb4545a"
    unavailable = {
        "txt": marker, "uuid_arr": [uuid], "hstore_json": f'{{"{marker}":"{marker}"}}', "hstore_map": {marker: marker},
        "int_arr": list(marker.encode()), "text_arr": [marker],
    }  # fmt: skip
    values = {
        "real": "v",
        "uuid": uuid,
        "uuids": [uuid, uuid],
        "more": f"{marker} ",
        "pairs": {marker: marker, "a": "b"},
    }
    found = columns("u", after={"id": 1} | unavailable | values)["unavailable_columns"]
    assert msgspec.json.decode(found) == list(unavailable)


def renamed(old: int, new: int, **source: Any) -> tuple[dict[str, Any], None, dict[str, Any]]:
    """A primary key that changes: a delete, its tombstone, and a create at one position."""
    at = SOURCE | {"txId": 5} | source
    return change("d", source=at, before={"id": old}, after=None), None, change("c", source=at, after={"id": new})


def previous_keys(*messages: Any) -> list[str | None]:
    events = parse(*messages).events
    return [event.columns.get("previous_pk") for event in events if isinstance(event, Event)]


def test_a_created_row_names_the_key_that_it_had() -> None:
    assert previous_keys(*renamed(1, 2)) == [None, '{"id":1}']
    assert previous_keys(*renamed(1, 2), *renamed(2, 3, lsn=8)) == [None, '{"id":1}', None, '{"id":2}']
    assert previous_keys(*reversed(renamed(1, 2))) == ['{"id":1}', None]


def test_without_its_delete_beside_it_a_created_row_names_none() -> None:
    delete, _, create = renamed(1, 2)
    elsewhere: list[dict[str, Any]] = [{"lsn": 8}, {"txId": 6}, {"table": "other"}, {"schema": "other"}]
    others = [change("d", source=SOURCE | {"txId": 5} | other, before={"id": 1}, after=None) for other in elsewhere]
    assert previous_keys(create) == [None]
    assert previous_keys(*others, create) == [None] * (len(others) + 1)
    assert previous_keys(delete, create | {"after": {"id": 1}}) == [None, None]


def test_a_key_that_is_split_from_its_delete_is_the_same_event() -> None:
    delete, _, create = renamed(1, 2)
    together = [event for event in parse(delete, create).events if isinstance(event, Event)][1]
    alone = only(parse(create))
    assert together.columns["event_id"] == alone.columns["event_id"]
    assert together.identity == alone.identity


def test_what_stood_around_the_changes_is_kept() -> None:
    assert parse(change()).context == {"connector": "shop", "epoch": None}
    numbered = msgspec.structs.replace(SENDER, epoch=3)
    assert parse(change(), sender=numbered).context == {"connector": "shop", "epoch": 3}


def test_a_refused_change_keeps_what_it_is_and_when_it_was_committed() -> None:
    good, bad = only(parse(change())), parse(change(source=SOURCE | {"lsn": None})).events[0]
    assert isinstance(bad, Refused)
    assert (bad.identity, bad.time) == (good.identity, good.time)


def test_what_cannot_be_ordered_is_refused_alone_and_keeps_what_it_is() -> None:
    def second_refused(changes: Sequence[Seen]) -> list[int | RefusedEvent]:
        return [1, RefusedEvent("unsupported", "its order is unknown"), 1]

    sender = msgspec.structs.replace(SENDER, assign=second_refused)
    first, unwrapped, refused, last = parse(change(), {"id": 1}, change(), change(), sender=sender).events
    assert isinstance(unwrapped, Refused)
    assert isinstance(first, Event)
    assert isinstance(last, Event)
    assert isinstance(refused, Refused)
    assert (refused.detail, refused.identity) == ("its order is unknown", first.identity)


@pytest.mark.parametrize("value", ["__debezium_unavailable_value", ["__debezium_unavailable_value"]])
def test_a_key_that_the_database_did_not_log_is_no_key(value: object) -> None:
    reason, detail = refusal(change("u", after={"id": value}))
    assert (reason, detail) == ("invalid", "pk: the database did not log id; set REPLICA IDENTITY FULL")
