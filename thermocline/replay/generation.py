"""Replay one generation: its rows in one commit, its bad rows in another, then its entries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from thermocline.errors import HotFileMissing
from thermocline.ledger import Entry
from thermocline.replay.committing import Committing
from thermocline.replay.fresh import Fresh, NotConverted, restated
from thermocline.replay.model import Converted, Outcome, Replayed, Run
from thermocline.replay.ports import ReplacingRows, ReplayedLedger, Runs
from thermocline.replay.replacing import Replacing
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, Change
from thermocline.warm.ports import Catalog
from thermocline.warm.work import Difference


class ReplayGeneration:
    """Replaces a generation whose objects were converted.

    Parameters
    ----------
    rows_of
        Gives the writer of a run: that of a dry run writes into the run's folder.
    key_of
        Gives the key in a file's address.
    after
        Told of a table's generations that were replaced: what is built of them must follow.
    """

    def __init__(
        self,
        *,
        ledger: ReplayedLedger,
        runs: Runs,
        catalog: Catalog,
        committing: Committing,
        fresh: Fresh,
        rows_of: Callable[[Run], ReplacingRows],
        key_of: Callable[[str], str],
        after: Callable[[str, Sequence[str]], None],
        window: int,
    ) -> None:
        self._ledger = ledger
        self._runs = runs
        self._catalog = catalog
        self._committing = committing
        self._fresh = fresh
        self._rows_of = rows_of
        self._key_of = key_of
        self._after = after
        self._window = window

    def __call__(self, run: Run, gen: str) -> Outcome:
        """Replay a generation, or have converted what it lacks; again after a crash it comes to the same.

        Raises
        ------
        ReplayRefused
            The tables do not know the generation's identities any more.
        LeaseTaken, FencedOff, CommitFailed
            As of `Committing`.
        """
        entries = self._ledger.entries(run.table, gen)
        try:
            replayed = self._dry(run, gen, entries) if run.dry else self._real(run, gen, entries)
        except NotConverted as lack:
            self._fresh.ask(run, lack.wanted)
            return Outcome(state="converting")
        except (HotFileMissing, FileNotFoundError):  # an erasure has deleted what was converted before it
            self._fresh.ask(run, {key: result.gen for key, result in self._runs.results(run).items()})
            return Outcome(state="converting")
        self._runs.put_replayed(run.run, replayed)
        return Outcome(state="done", replayed=replayed)

    def _real(self, run: Run, gen: str, entries: Sequence[Entry]) -> Replayed:
        results = self._results(run, gen, entries)
        bad = self._catalog.files(self._catalog.load(QUARANTINE), gen=gen)
        self._fresh.claim(entries, results, [self._key_of(file.path) for file in bad])
        self._runs.put_replayed(run.run, Replayed(gen=gen, done=False))
        good = self._committing(run.table, partial(self._stream, run, gen, entries))
        refused = self._committing(QUARANTINE, partial(self._quarantine, run, gen, entries))
        for entry in entries:
            self._ledger.restate(restated(entry, results[entry.raw_key]))
        self._after(run.table, good.gens)
        return Replayed(gen=gen, differences=self._differences(run, gen, good, refused, good.gens))

    def _dry(self, run: Run, gen: str, entries: Sequence[Entry]) -> Replayed:
        base, bad = self._catalog.load(run.table), self._catalog.load(QUARANTINE)
        for replayed in self._runs.replayed(run):
            base = replace(base, ids={**base.ids, **replayed.ids})
        good = self._stream(run, gen, entries, base, 0)
        refused = self._quarantine(run, gen, entries, bad, 0)
        # Other generations of the range are compared in their own turn.
        others = [other for other in good.gens if other == gen or other not in run.gens]
        return Replayed(gen=gen, differences=self._differences(run, gen, good, refused, others), ids=dict(good.ids))

    def _results(self, run: Run, gen: str, entries: Sequence[Entry]) -> Mapping[str, Converted]:
        return self._fresh.results(run, {entry.raw_key: gen for entry in entries}, self._ledger.suppression())

    def _stream(self, run: Run, gen: str, entries: Sequence[Entry], base: Base, token: int) -> Change:
        """Return the change of the stream's table; later generations are decided again where it matters to them."""
        replacing = self._replacing(run)
        listed = self._ledger.suppression()  # under the lease
        results = self._fresh.results(run, {entry.raw_key: gen for entry in entries}, listed)
        hot = [file.key for result in results.values() for file in result.files_of(run.table)]
        made = {gen: replacing.write(base, gen, hot, listed)}
        decisions = replacing.decisions(base, gen, made[gen].ids)
        sources = {source: decision.gen for decision in decisions for source in decision.sources}
        later = self._fresh.results(run, sources, listed)
        made |= {decision.gen: replacing.amend(base, decision, later) for decision in decisions}
        return replacing.change(base, token, made)

    def _quarantine(self, run: Run, gen: str, entries: Sequence[Entry], base: Base, token: int) -> Change:
        replacing, recovered = self._replacing(run), self._fresh.recovered([entry.raw_key for entry in entries])
        results = self._results(run, gen, entries)  # which have left out what was recovered by now
        return replacing.change(base, token, {gen: replacing.bad_rows(base, gen, results, recovered)})

    def _replacing(self, run: Run) -> Replacing:
        return Replacing(catalog=self._catalog, rows=self._rows_of(run), window=self._window)

    def _differences(
        self, run: Run, gen: str, good: Change, refused: Change, gens: Collection[str]
    ) -> tuple[Difference, ...]:
        rows = self._rows_of(run)
        return (
            *rows.differences(run.table, good.remove, good.add, gens),
            *rows.differences(QUARANTINE, refused.remove, refused.add, (gen,)),
        )
