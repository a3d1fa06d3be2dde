"""Rows are found by a value, and row groups that cannot have it are not read."""

from __future__ import annotations

import io
import random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.event_rows import S3EventRows, in_bloom_filter, may_have
from thermocline.contracts import load_contracts
from thermocline.warm.parquet import options

KEY = "warm/clickstream/data/1.parquet"
CONTRACT = load_contracts()["clickstream"]
IDS = [f"{number * 7919 % 100_003:032x}" for number in range(20_000)]


class Watched:
    """A client that counts the bytes that were read."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.bytes = 0

    def get_object(self, **arguments: Any) -> Any:
        answer = self._client.get_object(**arguments)
        self.bytes += answer["ContentLength"]
        return answer


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_bucket(aws, "lake")


def body(**columns: list[Any]) -> bytes:
    table = pa.table(columns)
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=5_000, **options(table.schema, CONTRACT, table.num_rows))
    return sink.getvalue()


def rows(client: Any) -> S3EventRows:
    return S3EventRows(client, "lake")


def test_a_row_is_found_with_its_row_group_and_place(client: Any) -> None:
    client.put_object(Bucket="lake", Key=KEY, Body=body(event_id=IDS, source=["shop"] * 19_999 + ["app"]))
    assert rows(client).find(KEY, {"event_id": IDS[12_345]}, ["event_id", "source", "gen"]) == [
        (2, 12_345, {"event_id": IDS[12_345], "source": "shop"})
    ]
    assert rows(client).find(KEY, {"event_id": IDS[-1]}, ["source"]) == [(3, 19_999, {"source": "app"})]


def test_twins_in_one_file_are_all_found(client: Any) -> None:
    client.put_object(Bucket="lake", Key=KEY, Body=body(event_id=["a", "b", "a"], _src=["1", "2", "3"]))
    assert [place for _, place, _ in rows(client).find(KEY, {"event_id": "a"}, ["_src"])] == [0, 2]


def test_one_of_several_columns_is_enough_and_one_that_is_not_there_is_left_out(client: Any) -> None:
    client.put_object(Bucket="lake", Key=KEY, Body=body(event_id=["q1", "q2"], replay_event_id=["e1", None]))
    wanted = {"event_id": "e1", "replay_event_id": "e1", "nothing": "e1"}
    assert [place for _, place, _ in rows(client).find(KEY, wanted, ["event_id"])] == [0]
    assert rows(client).find(KEY, {"nothing": "e1"}, ["event_id"]) == []


def test_a_value_that_is_not_there_costs_filters_only(client: Any) -> None:
    dice = random.Random(1)
    large = body(event_id=IDS, properties=[dice.randbytes(40).hex() for _ in IDS])
    client.put_object(Bucket="lake", Key=KEY, Body=large)
    watched = Watched(client)
    assert rows(watched).find(KEY, {"event_id": "0" * 27 + "ffffe"}, ["event_id", "properties"]) == []
    assert watched.bytes < len(large) / 3


def test_bytes_are_found_like_texts(client: Any) -> None:
    sink = io.BytesIO()
    keys = pa.array([number.to_bytes(16, "big") for number in range(9)], pa.binary(16))
    pq.write_table(pa.table({"key": keys, "kept": [True] * 9}), sink)
    client.put_object(Bucket="lake", Key=KEY, Body=sink.getvalue())
    assert rows(client).find(KEY, {"key": (5).to_bytes(16, "big")}, ["kept"]) == [(0, 5, {"kept": True})]


def test_a_file_that_is_gone_is_told(client: Any) -> None:
    with pytest.raises(FileNotFoundError):
        rows(client).find(KEY, {"event_id": "a"}, ["event_id"])


def test_a_filter_never_hides_a_value_and_rarely_lets_another_pass() -> None:
    source = io.BufferedReader(io.BytesIO(body(event_id=IDS)))
    file = pq.ParquetFile(source)
    chunk: Any = file.metadata.row_group(0).column(0)
    source.seek(chunk.bloom_filter_offset)
    filter_ = source.read(chunk.bloom_filter_length)
    assert all(in_bloom_filter(filter_, event_id.encode()) for event_id in IDS[:5_000])
    assert sum(in_bloom_filter(filter_, b"no %d" % number) for number in range(2_000)) < 100
    assert may_have(file, source, 0, "event_id", IDS[7])


@pytest.mark.parametrize("filter_", [b"", b"\x15", bytes(33 * 7), b"\x15\x90N" + bytes(99)])
def test_a_filter_that_cannot_be_read_hides_nothing(filter_: bytes) -> None:
    assert in_bloom_filter(filter_, b"a")
