"""Rows of files in S3 by the values of their columns."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_parquet_search import S3ParquetSearch
from thermocline.export.conditions import Mentions, OneOf

NAMES = [None if number % 10 == 9 else f"user {number % 7}" for number in range(100)]


class Counting:
    """A client that remembers how many bytes it was asked for."""

    def __init__(self, client: Any) -> None:
        self._client, self.bytes = client, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def get_object(self, **asked: Any) -> Any:
        answer = self._client.get_object(**asked)
        self.bytes += answer["ContentLength"]
        return answer


def put(client: Any, table: pa.Table, **options: Any) -> None:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    client.put_object(Bucket="lake", Key="a.parquet", Body=sink.getvalue())


@pytest.fixture
def search(aws: AwsClient) -> S3ParquetSearch:
    client = create_bucket(aws, "lake")
    table = pa.table({"user_id": NAMES, "number": range(100), "note": pa.array(NAMES).dictionary_encode()})
    put(client, table, row_group_size=30)
    return S3ParquetSearch(client, "lake")


@pytest.mark.parametrize("column", ["user_id", "note"])
@pytest.mark.parametrize("address", ["a.parquet", "s3://lake/a.parquet"])
def test_rows_of_a_subject_are_found_in_order(search: S3ParquetSearch, column: str, address: str) -> None:
    rows = list(search.rows(address, {column: OneOf({"user 3", "user 5"})}))
    meant = [number for number, name in enumerate(NAMES) if name in ("user 3", "user 5")]
    assert [row["number"] for row in rows] == meant
    assert rows[0].keys() == {"user_id", "number", "note"}


def test_one_of_the_columns_is_enough_and_one_that_is_missing_is_none(search: S3ParquetSearch) -> None:
    conditions = {"user_id": OneOf({"user 3"}), "number": OneOf({"11"}), "device": OneOf({"user 4"})}
    rows = list(search.rows("a.parquet", conditions))
    assert [row["number"] for row in rows] == sorted({11, *(n for n, name in enumerate(NAMES) if name == "user 3")})
    assert list(search.rows("a.parquet", {"device": OneOf({"user 3"})})) == []


def test_nulls_are_nobodys(search: S3ParquetSearch) -> None:
    assert list(search.rows("a.parquet", {"user_id": Mentions(lambda text: text == "None")})) == []


def test_a_file_that_is_gone_is_an_error(search: S3ParquetSearch) -> None:
    with pytest.raises(FileNotFoundError):
        list(search.rows("b.parquet", {"user_id": OneOf({"user 3"})}))


def test_only_row_groups_that_may_have_the_value_are_read(aws: AwsClient) -> None:
    client = Counting(create_bucket(aws, "lake"))
    wide = ["".join(chr(33 + (row * step) % 90) for step in range(1000)) for row in range(4000)]
    put(client, pa.table({"user_id": [f"{row:05}" for row in range(4000)], "wide": wide}), row_group_size=500,
        compression="none", use_dictionary=False)  # fmt: skip
    size = client.head_object(Bucket="lake", Key="a.parquet")["ContentLength"]
    [row] = S3ParquetSearch(client, "lake").rows("a.parquet", {"user_id": OneOf({"01234"})})
    assert row["wide"] == wide[1234]
    assert client.bytes < size / 4
    client.bytes = 0
    assert list(S3ParquetSearch(client, "lake").rows("a.parquet", {"user_id": OneOf({"x"})})) == []
    assert client.bytes < size / 16
