"""The rows of one raw object in quarantine, and who has claimed which of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

import msgspec

from thermocline.events.quarantined import Quarantined
from thermocline.layout import is_recovered, stream_of
from thermocline.recover.model import Choice, Tally


class SourceObject:
    """The bad rows of a raw object; those with one event_id have one fate.

    Parameters
    ----------
    owners
        Who has claimed which rows, by their event_id.
    """

    def __init__(self, rows: Sequence[Quarantined], choice: Choice, owners: Mapping[str, str]) -> None:
        self.raw_key = rows[0].raw_key
        self.table = choice.table
        self._rows = sorted(rows, key=lambda row: (row.event_id, row.replay_event_id or ""))
        self._choice = choice
        self._owners = dict(owners)

    def free(self, tally: Tally) -> list[Quarantined]:
        """Return the chosen rows that nobody has claimed and that are whole; count those that cannot come back."""
        free: list[Quarantined] = []
        for event_id, same in groupby(self._rows, key=lambda row: row.event_id):
            rows, owner = list(same), self._owners.get(event_id)
            if not any(map(self._choice.takes, rows)):
                continue
            if owner is None and all(row.replayable for row in rows):
                free += rows
            elif owner is None or not is_recovered(owner):
                for row in rows:
                    tally.add(row, "cut" if owner is None else "replayed")
        return free

    def note(self, event_ids: Collection[str], owner: str) -> None:
        """Note who has rows by now."""
        self._owners |= dict.fromkeys(event_ids, owner)

    def of_recoveries(self) -> dict[str, list[Quarantined]]:
        """Return the rows that recoveries of this table have claimed, by the object that is to take them."""
        owners = {owner for owner in self._owners.values() if is_recovered(owner) and stream_of(owner) == self.table}
        owned = {owner: self.rows_of(self.claimed_by(owner)) for owner in sorted(owners)}
        return {owner: rows for owner, rows in owned.items() if rows}

    def claimed_by(self, owner: str) -> frozenset[str]:
        """Return the ids of the rows that someone has."""
        return frozenset(event_id for event_id, has in self._owners.items() if has == owner)

    def rows_of(self, event_ids: Collection[str]) -> list[Quarantined]:
        """Return the rows with some ids."""
        return [row for row in self._rows if row.event_id in event_ids]


def without_content(rows: Sequence[Quarantined]) -> list[Quarantined]:
    """Return rows as places only: what they hold need not be in memory any more."""
    return [msgspec.structs.replace(row, payload=b"", context={}) for row in rows]
