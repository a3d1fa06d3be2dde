"""Erases subjects by calling the erase function turn after turn; what was interrupted is continued by the same call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from rich.table import Table

from cli.calls import Call, FunctionBusyError
from cli.deployment import Deployment
from cli.errors import CliError

MOST_SUBJECTS: Final = 1000
"""Digests of one run."""

_LONGEST_PAUSE_SECONDS: Final = 15.0
_BUSY_SECONDS: Final = 5.0
_MOST_BUSY: Final = 360

_LEVELS_OF_ROWS: Final = ("raw", "hot", "warm", "quarantine", "firehose-errors")

Show = Callable[[str], None]
Pause = Callable[[float], None]


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a run.

    Attributes
    ----------
    step
        What it does next; ``done`` at the end.
    removed, rewritten, deleted
        Rows and lines that went so far, those of warm not among them, which the proof tells; objects that were written
        again, and that were deleted.
    second_pass_at
        When everything is searched again; None before the first pass has ended.
    report
        Key of the proof, in the lake's bucket; None before the run is done.
    problem
        Why it stopped; "" if it did not.
    """

    run: str
    subjects: int
    version: int
    step: str
    removed: int = 0
    rewritten: int = 0
    deleted: int = 0
    second_pass_at: str | None = None
    report: str | None = None
    problem: str = ""


def erase_all(
    call: Call, digests: Sequence[str], *, until: str | None, wait: bool, show: Show, pause: Pause = time.sleep
) -> Iterator[Erasure]:
    """Erase subjects, and yield what became of each run: a thousand digests are one.

    Parameters
    ----------
    until
        When their rows may come again (ISO 8601); None: never.
    wait
        For the second pass, too; otherwise the function's schedule makes it.
    """
    batches = [digests[start : start + MOST_SUBJECTS] for start in range(0, len(digests), MOST_SUBJECTS)]
    started = [
        _patient(call, {"action": "start", "digests": list(batch), "until": until}, show, pause) for batch in batches
    ]
    for run in started:
        yield _erase(call, run, wait=wait, show=show, pause=pause)


def _erase(call: Call, run: dict[str, Any], *, wait: bool, show: Show, pause: Pause) -> Erasure:
    show(f"{run['id']}: {run['step']}")
    while True:
        turn = _patient(call, {"action": "turn", "run": run["id"]}, show, pause)
        run, seconds = turn["run"], float(turn["wait_seconds"])
        if turn["next"] == "done":
            return erasure_of(run)
        if turn["next"] == "failed":
            return msgspec.structs.replace(erasure_of(run), problem=turn["reason"])
        if turn["next"] == "wait" and not wait and is_between_passes(run):
            return erasure_of(run)
        show(f"{run['id']}: {_progress(turn)}")
        if turn["next"] == "wait":
            pause(max(1.0, min(seconds, _LONGEST_PAUSE_SECONDS)))


def is_between_passes(run: dict[str, Any]) -> bool:
    """Tell whether a run has searched everything once, and has not begun to do it again."""
    return run["passes"] == 1 and not run["cursor"] and run["due_at"] == run["second_pass_at"]


def _progress(turn: dict[str, Any]) -> str:
    counts = ", ".join(f"{count:,} {what}" for what, count in turn["counts"].items() if count)
    return "; ".join(filter(None, [f"{turn['phase']}, pass {turn['run']['passes'] + 1}", counts, turn["reason"]]))


def _patient(call: Call, event: dict[str, Any], show: Show, pause: Pause) -> Any:
    """Call, and wait while the function works for another, such as its schedule."""
    for _ in range(_MOST_BUSY):
        try:
            return call(event)
        except FunctionBusyError:
            show("the function works on another run")
            pause(_BUSY_SECONDS)
    raise CliError("the erase function was busy for half an hour: give the same command again")


def erasure_of(run: dict[str, Any]) -> Erasure:
    """Return a run as the commands show it."""
    done = run["step"] == "done"
    return Erasure(
        run=run["id"],
        subjects=len(run["digests"]),
        version=run["version"],
        step=run["step"],
        removed=run["removed"],
        rewritten=run["rewritten"],
        deleted=run["deleted"],
        second_pass_at=run["second_pass_at"],
        report=report_key(run["id"]) if done else None,
    )


def report_key(run: str) -> str:
    """Return the key of a run's proof."""
    return f"erasure/{run}/report.json"


def read_report(lake: Deployment, run: str) -> dict[str, Any]:
    """Return the proof of a run.

    Raises
    ------
    CliError
        There is none.
    """
    s3 = lake.client("s3")
    try:
        body = s3.get_object(Bucket=lake.output("LakeBucket"), Key=report_key(run))["Body"].read()
    except s3.exceptions.NoSuchKey:
        raise CliError(f"there is no report of {run!r}: `lake erase --list` shows which runs are done") from None
    return dict(msgspec.json.decode(body))


def runs_table(erasures: Iterable[Erasure]) -> Table:
    """Return a table of runs."""
    table = Table(box=None, pad_edge=False)  # eighty columns must do: a run's name is copied
    table.add_column("run", no_wrap=True)
    table.add_column("next step")
    for column in ("subjects", "rewritten", "deleted"):
        table.add_column(column, justify="right", no_wrap=True)
    for each in erasures:
        counts = (each.subjects, each.rewritten, each.deleted)
        table.add_row(each.run, _next(each), *(f"{count:,}" for count in counts))
    return table


def _next(each: Erasure) -> str:
    if each.second_pass_at is None or each.report:
        return each.step
    return f"{each.step}; all again from {each.second_pass_at[:16].replace('T', ' ')}"


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield a proof in a few lines; the object has all of it."""
    by_action: dict[str, int] = {}
    for touched in report["touched"]:
        by_action[touched["action"]] = by_action.get(touched["action"], 0) + 1
    yield f"run {report['run']}, {len(report['digests'])} subjects, list version {report['version']}"
    yield f"from {report['started_at']} to {report['finished_at']}"
    yield f"searched {sum(prefix['objects'] for prefix in report['prefixes']):,} objects"
    yield from (f"{action}: {count:,} objects" for action, count in sorted(by_action.items()))
    yield from (f"rows or lines removed from {level}: {count:,}" for level, count in _removed(report))
    yield from (f"not searched: {each['key']}: {each['why']}" for each in report["unsearched"])
    yield from (f"store {each['name']}: found {each['found']}, left {each['left']}" for each in report["stores"])


def _removed(report: dict[str, Any]) -> list[tuple[str, int]]:
    """Return how many rows or lines went, by level; a digest or a result of Athena is neither."""
    removed = Counter[str]()
    for touched in report["touched"]:
        removed[touched["level"]] += touched["removed"]
    return [(level, removed[level]) for level in _LEVELS_OF_ROWS if removed[level]]
