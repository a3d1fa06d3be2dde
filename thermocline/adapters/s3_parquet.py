"""Counts of rows in Parquet files of the lake bucket: only footers and the columns that are asked for are read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from botocore.exceptions import ClientError

from thermocline.adapters.s3_answers import is_missing

# A footer with its page indexes fits, of all but large files.
_TAIL_BYTES = 64 * 1024


class S3ParquetCounts:
    """Counts rows of files of one bucket.

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

    def rows(self, key: str) -> int:
        """Return how many rows a file has, by its footer (see `ParquetCounts.rows` for errors)."""
        return int(pq.read_metadata(self._open(key)).num_rows)

    def count(self, key: str, *columns: str) -> Mapping[tuple[object, ...], int]:
        """Return how many rows a file has of each combination of values, a row group at a time."""
        counts: dict[tuple[object, ...], int] = {}
        file = pq.ParquetFile(self._open(key))
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=list(columns), use_threads=False)
            grouped = pa.TableGroupBy(_plain(table), list(columns), use_threads=False).aggregate([([], "count_all")])
            for row in grouped.to_pylist():
                values = tuple(row[name] for name in columns)
                counts[values] = counts.get(values, 0) + int(row["count_all"])
        return counts

    def _open(self, key: str) -> pa.PythonFile:
        return pa.PythonFile(opened(self._client, self._bucket, key), mode="r")


def opened(client: Any, bucket: str, key: str, version: str | None = None) -> io.BufferedReader:
    """Return an object, or one of its versions, of which only what is asked for is read.

    Raises
    ------
    FileNotFoundError
        There is none.
    """
    which = {"Bucket": bucket, "Key": key} | ({"VersionId": version} if version else {})
    return io.BufferedReader(_S3File(client, which), _TAIL_BYTES)


def _plain(table: pa.Table) -> pa.Table:
    """Return a table without dictionaries, which cannot be grouped by in every form."""
    fields = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


class _S3File(io.RawIOBase):
    """An object that is read in ranges; its end is kept, because a Parquet file is read from there."""

    def __init__(self, client: Any, which: Mapping[str, str]) -> None:
        self._get = which
        self._client = client
        self._place = 0
        answer = self._range(f"bytes=-{_TAIL_BYTES}")
        self._tail = answer["Body"].read()
        self._size = int(answer["ContentRange"].rpartition("/")[2]) if "ContentRange" in answer else len(self._tail)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Any, /) -> int:
        wanted = min(len(buffer), self._size - self._place)
        if wanted <= 0:
            return 0
        part = self._read(self._place, wanted)
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def _read(self, start: int, length: int) -> bytes:
        kept_from = self._size - len(self._tail)
        if start >= kept_from:
            return bytes(self._tail[start - kept_from : start - kept_from + length])
        answer = self._range(f"bytes={start}-{start + length - 1}")
        part: bytes = answer["Body"].read()
        return part

    def _range(self, which: str) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self._client.get_object(**self._get, Range=which)
        except ClientError as error:
            if is_missing(error):
                raise FileNotFoundError(self._get["Key"]) from error
            raise
        return answer
