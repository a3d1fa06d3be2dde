"""What the loader says about a contract: all of it, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from tests.thermocline.contracts.changes import column, replace, with_column
from tests.thermocline.contracts.tables import table, tables
from tests.thermocline.contracts.test_loader import changed
from thermocline.contracts import Contract, load_contract, load_contracts
from thermocline.contracts.checks import contract_problems
from thermocline.contracts.privacy import drop_problems, required_problems
from thermocline.errors import ContractError

CONTACTS = table(
    column("id", "bigint", classification="internal"),
    column("email", classification="restricted"),
    column("tags", encoding="json"),
    column("changed_at", "timestamp", classification="internal"),
    column("city", path="address.city"),
    column("tag", written_by="convert", path="tags.first"),
    identity=("id",),
    event_time="changed_at",
)


@given(contract=tables())
def test_a_table_of_ones_own_is_right(contract: Contract) -> None:
    assert contract_problems(contract) == []


def test_every_property_of_a_table_may_be_used() -> None:
    assert contract_problems(CONTACTS) == []
    for unknown in ("refuse", "drop"):
        columns = tuple(each for each in CONTACTS.columns if each.name != "extra")
        assert contract_problems(replace(CONTACTS, columns=columns, unknown_members=unknown)) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"protocol": "segment"}, "protocol: 'segment' is unknown, use one of rows, clickstream, telemetry,"),
        ({"unknown_members": "keep"}, "unknownMembers: 'keep' is unknown, use one of extra, refuse, drop"),
        ({"event_time": "when"}, "eventTime: when is no column that the producer writes"),
        ({"event_time": "received_at"}, "eventTime: received_at is no column that the producer writes"),
        ({"event_time": "tags"}, "eventTime: tags cannot hold a time, use a column of type timestamp, date,"),
        ({"event_time": "email"}, "eventTime: email is restricted, but event_time, which is made of it, is always"),
        ({"identity": ("key",)}, "identity: key is no column that the producer writes"),
        ({"identity": ("id", "id")}, "identity: names a column twice"),
        ({"unknown_members": "drop"}, "extra: is only for unknownMembers extra"),
        ({"identity": ("tags",)}, "identity: tags holds JSON text, of which one value may be spelt in several ways"),
        ({"name": "telemetry"}, "protocol: the table telemetry has protocol telemetry"),
        ({"name": "x" * 41}, "table 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx': use at most 40 characters, because"),
        ({"name": "hot_orders"}, "table 'hot_orders': tables of the lake's levels begin so"),
        ({"table": "warm_orders"}, "table 'warm_orders': tables of the lake's levels begin so"),
        ({"partitioned_by": "hour"}, "partitionedBy: 'hour' is unknown, use one of day, month, year"),
        ({"sorted_by": ("town",)}, "sortedBy: the table has no column town"),
        ({"sorted_by": ("gen",)}, "sortedBy: the table has no column gen"),
        ({"sorted_by": ("tags",)}, "sortedBy: tags holds JSON text, of which one value may be spelt in several ways"),
        ({"sorted_by": ("city", "city")}, "sortedBy: names a column twice"),
        ({"erasure_keys": ("mail",)}, "erasureKeys: the table has no column mail"),
        ({"erasure_keys": ("extra",)}, "erasureKeys: extra holds JSON text"),
        ({"erasure_keys": ("email", "email")}, "erasureKeys: names a column twice"),
        ({"columns": CONTACTS.columns[:-1]}, "gen: is missing, which every table of protocol rows has"),
        (
            {"protocol": "clickstream", "name": "clickstream"},
            "city: path of a producer's column is for tables of protocol rows",
        ),
    ],
)
def test_what_is_wrong_with_a_table(changes: dict[str, Any], problem: str) -> None:
    (found,) = contract_problems(replace(CONTACTS, **changes))
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("name", "changes", "problem"),
    [
        ("email", {"written_by": "me"}, "email: writtenBy is one of producer, ingest, convert, promote"),
        ("email", {"written_by": "ingest"}, "email: ingest does not know this column"),
        ("email", {"encoding": "xml"}, "email: encoding is json, or is left out"),
        ("email", {"type": "int", "encoding": "json"}, "email: JSON text needs a column of type string, this one is"),
        ("email", {"type": "text"}, "email: unknown physicalType 'text', use one of ["),
        ("email", {"path": "a..b"}, "email: path 'a..b' is not a path such as address.city"),
        ("email", {"name": "__typename"}, "__typename: begins with two underscores"),
        ("event_id", {"required": False}, "event_id: must be string, required, writtenBy ingest"),
        ("extra", {"encoding": None}, "extra: must be string, not required, writtenBy ingest, encoding json"),
        ("gen", {"partition": False}, "gen: must be string, required, writtenBy convert, partitioned"),
        ("extra", {"path": "rest"}, "extra: path is for columns that the producer or convert writes, not ingest"),
        ("tag", {"path": "email.first"}, "tag: path begins with email, which is no column of JSON text (encoding: jso"),
        ("tag", {"path": "nothing.first"}, "tag: path begins with nothing, which is no column of JSON text"),
        ("tag", {"path": "tags"}, "tag: path names no member, write e.g. tags.price"),
        ("tag", {"required": True}, "tag: cannot be required, because it is null where the text does not have it"),
        ("tag", {"path": None}, "tag: convert fills a column by its path, write e.g. properties.price"),
        ("tag", {"classification": "restricted"}, "tag: is restricted, so tags, which holds its value, too, must be"),
        ("tags", {"classification": "internal"}, "tag: is confidential, so tags, which holds its value, too, must be"),
        (
            "city",
            {"path": "tags.city", "classification": "restricted"},
            "city: is restricted, so tags, which holds its",
        ),
        ("city", {"path": "email.city"}, "city: path leads into email, which is no column of JSON text"),
        ("city", {"written_by": "promote", "path": None}, "city: nothing is written at promotion yet, leave the colu"),
        ("city", {"partition": True}, "city: only gen is partitioned"),
        ("extra", {"classification": "internal"}, "extra: may hold anything personal, so that its classification is"),
        ("id", {"max_length": 5}, "id: minLength, maxLength, pattern and enum are for text, this is a bigint"),
        ("id", {"pattern": "^1"}, "id: minLength, maxLength, pattern and enum are for text, this is a bigint"),
        ("changed_at", {"enum": ("a",)}, "changed_at: minLength, maxLength, pattern and enum are for text, this is a"),
        ("email", {"enum": ("a",), "max_length": 5}, "email: a list of values says all, leave out minLength, maxLengt"),
        ("email", {"min_length": 5, "max_length": 4}, "email: minLength is above maxLength, so that no value fits"),
        ("email", {"pattern": "("}, "email: pattern '(' is no regular expression"),
        ("email", {"anonymous_pattern": "("}, "email: anonymousPattern '(' is no regular expression"),
        ("id", {"when_anonymous": "pseudonym"}, "id: cannot hold a pseudonym, which is text of 32 characters"),
        ("email", {"when_anonymous": "pseudonym", "max_length": 31}, "email: cannot hold a pseudonym"),
    ],
)
def test_what_is_wrong_with_a_column(name: str, changes: dict[str, Any], problem: str) -> None:
    (found,) = contract_problems(with_column(CONTACTS, name, **changes))
    assert found.startswith(problem)


@pytest.mark.parametrize("protocol", ["clickstream", "telemetry", "changes"])
def test_a_protocol_that_fills_columns_by_name_feeds_one_table(protocol: str) -> None:
    problems = contract_problems(replace(CONTACTS, protocol=protocol))
    assert f"protocol: {protocol} feeds " in problems[0]


def test_all_problems_are_named_at_once() -> None:
    wrong = with_column(with_column(CONTACTS, "tag", path="tags"), "email", written_by="me")
    assert len(contract_problems(replace(wrong, event_time="when", identity=("key",)))) == 4


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("value: none}", "value: nobody}", "protocol: 'nobody' is unknown"),
        ("property: protocol", "property: protocoll", "customProperties has 'protocoll', which is none of protocol, "),
        ("{property: protocol, value: none}", "{property: protocol, value: 7}", "quarantine: protocol is a str"),
        ("{property: protocol, value", "{property: identity, value", "quarantine: identity is a list of names"),
        (
            "{property: writtenBy",
            "{property: writenBy",
            "event_id: customProperties has 'writenBy', which is none of wr",
        ),
        (
            "{property: protocol, value: none}",
            "{property: protocol, value: none}, {property: protocol, value: rows}",
            "twice",
        ),
        ("\nname: quarantine", "\nname: bad_rows", "name: bad_rows must be the table's, quarantine"),
        ("required: true", "required: 'yes'", "Expected `bool`, got `str` - at `$.schema[0].properties[0].required`"),
        (
            "maxLength: 256",
            "maxLength: -1",
            "Expected `int` >= 0 - at `$.schema[0].properties[0].logicalTypeOptions.max",
        ),
        ("maxLength: 256", "maximum: 256", "Object contains unknown field `maximum` - at `$.schema[0].properties[0]"),
        ("\nschema:", "\nslaProperties: [{property: retention, value: 0, unit: d}]\nschema:", "Expected `int` >= 1"),
        ("\nschema:", "\nslaProperties: [{property: retention, value: 9, unit: m}]\nschema:", "Invalid enum value 'm'"),
        ("\nschema:", "\nslaProperties: [{property: latency, value: 9, unit: d}]\nschema:", "Invalid value 'latency'"),
        ("{property: protocol, value", "{property: sortedBy, value", "quarantine: sortedBy is a list of names"),
        ("{property: protocol, value", "{property: partitionedBy, value", "partitionedBy: 'none' is unknown"),
        ("- name: stream", "- name: 7", "Expected `str`, got `int`"),
        ("id: thermocline.quarantine", "id: [", "is not valid YAML"),
    ],
)
def test_what_a_file_says_wrong_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(ContractError) as caught:
        load_contract(changed(tmp_path, **{old: new}))
    assert problem in str(caught.value)


def test_a_source_cannot_withhold_what_a_row_needs_and_cannot_mask() -> None:
    contract = with_column(
        with_column(CONTACTS, "id", classification="restricted", required=True), "tags", required=True
    )
    assert required_problems(contract, ["restricted"]) == [
        "id of orders is restricted and required, and cannot hold a pseudonym"
    ]
    assert len(required_problems(contract, ["restricted", "confidential"])) == 2
    assert required_problems(with_column(CONTACTS, "email", required=True), ["restricted"]) == []
    for each in load_contracts().values():
        assert required_problems(each, ["restricted", "confidential"]) == []


def test_a_source_drops_the_text_and_not_a_column_that_is_filled_from_it() -> None:
    assert drop_problems(CONTACTS, ["tag"]) == ["'tag' is filled by convert from tags: drop tags"]
    assert drop_problems(CONTACTS, ["tags", "restricted"]) == []
