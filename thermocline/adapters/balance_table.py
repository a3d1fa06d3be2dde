"""The table of balances: one small Parquet object, which each run writes anew."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from botocore.exceptions import ClientError

from thermocline.balance.columns import COLUMNS
from thermocline.balance.model import Page, Range
from thermocline.layout import BALANCE

KEY = f"{BALANCE}/balance.parquet"
_ARROW = {"string": pa.string(), "bigint": pa.int64(), "boolean": pa.bool_(), "timestamp": pa.timestamp("us")}
_SCHEMA = pa.schema([pa.field(column.name, _ARROW[column.type]) for column in COLUMNS])


class S3BalanceTable:
    """Keeps the table in the lake bucket.

    Parameters
    ----------
    client
        A boto3 S3 client.
    bucket
        The bucket's name.
    """

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def replace(self, pages: Sequence[Page], among: Range, *, checked_at: dt.datetime) -> None:
        """Replace the rows of a range (see `BalanceTable.replace`)."""
        kept = [row for row in self._rows() if row["gen"] is not None and row["gen"] not in among]
        rows = [*kept, *_rows_of(pages, checked_at)]
        body = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), body, compression="zstd")
        self._client.put_object(Bucket=self._bucket, Key=KEY, Body=body.getvalue())

    def _rows(self) -> list[dict[str, Any]]:
        try:
            stored = self._client.get_object(Bucket=self._bucket, Key=KEY)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                return []
            raise
        return pq.read_table(io.BytesIO(stored)).to_pylist()


def _rows_of(pages: Sequence[Page], checked_at: dt.datetime) -> Iterator[dict[str, Any]]:
    time = checked_at.astimezone(dt.UTC).replace(tzinfo=None)
    for page in pages:
        row = {name: getattr(page, name) for name in _SCHEMA.names if name != "checked_at"}
        yield row | {"problems": "; ".join(page.problems) or None, "checked_at": time}
