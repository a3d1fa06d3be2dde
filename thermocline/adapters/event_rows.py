"""Rows of Parquet files that have a value: only row groups that may have it are read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from xxhash import xxh64_intdigest

from thermocline.adapters.s3_parquet import opened

_BLOCK: Final = 32
_NUM_BYTES: Final = b"\x15"  # Thrift: field 1, an integer
_SALT: Final = (0x47B6137B, 0x44974D91, 0x8824AD5B, 0xA2B7289D, 0x705495C7, 0x2DF1424B, 0x9EFC4947, 0x5C6BFB31)


class S3EventRows:
    """Looks into files of one bucket.

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

    def find(self, key: str, wanted: Mapping[str, object], columns: Sequence[str]) -> Sequence[tuple[int, int, Any]]:
        """Return row group, place and values of the rows that have a wanted value (see `EventRows.find`)."""
        source = opened(self._client, self._bucket, key)
        file = pq.ParquetFile(pa.PythonFile(source, mode="r"))
        names = file.schema_arrow.names
        looked_in = {name: value for name, value in wanted.items() if name in names}
        told = [name for name in columns if name in names]
        return list(_found(file, source, looked_in, told))


def may_have(file: pq.ParquetFile, source: io.BufferedReader[Any], group: int, column: str, value: Any) -> bool:
    """Tell whether a row group may have a value, by its bounds and its Bloom filter."""
    described = file.metadata.row_group(group)
    names = [described.column(place).path_in_schema for place in range(described.num_columns)]
    chunk: Any = described.column(names.index(column))
    bounds = chunk.statistics
    if bounds is not None and bounds.has_min_max and not bounds.min <= value <= bounds.max:
        return False
    if not isinstance(value, str) or not chunk.bloom_filter_offset:
        return True
    source.seek(chunk.bloom_filter_offset)
    return in_bloom_filter(source.read(chunk.bloom_filter_length or 0), value.encode())


def in_bloom_filter(filter_: bytes, value: bytes) -> bool:
    """Tell whether a split-block Bloom filter, with its header, may have a value; one that cannot be read may.

    Source: https://parquet.apache.org/docs/file-format/bloomfilter/
    """
    size = _blocks_size(filter_)
    if not size:
        return True
    hashed = xxh64_intdigest(value)
    block = len(filter_) - size + _BLOCK * (((hashed >> 32) * (size // _BLOCK)) >> 32)
    words = (int.from_bytes(filter_[at : at + 4], "little") for at in range(block, block + _BLOCK, 4))
    bits = (1 << (((hashed & 0xFFFFFFFF) * salt & 0xFFFFFFFF) >> 27) for salt in _SALT)
    return all(word & bit for word, bit in zip(words, bits, strict=True))


def _blocks_size(filter_: bytes) -> int:
    """Return how many bytes at the end of a filter are blocks, as its Thrift header says, or 0 if that cannot be."""
    if not filter_.startswith(_NUM_BYTES):
        return 0
    number, shift = 0, 0
    for byte in filter_[1:6]:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    size = number >> 1  # zigzag
    return size if size % _BLOCK == 0 and 0 < size < len(filter_) else 0


def _found(
    file: pq.ParquetFile, source: io.BufferedReader[Any], wanted: Mapping[str, object], columns: Sequence[str]
) -> Iterator[tuple[int, int, Any]]:
    first = 0
    for group in range(file.num_row_groups):
        likely = {name: value for name, value in wanted.items() if may_have(file, source, group, name, value)}
        if likely and (places := _places(file, group, likely)):
            table = file.read_row_group(group, columns=list(columns), use_threads=False)
            for place in places:
                (row,) = table.slice(place, 1).to_pylist()
                yield group, first + place, row
        first += file.metadata.row_group(group).num_rows


def _places(file: pq.ParquetFile, group: int, wanted: Mapping[str, object]) -> list[int]:
    """Return the rows of a group that have a value; Arrow's own comparison would import pandas, which takes longer."""
    table = file.read_row_group(group, columns=list(wanted), use_threads=False)
    return sorted(
        {place for name, value in wanted.items() for place, held in enumerate(table[name].to_pylist()) if held == value}
    )
