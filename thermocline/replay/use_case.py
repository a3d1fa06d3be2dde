"""Replay a range of a table's generations from raw: plan, convert, replace one after the other, finish."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence

from thermocline.contracts import Contract
from thermocline.errors import ReplayRefused
from thermocline.generations import following
from thermocline.layout import replay_prefix
from thermocline.replay.fresh import Fresh
from thermocline.replay.generation import ReplayGeneration
from thermocline.replay.model import Converted, Outcome, Progress, Replayed, Run
from thermocline.replay.ports import Objects, ReplayedLedger, Runs
from thermocline.streams import QUARANTINE, contract_of


class Replay:
    """Replays tables, each in one run at a time.

    Parameters
    ----------
    settled
        Gives the generation of a table before which its published view has been past all for the margin.
    """

    def __init__(
        self,
        *,
        ledger: ReplayedLedger,
        runs: Runs,
        objects: Objects,
        fresh: Fresh,
        settled: Callable[[str], str],
        generation: ReplayGeneration,
        contracts: Mapping[str, Contract],
        name: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._ledger = ledger
        self._runs = runs
        self._objects = objects
        self._fresh = fresh
        self._settled = settled
        self._generation = generation
        self._contracts = contracts
        self._name = name

    def plan(self, table: str, first: str, last: str, *, dry: bool) -> Run:
        """Begin a run, or go on with the same one, and queue the objects that are not converted.

        Raises
        ------
        UnknownStream
            No contract has this name.
        ReplayRefused
            The range cannot be replayed, or another run of the table has begun to replace generations.
        """
        contract_of(table, self._contracts)
        if table == QUARANTINE:
            raise ReplayRefused("quarantine is replayed with the streams that its rows come from: name one of them")
        run = self._runs.current(table)
        if run and not run.is_of(first, last, dry=dry):
            self._give_up(run)
            run = None
        run = run or self._begin(table, first, last, dry=dry)
        known = self._runs.results(run)
        wanted = self._wanted(run, known)
        there = frozenset(self._objects.keys(replay_prefix(run.run)))  # files of a run that waited long have expired
        holds = {key for key, result in known.items() if not result.is_open and result.is_among(there)}
        self._fresh.ask(run, {key: gen for key, gen in wanted.items() if key not in holds})
        return run

    def progress(self, table: str, name: str) -> Progress:
        """Return how far a run is; what was converted under an older suppression list is queued again."""
        run = self._run(table, name)
        version, known = self._ledger.suppression().version, self._runs.results(run)
        wanted = self._wanted(run, known)
        there = {key: known[key] for key in wanted if key in known and not known[key].waits}
        old = {key: wanted[key] for key, result in there.items() if result.suppression != version}
        self._fresh.ask(run, old)
        problems = tuple(result.problem for _, result in sorted(there.items()) if result.problem)
        done = {each.gen for each in self._runs.replayed(run) if each.done}
        left = [gen for gen in run.gens if gen not in done]
        converted = len(there) - len(old)
        ready = left and not problems and converted == len(wanted)
        return Progress(
            objects=len(wanted),
            converted=converted,
            problems=problems,
            ready=left[0] if ready else None,
            left=len(left),
        )

    def commit(self, table: str, name: str, gen: str) -> Outcome:
        """Replace a generation (see `ReplayGeneration` for errors)."""
        return self._generation(self._run(table, name), gen)

    def finish(self, table: str, name: str) -> Sequence[Replayed]:
        """Remove what the run converted, and return what it changed."""
        run = self._run(table, name)
        replayed = self._runs.replayed(run)
        self._remove(run)
        return replayed

    def _run(self, table: str, name: str) -> Run:
        run = self._runs.current(table)
        if run is None or run.run != name:
            raise ReplayRefused(f"{table}: this replay is over, begin it again")
        return run

    def _wanted(self, run: Run, known: Mapping[str, Converted]) -> Mapping[str, str]:
        """Return the objects to convert, with their generations: later ones, too, if rows of theirs come back."""
        entries = (entry for gen in run.gens for entry in self._ledger.entries(run.table, gen))
        return {key: result.gen for key, result in known.items()} | {each.raw_key: each.gen or "" for each in entries}

    def _begin(self, table: str, first: str, last: str, *, dry: bool) -> Run:
        gens = tuple(self._gens(table, first, last))
        if not gens:
            raise ReplayRefused(f"{table} has no objects from {first} to {last}: choose other generations")
        self._require_settled(table, gens[-1])
        self._require_raw([entry.raw_key for gen in gens for entry in self._ledger.entries(table, gen)])
        run = Run(run=self._name(), table=table, first=first, last=last, dry=dry, gens=gens)
        self._runs.start(run)
        return run

    def _gens(self, table: str, first: str, last: str) -> Iterator[str]:
        gen = self._ledger.next_generation(table, first)
        while gen is not None and gen <= last:
            yield gen
            gen = self._ledger.next_generation(table, following(gen))

    def _require_settled(self, stream: str, last: str) -> None:
        for table in (stream, QUARANTINE):
            if last >= (settled := self._settled(table)):
                raise ReplayRefused(
                    f"{table} {last} is not settled: its view must have been past it for a day. "
                    + (f"Replay generations before {settled}" if settled else "Try again a day after its promotion")
                )

    def _require_raw(self, raw_keys: Sequence[str]) -> None:
        folders = sorted({key.rpartition("/")[0] for key in raw_keys})
        there = {key for folder in folders for key in self._objects.keys(f"{folder}/")}
        if gone := sorted(key for key in raw_keys if key not in there):
            raise ReplayRefused(
                f"{gone[0]} is not in the bucket any more, and {len(gone) - 1} others: replay generations after it"
            )

    def _give_up(self, run: Run) -> None:
        """Remove a run that has changed nothing, for another to begin."""
        if self._runs.replayed(run) and not run.dry:
            raise ReplayRefused(
                f"a replay of {run.table} is not finished: "
                f"`lake replay {run.table} --from {run.first} --to {run.last}` ends it"
            )
        self._remove(run)

    def _remove(self, run: Run) -> None:
        for raw_key in self._runs.results(run):  # before their files: whoever goes on with the run converts again
            self._runs.drop_result(run.run, raw_key)
        self._objects.delete(list(self._objects.keys(replay_prefix(run.run))))
        self._runs.remove(run)
