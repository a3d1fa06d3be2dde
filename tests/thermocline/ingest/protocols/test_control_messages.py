"""What is certainly no row is skipped, everything else is a row or a bad row; captured forms are in tests/events."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.batch import Batch, Event, Refused
from thermocline.ingest.protocols.debezium import Sender, parse_changes
from thermocline.ingest.protocols.epochs import Seen
from thermocline.sources import Source


def first_epoch(changes: Sequence[Seen]) -> list[int]:
    return [1] * len(changes)


SENDER = Sender(source_name="shop-db", source=Source(stream="cdc_log"), connector="shop", assign=first_epoch)
SOURCE = {"connector": "postgresql", "db": "shop", "schema": "public", "table": "t", "lsn": 7, "ts_ms": 1795358031539}
MYSQL = {"connector": "mysql", "name": "s", "db": "shop", "table": "audit", "file": "mysql-bin.000003", "pos": 1}
CHANGE = {"op": "c", "source": SOURCE, "before": None, "after": {"id": 1}}
BEGIN = {"status": "BEGIN", "id": "571:53195829", "event_count": None, "data_collections": None, "ts_ms": 1}
END = BEGIN | {"status": "END", "event_count": 2, "data_collections": [{"data_collection": "before", "event_count": 2}]}
HEARTBEAT = {"ts_ms": 1795358031539}
SCHEMA_CHANGE = {
    "source": MYSQL, "ts_ms": 1, "databaseName": "shop", "schemaName": None,
    "ddl": "CREATE TABLE audit (id INT, `before` TEXT)",
    "tableChanges": [{"type": "CREATE", "id": '"shop"."audit"', "table": {"columns": [{"name": "before"}]}}],
}  # fmt: skip
MESSAGE = {"op": "m", "ts_ms": 1, "source": SOURCE, "message": {"prefix": "before", "content": "Y2Rj"}}
CONTROL = {
    "begin": (BEGIN, {"id": BEGIN["id"]}, "shop.transaction", "common.TransactionMetadataValue"),
    "end": (END, {"id": END["id"]}, "eu.shop.transaction", "common.TransactionMetadataValue"),
    "end of nothing": (END | {"event_count": 0, "data_collections": []}, None, None, None),
    "heartbeat": (HEARTBEAT, {"serverName": "shop"}, "__debezium-heartbeat.shop", "common.Heartbeat"),
    "heartbeat with its times": (HEARTBEAT | {"ts_us": 1, "ts_ns": 2}, None, None, None),
    "schema change": (SCHEMA_CHANGE, {"databaseName": "shop"}, "shop", "mysql.SchemaChangeValue"),
    "logical decoding message": (MESSAGE, {"prefix": "before"}, "shop.message", "postgresql.MessageValue"),
    "message in a transaction": (MESSAGE | {"transaction": {"id": "1", "total_order": 1}}, None, None, None),
}


def parse(*messages: Any) -> Batch:
    return parse_changes(msgspec.json.encode(messages), SENDER)


def refusals(*messages: Any) -> list[tuple[str, str]]:
    batch = parse(*messages)
    assert batch.skipped == 0, "something was skipped"
    assert all(isinstance(event, Refused) for event in batch.events)
    return [(event.reason, event.detail) for event in batch.events if isinstance(event, Refused)]


def named(value: Any, name: str) -> dict[str, Any]:
    return {"schema": {"type": "struct", "name": name, "fields": []}, "payload": value}


@pytest.mark.parametrize("kind", CONTROL)
def test_a_control_message_is_skipped_in_whatever_it_comes(kind: str) -> None:
    value, key, topic, name = CONTROL[kind]
    forms = [value, {"key": None, "value": value}, {"schema": None, "payload": value}]
    if key:
        with_schemas = {"key": named(key, "K"), "value": named(value, f"io.debezium.connector.{name}"), "topic": topic}
        forms += [
            {"key": key, "value": value}, {"key": key, "value": value, "topic": topic}, with_schemas,
            {"destination": topic, "key": key, "value": value, "partition": 0}, with_schemas["value"],
        ]  # fmt: skip
    batch = parse(CHANGE, *forms, CHANGE)
    assert (len(batch.events), batch.skipped) == (2, len(forms))


@pytest.mark.parametrize("kind", CONTROL)
def test_its_form_does_not_count_where_schema_topic_or_key_say_otherwise(kind: str) -> None:
    value = CONTROL[kind][0]
    others: list[Any] = [named(value, "shop.public.orders.Value"), {"key": {"order_id": 1}, "value": value}]
    if kind.startswith(("begin", "end", "heartbeat")):
        others.append({"topic": "shop.public.orders", "key": None, "value": value})
    assert len(refusals(*others)) == len(others)


def test_a_control_message_with_new_members_is_known_by_its_schema_and_not_without() -> None:
    value = END | {"new_member": 1}
    name = "io.debezium.connector.common.TransactionMetadataValue"
    assert parse(named(value, name)).skipped == 1
    assert refusals(value)


# Rows as ExtractNewRecordState leaves them, with columns named as members of Debezium's own messages.
ROWS: list[dict[str, Any]] = [
    {"id": 43, "status": "paid", "total": "19.90"},
    {"id": "43", "status": "BEGIN", "ts_ms": 1},
    {"id": "43", "status": "END", "ts_ms": 1, "event_count": 2},
    {"id": "43", "status": "END", "ts_ms": 1, "event_count": 2, "data_collections": ["public.orders"]},
    {"id": 43, "status": "BEGIN", "event_count": None, "data_collections": None},
    BEGIN | {"total": 1},
    END | {"event_count": None},
    {"id": 1, "ddl": "x"},
    {"id": 1, "ddl": "x", "databaseName": "shop", "source": "web"},
    {"databaseName": "shop", "ddl": "x", "source": {"utm": "mail"}},
    {"id": 1, "op": "m"},
    {"id": 1, "op": "c", "source": "web"},
    {"id": 1, "op": "c", "source": {"utm": "mail"}, "after": {}},
    {"op": "m", "source": "x", "message": "y"},
    {"op": "m", "source": SOURCE, "message": {"prefix": "p", "content": "c", "id": 1}},
    {"id": 1, "before": "x", "after": "y"},
    {"ts_ms": 1, "id": 1},
    {"ts_ms": None},
    {"ts_ms": "1795358031539"},
    {"ts_us": 1},
    {"key": "theme", "value": "dark"},
    {"key": "theme", "value": None},
    {"key": None, "value": None},
    {"value": None},
    {"id": 7, "key": {"id": 1}, "value": None},
    {"id": 7, "value": {"ts_ms": 1}},
    {"id": 7, "key": None, "value": CHANGE},
    {"schema": "public", "payload": None},
    {"schema": "public", "payload": '{"ts_ms":1}'},
    {"schema": {"k": "v"}, "payload": None},
    {"id": 7, "schema": None, "payload": None},
    {"id": 7, "schema": None, "payload": {"ts_ms": 1}},
    {"topic": "x", "key": "k", "value": None},
    {"topic": {"k": "v"}, "key": None, "value": HEARTBEAT},
    {},
]
METADATA: list[dict[str, Any]] = [
    {"__deleted": "true"},
    {"__op": "u", "__table": "orders", "__deleted": "false"},
    {"__op": "r", "__lsn": 5, "__source_ts_ms": 1, "__db": "shop"},
]


@pytest.mark.parametrize("row", ROWS)
def test_an_unwrapped_row_is_never_skipped_whatever_its_columns_are_called(row: dict[str, Any]) -> None:
    assert {reason for reason, _ in refusals(row, named(row, "shop.public.t.Value"))} <= {"invalid", "unsupported"}
    assert len(refusals(*(row | extra for extra in METADATA))) == len(METADATA)


def test_an_unwrapped_row_is_refused_with_what_to_do() -> None:
    (_, plain), (reason, detail) = refusals({"id": 44, "total": "1"}, {"id": 44, "total": "1", "__op": "u"})
    assert reason == "unsupported"
    assert all("remove the transform ExtractNewRecordState" in text for text in (plain, detail))


names = st.sampled_from(
    ["id", "status", "ddl", "op", "before", "after", "ts_ms", "payload", "schema", "key", "value", "source", "topic"]
)
columns = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.sampled_from(["BEGIN", "END", "m", "c", "{}"]))


@given(st.dictionaries(names, columns, min_size=1), st.sampled_from([{}, *METADATA]))
def test_no_row_of_plain_columns_is_skipped_but_one_that_is_all_of_a_heartbeat(
    row: dict[str, Any], metadata: dict[str, Any]
) -> None:
    full = row | metadata
    if full in ({"schema": None, "payload": None}, {"ts_ms": full.get("ts_ms")}) and full != {"ts_ms": None}:
        return
    assert refusals(full)


def test_what_stands_in_a_change_does_not_make_it_a_control_message() -> None:
    rows: list[dict[str, Any]] = [
        BEGIN,
        END,
        HEARTBEAT,
        SCHEMA_CHANGE,
        MESSAGE,
        {"key": 1, "value": None},
        {"schema": None, "payload": None},
    ]
    changes = [CHANGE | {"after": {"id": 1, **row}} for row in rows]
    batch = parse(*changes)
    assert batch.skipped == 0
    assert all(isinstance(event, Event) for event in batch.events)


@pytest.mark.parametrize(
    "tombstone",
    [
        None,
        {"key": {"id": 1}, "value": None},
        {"key": named({"id": 1}, "K"), "value": None},
        {"key": {"id": 1}, "value": {"schema": None, "payload": None}},
        named(None, "shop.public.orders.Envelope"),
        {"schema": None, "payload": None},
    ],
)
def test_a_tombstone_is_skipped_but_among_unwrapped_rows_it_may_be_the_delete_itself(tombstone: Any) -> None:
    delete = CHANGE | {"op": "d", "before": {"id": 1}, "after": None}
    batch = parse(delete, tombstone)
    assert (len(batch.events), batch.skipped) == (1, 1)
    for unwrapped in ({"id": 1}, {"id": 1, "__deleted": "false"}):
        for messages in itertools.permutations((unwrapped, tombstone, HEARTBEAT)):
            found = parse(*messages)
            assert (len(found.events), found.skipped) == (2, 1)
