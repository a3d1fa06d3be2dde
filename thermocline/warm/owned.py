"""Which rows of Parquet files are a subject's: only the columns that say so are read (ADR 45)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from thermocline.contracts import Contract
from thermocline.streams import QUARANTINE
from thermocline.subjects import Subjects

Owns = Callable[[str, object], bool]
"""Tells whether a column's value is a subject's."""
NamedIn = Callable[[str], bool]
"""Tells whether a text has the value of a subject."""

BATCH_ROWS: Final = 32 * 1024
_TEXTS_OF_BAD_ROWS: Final = ("payload", "context")


def asked_of(contract: Contract, subjects: Subjects) -> Mapping[str, Callable[[str], bool]]:
    """Return, by column, what tells of a value as text whether its row is a subject's (see `OwnedRows`)."""
    asked: dict[str, Callable[[str], bool]] = {name: partial(subjects.holds, name) for name in contract.erasure_keys}
    return asked | (dict.fromkeys(_TEXTS_OF_BAD_ROWS, subjects.named_in) if contract.name == QUARANTINE else {})


class OwnedRows:
    """Tells which rows of a table are a subject's.

    A row is if one of its erasure keys is; a bad row is if its payload or its context names a subject.
    """

    def __init__(self, contract: Contract, owns: Owns, named_in: NamedIn) -> None:
        is_bad = contract.name == QUARANTINE
        self.columns = _TEXTS_OF_BAD_ROWS if is_bad else contract.erasure_keys
        self._owns: Owns = (lambda _, text: named_in(str(text))) if is_bad else owns

    def any_in(self, source: Any) -> bool:
        """Tell whether a file has a row of a subject."""
        return any(pc.any(self.mask(batch)).as_py() for batch in self._batches(source))

    def mask(self, rows: pa.RecordBatch | pa.Table) -> Any:
        """Return an array that is true where a row is a subject's."""
        mask: Any = pa.array([False] * rows.num_rows, pa.bool_())
        for name in self.columns:
            if name in rows.schema.names:
                mask = pc.or_(mask, self._owned(name, rows[name]))
        return mask

    def _batches(self, source: Any) -> Iterator[pa.RecordBatch]:
        file = with_dictionaries(source, self.columns)
        present = [name for name in self.columns if name in file.schema_arrow.names]
        return file.iter_batches(BATCH_ROWS, columns=present) if present else iter(())

    def _owned(self, name: str, column: Any) -> Any:
        """Ask once for each value that a column has."""
        chunk: Any = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        encoded: Any = chunk if pa.types.is_dictionary(chunk.type) else pc.dictionary_encode(chunk)
        values = encoded.dictionary.to_pylist()
        owned = pa.array([value is not None and self._owns(name, value) for value in values], pa.bool_())
        return pc.take(owned, encoded.indices).fill_null(False)


def with_dictionaries(source: Any, columns: Sequence[str]) -> pq.ParquetFile:
    """Open a Parquet file whose values of some columns are read once each, as far as it has these columns."""
    metadata = pq.read_metadata(source)
    present = [name for name in columns if name in metadata.schema.names]
    return pq.ParquetFile(source, metadata=metadata, read_dictionary=present)
