from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_parquet import S3ParquetCounts

KEY = "warm/clickstream/data/1.parquet"


class Watched:
    """A client that keeps the ranges that were read."""

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


def put(client: Any, table: pa.Table, **options: Any) -> int:
    body = io.BytesIO()
    pq.write_table(table, body, **options)
    client.put_object(Bucket="lake", Key=KEY, Body=body.getvalue())
    return len(body.getvalue())


def test_a_small_file_is_counted_by_its_footer(client: Any) -> None:
    put(client, pa.table({"a": [1, 2, 3]}))
    assert S3ParquetCounts(client, "lake").rows(KEY) == 3


def test_of_a_large_file_only_the_footer_and_the_columns_asked_for_are_read(client: Any) -> None:
    rows = 200_000
    numbers = pa.array(range(rows), pa.int64())
    gens = pa.array([f"2026-11-26-{row % 3:02}" for row in range(rows)]).dictionary_encode()
    wide = pa.table({"a": numbers, "gen": gens, "b": numbers})
    size = put(client, wide, row_group_size=50_000, use_dictionary=["gen"], compression="none")
    watched = Watched(client)
    assert S3ParquetCounts(watched, "lake").rows(KEY) == rows
    assert watched.bytes <= 64 * 1024
    counts = S3ParquetCounts(watched, "lake").count(KEY, "gen")
    assert counts == {("2026-11-26-00",): 66_667, ("2026-11-26-01",): 66_667, ("2026-11-26-02",): 66_666}
    assert watched.bytes < size / 4


rows = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([True, False, None])), max_size=30)


@given(rows, st.integers(1, 5), st.booleans())
def test_every_combination_of_values_is_counted(given_rows: list[Any], group: int, dictionary: bool) -> None:
    names = pa.array([row[0] for row in given_rows], pa.string())
    kept = pa.array([row[1] for row in given_rows], pa.bool_())
    table = pa.table({"_src": names.dictionary_encode() if dictionary else names, "kept": kept})
    body = io.BytesIO()
    pq.write_table(table, body, row_group_size=group)

    class One:
        def get_object(self, **_: Any) -> Any:
            return {"Body": io.BytesIO(body.getvalue())}

    counts = S3ParquetCounts(One(), "lake").count(KEY, "kept", "_src")
    assert counts == Counter((kept, name) for name, kept in given_rows)


def test_a_file_that_is_not_there_is_told(client: Any) -> None:
    with pytest.raises(FileNotFoundError, match="gone"):
        S3ParquetCounts(client, "lake").rows("gone")
