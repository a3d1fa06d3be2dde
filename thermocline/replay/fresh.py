"""Whether what was converted still holds: under the list of today, and without what was recovered meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from thermocline.ledger import Entry, Suppression
from thermocline.replay.model import OWNER, Converted, Order, Run, digest_of, recovered_of
from thermocline.replay.ports import Backfills, Claims, Counts, ReplayedLedger, Runs
from thermocline.streams import QUARANTINE


class NotConverted(Exception):  # noqa: N818 - it tells what is to be done
    """Objects must be converted, or converted again, before the generation can be committed."""

    def __init__(self, wanted: Mapping[str, str]) -> None:
        super().__init__()
        self.wanted = wanted


class Fresh:
    """Gives the results of a run that may be committed, and claims the rows that became good."""

    def __init__(
        self, *, ledger: ReplayedLedger, runs: Runs, claims: Claims, counts: Counts, backfills: Backfills
    ) -> None:
        self._ledger = ledger
        self._runs = runs
        self._claims = claims
        self._counts = counts
        self._backfills = backfills

    def results(self, run: Run, wanted: Mapping[str, str], listed: Suppression) -> Mapping[str, Converted]:
        """Return the results of raw objects, which are given with their generations.

        Raises
        ------
        NotConverted
            Some have none, or one that does not hold any more.
        """
        known = self._runs.results(run)
        lacking = {key for key in wanted if key not in known or known[key].suppression != listed.version}
        there = [key for key in wanted if key not in lacking]
        recovered = self.recovered(there)
        lacking |= {key for key in there if digest_of(recovered.get(key, ())) != known[key].recovered}
        if lacking:
            raise NotConverted({key: gen for key, gen in wanted.items() if key in lacking})
        return {key: known[key] for key in wanted}

    def recovered(self, raw_keys: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return the event ids of the rows that a recovery has, by raw key."""
        return {key: recovered_of(owned.items()) for key, owned in self._claims.claims(raw_keys).items()}

    def ask(self, run: Run, wanted: Mapping[str, str]) -> None:
        """Have objects converted, again if they were."""
        orders = [Order(run=run.run, table=run.table, gen=gen, raw_key=key) for key, gen in wanted.items()]
        for order in orders:
            self._runs.put_result(run.run, Converted(raw_key=order.raw_key, gen=order.gen))
        if self._runs.current(run.table) == run:
            self._backfills.send(orders)
            return
        for order in orders:  # another process has ended it meanwhile, and nobody would remove them
            self._runs.drop_result(run.run, order.raw_key)

    def claim(self, entries: Sequence[Entry], results: Mapping[str, Converted], quarantined: Sequence[str]) -> None:
        """Claim the quarantined rows that are good now; those that a recovery has are found by `results`.

        Parameters
        ----------
        quarantined
            Keys of the warm files that may have bad rows of the entries.
        """
        bad: dict[str, set[str]] = defaultdict(set)
        for key in quarantined:
            for source, event_id in self._counts.count(key, "_src", "event_id"):
                bad[str(source)].add(str(event_id))
        for entry in entries:
            if freed := bad[entry.raw_key] - self._bad(results[entry.raw_key]):
                self._claims.claim(entry.raw_key, freed, OWNER)

    def _bad(self, result: Converted) -> set[str]:
        counted = (self._counts.count(file.key, "event_id") for file in result.files_of(QUARANTINE))
        return {str(event_id) for counts in counted for (event_id,) in counts}


def restated(entry: Entry, result: Converted) -> Entry:
    """Return an entry with what its object became; the lines that a recovery has stay among the refused ones."""
    rows = {entry.stream: 0, QUARANTINE: result.left_out}
    for file in result.files:
        rows[file.table] += file.rows
    named = sum(rows.values())
    lines = max(entry.lines, named)
    known = {file.table: file for file in (*result.files, *entry.files)}  # the hot file's key, where there is one
    return replace(
        entry,
        files=tuple(replace(known[table], rows=count) for table, count in rows.items() if count and table in known),
        lines=lines,
        suppressed=lines - named,
        misfits=result.misfits,
    )
