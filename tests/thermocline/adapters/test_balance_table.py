from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pyarrow.parquet as pq

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.balance_table import KEY, S3BalanceTable
from thermocline.balance.columns import COLUMNS
from thermocline.balance.model import Page, Range

FIRST = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 11, 26, 11, tzinfo=dt.UTC)


def read(client: Any) -> list[dict[str, Any]]:
    return pq.read_table(io.BytesIO(client.get_object(Bucket="lake", Key=KEY)["Body"].read())).to_pylist()


def page(gen: str | None, raw: int, *problems: str) -> Page:
    return Page(stream="clickstream", gen=gen, raw=raw, hot=raw - len(problems), problems=problems)


def test_a_run_replaces_the_rows_of_its_range_and_keeps_the_others(aws: AwsClient) -> None:
    client = create_bucket(aws, "lake")
    table = S3BalanceTable(client, "lake")
    table.replace([page(gen, 1) for gen in ("2026-11-26-08", "2026-11-26-09", None)], Range(first=""), checked_at=FIRST)
    table.replace(
        [page("2026-11-26-09", 3, "one", "two"), page("2026-11-26-10", 4)],
        Range(first="2026-11-26-09"),
        checked_at=SECOND,
    )
    rows = read(client)
    assert [(row["gen"], row["raw"], row["difference"], row["problems"], row["checked_at"].hour) for row in rows] == [
        ("2026-11-26-08", 1, 0, None, 10),
        ("2026-11-26-09", 3, 2, "one; two", 11),
        ("2026-11-26-10", 4, 0, None, 11),
    ]
    assert [row["balanced"] for row in rows] == [True, False, True]
    assert list(rows[0]) == [column.name for column in COLUMNS]
