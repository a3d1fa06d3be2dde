"""Parquet files without the rows of some subjects: each other row as it was, in its order (ADR 45)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thermocline.warm.identities import IDS_SCHEMA, NO_KEY
from thermocline.warm.owned import BATCH_ROWS, OwnedRows, with_dictionaries
from thermocline.warm.parquet import ParquetOutput
from thermocline.warm.schema import REPEATING, writer_schema

_IDENTITY: Final = ("source", "fingerprint", "event_id")
_LIKE_CONVERT: Final[Mapping[str, Any]] = {
    "compression": "zstd",
    "coerce_timestamps": "us",
    "dictionary_pagesize_limit": 100_000,
    "write_page_index": True,
    "store_schema": False,
}


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that went out of a warm file.

    Attributes
    ----------
    gens
        The generations that they were of.
    identities
        Theirs, as files of identities have them.
    """

    rows: int
    gens: frozenset[str] = frozenset()
    identities: frozenset[bytes] = frozenset()


class HotLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A hot file without a subject's rows.

    Attributes
    ----------
    before
        How many rows it had.
    raw_key
        Where its rows come from; "" if it had none.
    """

    body: bytes
    rows: int
    before: int
    raw_key: str


def identity(source: object, fingerprint: object, event_id: object) -> bytes:
    """Return the identity of a row, as files of identities have it (see `thermocline.warm.identities`)."""
    parts = "\x1f".join("" if part is None else str(part) for part in (source, fingerprint, event_id))
    return hashlib.md5(parts.encode(errors="surrogatepass"), usedforsecurity=False).digest()


def copy_warm(source: Path, output: ParquetOutput, schema: pa.Schema, owned: OwnedRows) -> Gone:
    """Add the rows of a warm file that are no subject's to another, in their order."""
    gone: list[dict[str, Any]] = []
    form = writer_schema(schema)
    for batch in with_dictionaries(source, REPEATING).iter_batches(BATCH_ROWS):
        mask = owned.mask(batch)
        kept = batch.filter(pc.invert(mask))
        if kept.num_rows:
            output.add([_in_form(kept, form)])
        if kept.num_rows < batch.num_rows:
            names = [name for name in (*_IDENTITY, "gen") if name in batch.schema.names]
            gone += batch.select(names).filter(mask).to_pylist()
    return Gone(
        rows=len(gone),
        gens=frozenset(row["gen"] for row in gone),
        identities=frozenset(identity(*(row.get(name) for name in _IDENTITY)) for row in gone),
    )


def without_hot(body: bytes, owned: OwnedRows) -> HotLeft:
    """Return a hot file without a subject's rows; one without any row is a file all the same."""
    table = pq.ParquetFile(io.BytesIO(body)).read()
    kept = table.filter(pc.invert(owned.mask(table)))
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, table.schema, **_LIKE_CONVERT) as writer:
        if kept.num_rows:
            writer.write_table(kept, kept.num_rows)
    raw_key = str(table["_src"][0].as_py()) if table.num_rows else ""
    return HotLeft(body=sink.getvalue(), rows=kept.num_rows, before=table.num_rows, raw_key=raw_key)


def identities_of(file: Any, raw_key: str) -> int:
    """Return how many rows of a raw object an opened file of identities has, the suppressed ones among them."""
    sources = pq.read_table(file, columns=["_src"])
    return sources.filter(pc.field("_src").cast(pa.string()) == raw_key).num_rows


def without_ids(source: Path, sink: Path, identities: Sequence[bytes], *, traced: bool) -> int:
    """Write a file of identities without some of them, and return how many went; nothing is written if none did.

    Parameters
    ----------
    traced
        True: each leaves a row that the balance counts, and that nobody can tell from another.
    """
    table = pq.read_table(source)
    mask: Any = pc.is_in(table["key"], value_set=pa.array(identities, table["key"].type))
    removed = int(pc.sum(mask).as_py() or 0)
    if removed:
        kept = table.filter(pc.invert(mask)).select(IDS_SCHEMA.names)
        traces = _traces(table.filter(mask)["_src"]) if traced else IDS_SCHEMA.empty_table()
        whole = pa.concat_tables([traces, kept.cast(IDS_SCHEMA)])
        options: dict[str, Any] = {"compression": "zstd", "use_dictionary": ["_src"], "store_schema": False}
        pq.write_table(whole.sort_by("key"), sink, **options)
    return removed


def any_identity(source: Any, identities: Sequence[bytes]) -> bool:
    """Tell whether a file of identities has one of some."""
    keys = pq.read_table(source, columns=["key"])["key"]
    return bool(pc.any(pc.is_in(keys, value_set=pa.array(identities, keys.type))).as_py())


def _traces(sources: Any) -> pa.Table:
    count = len(sources)
    columns: dict[str, Any] = {
        "key": pa.array([NO_KEY] * count, IDS_SCHEMA.field("key").type),
        "_src": sources.cast(IDS_SCHEMA.field("_src").type),
        "kept": pa.nulls(count, pa.bool_()),
    }
    return pa.table(columns, IDS_SCHEMA)


def _in_form(rows: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    columns: list[Any] = [
        rows[field.name].cast(field.type) if field.name in rows.schema.names else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.record_batch(columns, schema=schema)
