"""Restore a warm table whose entry in the catalog is gone: its objects are there, and so are its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from thermocline.contracts import Contract
from thermocline.errors import RestoreRefused
from thermocline.generations import BEGINNING, following
from thermocline.restore.choice import Metadata, choose
from thermocline.restore.ports import EnteredLedger, Tables, Views
from thermocline.streams import contract_of, feeders


class RestoredTable(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a warm table.

    Attributes
    ----------
    state
        ``there``: the catalog has it. ``lost``: it would be restored. ``restored``: it was.
    metadata
        Key of the metadata that it has, or would have.
    left
        Keys of metadata that were as recent, and were not taken.
    last
        The last generation that it holds.
    """

    table: str
    state: Literal["there", "lost", "restored"]
    metadata: str
    left: tuple[str, ...] = ()
    last: str = BEGINNING


class RestoreTable:
    """Registers the newest metadata that landed; it writes no object, and deletes none."""

    def __init__(
        self, *, tables: Tables, ledger: EnteredLedger, views: Views, contracts: Mapping[str, Contract]
    ) -> None:
        self._tables = tables
        self._ledger = ledger
        self._views = views
        self._contracts = contracts

    def __call__(self, table: str, *, metadata: str | None = None, dry_run: bool = False) -> RestoredTable:
        """Restore a table; nothing happens if the catalog has it.

        Parameters
        ----------
        metadata
            The key that a person chose.

        Raises
        ------
        UnknownStream
            No contract has this name.
        RestoreRefused
            No metadata are whole or recent enough, or several may be right.
        """
        contract = contract_of(table, self._contracts)
        if key := self._tables.registered(table):
            return RestoredTable(table=table, state="there", metadata=key)
        files = self._tables.metadata(table)
        view = self._views.read(contract.table)
        watermark = max(self._ledger.marks(table).watermark, view.watermark if view else BEGINNING)
        chosen = _named(files, metadata) if metadata else choose(table, files, watermark=watermark)
        last = max(chosen.ids, default=BEGINNING)
        self._require_published(table, last, watermark)
        if not dry_run:
            self._tables.register(table, chosen.key)
        return RestoredTable(
            table=table,
            state="lost" if dry_run else "restored",
            metadata=chosen.key,
            left=tuple(each.key for each in files if each.key != chosen.key),
            last=last,
        )

    def _require_published(self, table: str, last: str, watermark: str) -> None:
        """Check that the metadata have every generation with entries that was published."""
        start = following(last) if last else BEGINNING
        for stream in feeders(table, self._contracts):
            gen = self._ledger.next_generation(stream, start)
            if gen is not None and gen < watermark:
                raise RestoreRefused(
                    f"the latest metadata of {table} end with generation {last or 'none'}, and {gen} was published: "
                    "newer metadata were deleted; `lake restore objects` brings them back"
                )


def _named(files: list[Metadata], key: str) -> Metadata:
    for each in files:
        if each.key == key:
            if each.missing:
                raise RestoreRefused(f"{key} needs objects that are gone, such as {each.missing[0]}")
            return each
    raise RestoreRefused(f"{key} is none of the latest metadata: {', '.join(each.key for each in files)}")
