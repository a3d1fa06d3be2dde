"""What replaces a generation in its two tables: prepared from the table as it is, for one commit each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from thermocline.errors import ReplayRefused
from thermocline.generations import moved
from thermocline.ledger import Suppression
from thermocline.replay.model import Converted
from thermocline.replay.ports import ReplacingRows
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change, WarmFile
from thermocline.warm.ports import Catalog
from thermocline.warm.work import Amended, Amendment, Decision, Work


class Replacing:
    """Prepares changes.

    Parameters
    ----------
    window
        Hours for which an identity is remembered.
    """

    def __init__(self, *, catalog: Catalog, rows: ReplacingRows, window: int) -> None:
        self._catalog = catalog
        self._rows = rows
        self._window = window

    def write(self, base: Base, gen: str, hot: Sequence[str], listed: Suppression) -> Amended:
        """Write the rows of a generation, each once, and none that an earlier one has."""
        _require_ids(base, gen)
        first = moved(gen, -self._window)
        work = Work(
            table=base.table,
            gen=gen,
            hot=tuple(hot),
            earlier=tuple(key for other, key in sorted(base.ids.items()) if first <= other < gen),
            rest=(),
            suppression=listed,
        )
        written = self._rows.write(work)
        return Amended(files=written.files, ids=written.ids)

    def decisions(self, base: Base, gen: str, after: str) -> tuple[Decision, ...]:
        """Return what changes in the later generations that the table has: the watermark may lag behind it."""
        first, last = moved(gen, -self._window), moved(gen, self._window)
        ids = {other: key for other, key in base.ids.items() if first <= other <= last}
        return self._rows.decisions(ids, gen, after=after, window=self._window)

    def amend(self, base: Base, decision: Decision, results: Mapping[str, Converted]) -> Amended:
        """Write a later generation as it is decided now."""
        return self._rows.amend(
            Amendment(
                table=base.table,
                gen=decision.gen,
                files=tuple(self._catalog.files(base, gen=decision.gen)),
                ids=base.ids[decision.gen],
                hot=tuple(file.key for source in decision.sources for file in results[source].files_of(base.table)),
                gone=decision.gone,
                back=decision.back,
            )
        )

    def bad_rows(
        self, base: Base, gen: str, results: Mapping[str, Converted], recovered: Mapping[str, Collection[str]]
    ) -> Amended:
        """Write quarantine's generation with the objects' bad rows of today instead of those that it has.

        Parameters
        ----------
        recovered
            Event ids, by raw key, of the rows that are a recovery's: it takes them out, and knows of it.
        """
        _require_ids(base, gen)
        return self._rows.amend(
            Amendment(
                table=QUARANTINE,
                gen=gen,
                files=tuple(self._catalog.files(base, gen=gen)),
                ids=base.ids[gen],
                hot=tuple(file.key for result in results.values() for file in result.files_of(QUARANTINE)),
                sources=tuple(results),
                stay=tuple((source, event_id) for source, owned in recovered.items() for event_id in owned),
            )
        )

    def change(self, base: Base, token: int, made: Mapping[str, Amended]) -> Change:
        """Return the commit that replaces generations; files that they share with others are written anew."""
        old = tuple(file for file in self._catalog.files(base) if any(file.holds(gen) for gen in made))
        rest = self._rows.rest(base.table, _shared(old, made), tuple(made))
        return Change(
            token=token,
            gens=tuple(made),
            add=(*(file for each in made.values() for file in each.files), *rest),
            remove=old,
            ids={gen: each.ids for gen, each in made.items()},
        )


def _shared(files: Sequence[WarmFile], gens: Collection[str]) -> tuple[WarmFile, ...]:
    return tuple(file for file in files if not any(file.holds_only(gen) for gen in gens))


def _require_ids(base: Base, gen: str) -> None:
    if gen not in base.ids:
        raise ReplayRefused(
            f"{base.table} {gen}: its identities have left the table's index, replay a later generation"
        )
