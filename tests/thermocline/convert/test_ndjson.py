from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thermocline.convert.rows import CONTRACTS, click, clicks
from thermocline.contracts import Contract
from thermocline.contracts.arrow import ingested_schema
from thermocline.convert.ndjson import read_ndjson
from thermocline.events.batch import Refused

SCHEMA = ingested_schema(CONTRACTS["clickstream"])
GOOD = click("good").strip()
BAD_LINES = {
    b"nonsense": "malformed",
    b"null": "malformed",
    b" null": "malformed",
    b"null" + GOOD: "malformed",
    b"\xef\xbb\xbfnull": "malformed",
    b"\xbb": "malformed",
    b"\xef" + GOOD: "malformed",
    b"[]": "malformed",
    b"7": "malformed",
    b"\x00": "malformed",
    GOOD[:-1]: "malformed",
    GOOD + b"{": "malformed",
    GOOD + b"null": "malformed",
    b"{}{}": "malformed",
    b"{}": "invalid",
    b'{"event_id":"e"}': "invalid",
    GOOD.replace(b'"good"', b'"\xff"'): "malformed",
    GOOD.replace(b'"good"', b"null"): "invalid",
    GOOD.replace(b'"good"', b"7"): "invalid",
    GOOD.replace(b'"good"', b'"good","event_id":"again"'): "invalid",
    GOOD.replace(b":1,", b":9223372036854775808,"): "invalid",
    GOOD.replace(b":1,", b":1.5,"): "invalid",
    GOOD[:-1] + b',"revenue":"12,50"}': "invalid",
    GOOD[:-1] + b',"revenue":"0.1234567891"}': "invalid",
    GOOD[:-1] + b',"sent_at":"a secret"}': "invalid",
    GOOD[:-1] + b',"colour":"red"}': "invalid",
}


def read(data: bytes) -> tuple[list[str | None], list[Refused]]:
    table, refused = read_ndjson(data, SCHEMA)
    assert table.schema.equals(SCHEMA)
    return table.column("event_id").to_pylist(), refused


@given(st.integers(0, 9), st.sampled_from(list(BAD_LINES)), st.booleans())
def test_one_bad_line_anywhere_is_refused_and_it_alone(position: int, bad: bytes, ends: bool) -> None:
    lines = clicks(9)
    lines.insert(position, bad + b"\n")
    data = b"".join(lines)
    ids, refused = read(data if ends else data.removesuffix(b"\n"))
    assert ids == [f"e{number}" for number in range(9)]
    assert [(line.raw, line.reason) for line in refused] == [(bad, BAD_LINES[bad])]


@pytest.mark.parametrize("bad", BAD_LINES)
def test_the_detail_names_no_value(bad: bytes) -> None:
    (refused,) = read(bad)[1]
    assert refused.detail
    assert not any(value in refused.detail for value in ("secret", "12,50", "0.1234567891", "922337", "1.5", "again"))


@pytest.mark.parametrize(
    ("member", "detail"),
    [
        (b'"revenue":"12,50"', "revenue: is not decimal128(38, 9)"),
        (b'"sent_at":"a secret"', "sent_at: is not timestamp[us, tz=UTC]"),
        (b'"page_url":"\xff"', "page_url: is not string"),
        (b'"sent_at":"x","revenue":"y"', "sent_at: is not timestamp[us, tz=UTC]; revenue: is not decimal128(38, 9)"),
    ],
)
def test_the_detail_names_every_column_at_fault(member: bytes, detail: str) -> None:
    (refused,) = read(GOOD[:-1] + b"," + member + b"}")[1]
    assert refused.detail == detail


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=6))
def test_no_bytes_are_lost_and_none_end_the_process(lines: list[bytes]) -> None:
    data = b"\n".join([GOOD, *lines, GOOD])
    ids, refused = read(data)
    assert ids == ["good", "good"]
    assert [line.raw for line in refused] == [line for line in lines if line.strip(b" \t\r\n\x0b\x0c")]


def test_two_events_on_one_line_are_both_there() -> None:
    # Firehose puts no delimiter between records.
    assert read(click("a").strip() + click("b") + click("c")) == (["a", "b", "c"], [])


@pytest.mark.parametrize("data", [b"", b"\n", b" \n\r\n"])
def test_nothing_is_no_rows(data: bytes) -> None:
    assert read(data) == ([], [])


def test_blank_lines_and_carriage_returns_are_no_rows() -> None:
    assert read(b"\n" + click("a").replace(b"\n", b"\r\n\r\n") + click("b")) == (["a", "b"], [])


def test_an_object_of_several_blocks_keeps_its_order() -> None:
    lines = clicks(30_000)
    assert sum(map(len, lines)) > 4 * 1024 * 1024
    lines.insert(20_000, b"nonsense\n")
    ids, refused = read(b"".join(lines))
    assert ids == [f"e{number}" for number in range(30_000)]
    assert len(refused) == 1


def test_a_line_longer_than_a_block_is_still_a_row() -> None:
    huge = click("huge").strip()[:-1] + b',"properties":"' + b"x" * 5_000_000 + b'"}'
    assert read(b"\n".join([GOOD, huge, GOOD])) == (["good", "huge", "good"], [])


@pytest.mark.parametrize("bad", [b"null", b" null", b"\t \rnull", b"null null", b"\xef\xbb\xbfnull", b"\x0bnull"])
@pytest.mark.parametrize("before", [b"", b"\n", b"\r\n", b"\n\n  \n", GOOD + b"\n", GOOD + b"\n\n"])
@pytest.mark.parametrize("after", [b"", b"\n", b"\n" + GOOD])
def test_no_null_ends_the_process_or_is_taken_for_a_row(before: bytes, bad: bytes, after: bytes) -> None:
    ids, refused = read(before + bad + after)
    assert len(ids) == (before + after).count(GOOD)
    assert [line.reason for line in refused] == ["malformed"]


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=str)
def test_every_contract_requires_a_column_so_that_null_is_no_row(contract: Contract) -> None:
    assert any(not field.nullable for field in ingested_schema(contract))


@pytest.mark.parametrize("position", [0, 1, 7_777, 19_999])
def test_a_column_that_no_sampled_line_has_is_read_all_the_same(position: int) -> None:
    lines = [b'{"a":"x"}'] * 20_000
    lines[position] = b'{"a":"x","rare":7}'
    types: dict[str, pa.DataType] = {"a": pa.string(), "rare": pa.int64(), "never": pa.bool_()}
    schema = pa.schema(types)
    table, refused = read_ndjson(b"\n".join(lines), schema)
    assert (table.schema, table.num_rows, refused) == (schema, 20_000, [])
    assert table["rare"].to_pylist()[position] == 7
    assert table["never"].null_count == 20_000
