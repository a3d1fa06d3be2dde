"""Local files of rows in the formats that Athena writes: Parquet, ORC, JSON and delimited text."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import orc

from athena_local.errors import QueryError
from athena_local.tables.text_rows import TextOptions, json_lines, text_lines

PARQUET, ORC, JSON, TEXT = "PARQUET", "ORC", "JSON", "TEXTFILE"
_PARQUET_CODECS: dict[str, Any] = {
    "GZIP": "gzip",
    "SNAPPY": "snappy",
    "ZSTD": "zstd",
    "NONE": "none",
    "UNCOMPRESSED": "none",
}
_ORC_CODECS: dict[str, Any] = {
    "ZLIB": "zlib", "SNAPPY": "snappy", "ZSTD": "zstd", "LZ4": "lz4", "NONE": "uncompressed"
}  # fmt: skip
_GROUP_BYTES = 16 << 20
_GZIP_LEVEL = 3  # a third of the time of Arrow's default, 9, for a few per cent more bytes
# The codec and the end of a file's name.
_TEXT_CODECS: dict[str, tuple[Any, str]] = {
    "GZIP": ("gzip", ".gz"),
    "BZIP2": ("bz2", ".bz2"),
    "ZSTD": ("zstd", ".zst"),
    "NONE": ("", ""),
}


_CODECS: dict[str, dict[str, Any]] = {
    PARQUET: _PARQUET_CODECS, ORC: _ORC_CODECS, JSON: _TEXT_CODECS, TEXT: _TEXT_CODECS
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """How rows are stored.

    Attributes
    ----------
    kind
        ``PARQUET``, ``ORC``, ``JSON`` or ``TEXTFILE``.
    compression
        Athena's name of it, in capital letters.
    """

    kind: str = PARQUET
    compression: str = "GZIP"
    text: TextOptions = field(default_factory=TextOptions)

    def __post_init__(self) -> None:
        """Refuse what is not written."""
        if self.kind not in _CODECS:
            kinds = ", ".join(_CODECS)
            raise QueryError("NOT_SUPPORTED", f"the format {self.kind} is not written offline: use one of {kinds}")
        codecs = _CODECS[self.kind]
        if self.compression not in codecs:
            raise QueryError(
                "NOT_SUPPORTED", f"{self.kind} with the compression {self.compression} is not written offline"
            )

    @property
    def waiting_bytes(self) -> int:
        """How many bytes of rows to write at once: a group of rows in Parquet and ORC, nothing to wait for in text."""
        return _GROUP_BYTES if self.kind in (PARQUET, ORC) else 0

    @property
    def suffix(self) -> str:
        """The end of a file's name; text is read by it."""
        return "" if self.kind in (PARQUET, ORC) else _TEXT_CODECS[self.compression][1]

    def create(self, path: Path, schema: pa.Schema) -> "RowFile":
        """Begin a file."""
        if self.kind == PARQUET:
            return _ParquetFile(path, schema, _PARQUET_CODECS[self.compression])
        if self.kind == ORC:
            return _OrcFile(path, schema, _ORC_CODECS[self.compression])
        return _LineFile(path, _TEXT_CODECS[self.compression][0], None if self.kind == JSON else self.text)


class RowFile(Protocol):
    """A file that is being written."""

    def write(self, rows: pa.Table) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish the file."""


class _ParquetFile:
    """Parquet with timestamps as Hive and Trino write them."""

    def __init__(self, path: Path, schema: pa.Schema, codec: Any) -> None:
        level = _GZIP_LEVEL if codec == "gzip" else None
        self._writer = pq.ParquetWriter(
            path, schema, compression=codec, compression_level=level, use_deprecated_int96_timestamps=True
        )

    def write(self, rows: pa.Table) -> None:
        self._writer.write_table(rows)

    def close(self) -> None:
        self._writer.close()


class _OrcFile:
    """ORC; a file without rows has its columns, too."""

    def __init__(self, path: Path, schema: pa.Schema, codec: Any) -> None:
        self._writer = orc.ORCWriter(str(path), compression=codec)
        self._writer.write(schema.empty_table())

    def write(self, rows: pa.Table) -> None:
        self._writer.write(rows)

    def close(self) -> None:
        self._writer.close()


class _LineFile:
    """One line per row; JSON when there are no options for text."""

    def __init__(self, path: Path, codec: Any, options: TextOptions | None) -> None:
        self._options = options
        self._stream = _stream(path, codec)

    def write(self, rows: pa.Table) -> None:
        for batch in rows.to_batches():
            lines = json_lines(batch) if self._options is None else text_lines(batch, self._options)
            self._stream.write("".join(lines).encode())

    def close(self) -> None:
        self._stream.close()


def _stream(path: Path, codec: Any) -> Any:
    if codec == "gzip":
        return gzip.open(path, "wb", compresslevel=_GZIP_LEVEL)
    return pa.CompressedOutputStream(str(path), codec) if codec else path.open("wb")
