"""The subjects of a raw object's lines: their digests, and which lines are left out (ADR 40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from thermocline.contracts import Contract
from thermocline.convert.lines import members_of
from thermocline.events.batch import Refused
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher, erasure_keys
from thermocline.subjects import Subjects as Listed
from thermocline.warm.owned import OwnedRows


class Subjects:
    """Looks at the erasure keys of one object's lines.

    Attributes
    ----------
    seen
        Digests of all values, of lines that are left out, too, and what tells which columns were looked at.
    left_out
        Lines that were left out, because a subject of theirs is suppressed.
    """

    def __init__(self, contract: Contract, hasher: SubjectHasher, suppressed: frozenset[str]) -> None:
        self.left_out = 0
        self._columns = contract.erasure_keys
        self._hasher = hasher
        self._suppressed = suppressed
        self._digests: dict[str, dict[object, str]] = {column: {} for column in self._columns}

    @property
    def seen(self) -> frozenset[str]:
        """The digests of all values so far."""
        digests = frozenset(digest for known in self._digests.values() for digest in known.values())
        return digests | self._hasher.looked_at(self._columns) if digests else digests

    def admitted(self, rows: pa.Table) -> pa.Table:
        """Return the rows of which no subject is suppressed."""
        admitted = None
        for column in self._columns:
            values = rows[column]
            held = self._suppressed_of(column, pc.unique(values).to_pylist())
            if held:
                others = pc.invert(pc.is_in(values, value_set=pa.array(held, values.type)))
                admitted = others if admitted is None else pc.and_(admitted, others)
        if admitted is None:
            return rows
        kept = rows.filter(admitted)
        self.left_out += rows.num_rows - kept.num_rows
        return kept

    def admitted_lines(self, refused: Iterable[Refused]) -> list[Refused]:
        """Return the lines that are no rows, as far as it can be read that no subject of theirs is suppressed."""
        lines = list(refused)
        kept = [line for line in lines if not any(list(self._held(line)))]  # all of them are seen
        self.left_out += len(lines) - len(kept)
        return kept

    def _held(self, line: Refused) -> Iterator[bool]:
        members = members_of(line.raw) if self._columns else {}
        for column in self._columns:
            value = members.get(column)
            yield isinstance(value, str | int) and bool(self._suppressed_of(column, [value]))

    def _suppressed_of(self, column: str, values: Sequence[object]) -> list[object]:
        """Return which values are suppressed; each is digested once, and all are seen."""
        known, digest = self._digests[column], self._hasher.digest
        for value in values:
            if value not in known and value is not None:
                known[value] = digest(column, value)
        return [value for value in values if known.get(value) in self._suppressed] if self._suppressed else []


class BadRows:
    """Leaves bad rows out that name a suppressed subject anywhere: none of their columns says whose they are.

    Attributes
    ----------
    left_out
        How many were left out.
    """

    def __init__(self, contracts: Mapping[str, Contract], hasher: SubjectHasher, suppressed: frozenset[str]) -> None:
        self.left_out = 0
        listed = Listed(hasher, suppressed, erasure_keys(contracts))
        self._owned = OwnedRows(contracts[QUARANTINE], listed.owns, listed.named_in) if suppressed else None

    def admitted(self, rows: pa.Table) -> pa.Table:
        """Return the rows that name none."""
        if self._owned is None:
            return rows
        kept = rows.filter(pc.invert(self._owned.mask(rows)))
        self.left_out += rows.num_rows - kept.num_rows
        return kept
