"""The steps that an arrival of an event took, from its request to the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thermocline.contracts import Contract
from thermocline.generations import begins, following
from thermocline.layout import is_recovered
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Arrival, Commit, Evidence, RawLine, RawObject, Row, Step
from thermocline.trace.search import State

LATE: Final = dt.timedelta(days=1)
"""An event that came so long after it happened goes to a date that was promoted before."""


def way_of(
    raw_key: str, row: Row | None, evidence: Evidence, state: State, contracts: Mapping[str, Contract]
) -> Iterator[Step]:
    """Yield the steps of the arrival by one raw object, as far as it came."""
    line = next((each for each in evidence.lines if each.raw_key == raw_key), None)
    entry = evidence.entries.get(raw_key)
    yield from _request(line, row)
    if row and row.table != QUARANTINE:
        yield from _late(row, contracts[row.table].time_column)
    if line:
        yield _record(line)
    yield _raw(raw_key, evidence.objects.get(raw_key))
    if entry:
        yield _entry(entry)
    if row and row.table == QUARANTINE:
        yield _quarantined(row, evidence.recovered)
    if row:
        yield from _levels(row, entry, state)
        yield _view(row, state)


def twins_of(row: Row | None, evidence: Evidence) -> Iterator[Step]:
    """Yield the other arrivals of the same event, and why they are not the row that stayed."""
    if row is None:
        return
    if evidence.arrivals:
        for arrival in evidence.arrivals:
            if not arrival.kept:
                yield _twin(arrival, row)
        return
    for other in evidence.rows:
        if other is not row and other.table == row.table:
            facts = {"raw_key": other.raw_key, "gen": other.gen, "kept": False}
            text = f"{other.raw_key} brought it, too: the view shows what was received first, promotion keeps only that"
            yield Step(step="twin", at=other.values.get("received_at"), text=text, facts=facts)


def lateness(row: Row, time_column: str) -> dt.timedelta | None:
    """Return how long before its generation the event of a row happened, if that is long."""
    happened = time_of(row.values.get(time_column))
    if happened is None or not row.gen or begins(row.gen) - happened <= LATE:
        return None
    return begins(row.gen) - happened


def is_visible(row: Row, state: State) -> bool:
    """Tell whether the view of a row's table reads it at its level."""
    mark = state.views[row.table]
    return mark is not None and (row.gen < mark) == (row.level == "warm")


def commits_of(gen: str, table: str, state: State) -> Sequence[Commit]:
    """Return the snapshots that decided a generation, the newest first, as far as the table still has them."""
    warm = state.warm.get(table)
    return [commit for commit in warm.commits if gen in commit.gens] if warm else []


def _late(row: Row, time_column: str) -> Iterator[Step]:
    if late := lateness(row, time_column):
        happened = time_of(row.values.get(time_column))
        text = f"it happened at {happened:%Y-%m-%d %H:%M}, {counted(late.days, 'day')} before its generation"
        yield Step(step="late", text=text, facts={"days": late.days, "happened": happened})


def _request(line: RawLine | None, row: Row | None) -> Iterator[Step]:
    values = {**(row.values if row else {}), **(line.members if line else {})}
    source, received = values.get("source"), time_of(values.get("received_at"))
    if line is None and row is None:
        return
    if line and (label := line.label):
        number, count = label.record
        facts = {"request": label.request, "protocol": label.protocol, "source": source, "record": number, "of": count}
        text = f"{label.request}, from source {source} by {label.protocol}; record {number} of {count}"
        yield Step(step="request", at=label.received, text=text, facts=facts)
        return
    why = "its record has no label: an IoT rule, or ingest of before, wrote it" if line else "its record is gone"
    why = "a replay brought it back from quarantine" if row and is_recovered(row.raw_key) else why
    text = f"from source {source}; the request is unknown, {why}"
    yield Step(step="request", at=received, text=text, facts={"request": None, "source": source})


def _record(line: RawLine) -> Step:
    text = f"number {line.record} of the raw object, {line.size:,} bytes at byte {line.at:,}; line {line.line:,}"
    facts = {"number": line.record, "at": line.at, "bytes": line.size, "line": line.line}
    return Step(step="record", text=text, facts=facts)


def _raw(raw_key: str, found: RawObject | None) -> Step:
    facts = {"key": raw_key, "bytes": found.bytes if found else None}
    if found is None:
        return Step(step="raw", text=f"{raw_key}, which is gone", facts=facts)
    return Step(step="raw", at=found.last_modified, text=f"{raw_key}, {found.bytes:,} bytes", facts=facts)


def _entry(entry: Entry) -> Step:
    told = f"{entry.status}, generation {entry.gen or 'none'}, attempt {entry.token}"
    if entry.done:
        told += f", {counted(entry.lines, 'line')}"
    if entry.suppressed:
        told += f", {entry.suppressed:,} left out by list {entry.suppression}"
    if entry.sweeps:
        told += f", queued again {counted(entry.sweeps, 'time')}"
    facts = {
        "status": entry.status,
        "gen": entry.gen,
        "token": entry.token,
        "lines": entry.lines,
        "suppressed": entry.suppressed,
        "list": entry.suppression,
        "sweeps": entry.sweeps,
    }
    return Step(step="ledger", text=told, facts=facts)


def _quarantined(row: Row, recovered: str | None) -> Step:
    values = row.values
    text = f"refused by {values.get('stage')}: {values.get('reason')}, {values.get('detail')}"
    replayable = bool(values.get("replayable"))
    text += (
        f"; taken back by {recovered}" if recovered else "; it can be replayed" if replayable else "; cut, no replay"
    )
    names = ("stream", "stage", "reason", "detail", "event_id")
    facts = {name: values.get(name) for name in names} | {"replayable": replayable, "recovered": recovered}
    return Step(step="quarantine", at=time_of(values.get("received_at")), text=text, facts=facts)


def _levels(row: Row, entry: Entry | None, state: State) -> Iterator[Step]:
    if row.level == "hot":
        yield Step(step="hot", text=f"{row.key}, row {row.place:,}", facts={"key": row.key, "row": row.place})
        yield _open_generation(row, state)
        return
    if entry:
        cleaned = [file.key for file in entry.files_of(row.table)]
        text = "read from warm by now: cleaning removes it a day after the view"
        yield Step(step="hot", text=text, facts={"key": cleaned[0] if cleaned else None, "row": None})
    yield _promoted(row, state)
    commits = commits_of(row.gen, row.table, state)
    if commits:
        commit = commits[0]
        text = f"{commit.snapshot}, token {commit.token}"
        if len(commit.gens) > 1:
            text += f", a replay of {len(commit.gens)} generations"
        facts = {"snapshot": str(commit.snapshot), "token": commit.token, "gens": list(commit.gens)}
        yield Step(step="snapshot", at=commit.at, text=text, facts=facts)
    else:
        text = "forgotten by now: snapshots are kept for a day"
        yield Step(step="snapshot", text=text, facts={"snapshot": None, "token": None, "gens": []})
    text = f"{row.key}, row group {row.group}, row {row.place:,}"
    yield Step(step="warm", text=text, facts={"key": row.key, "group": row.group, "row": row.place})


def _open_generation(row: Row, state: State) -> Step:
    mark = state.marks[row.table]
    ends = begins(following(row.gen))
    if mark.closing > row.gen:
        text = f"{row.gen} is closed, and not promoted yet: watermark {mark.watermark or 'none'}"
    else:
        text = f"{row.gen} is open until {ends:%H:%M}; it is promoted after that"
    return Step(step="generation", text=text, facts=_marks(row, state))


def _promoted(row: Row, state: State) -> Step:
    mark = state.marks[row.table].watermark
    text = f"{row.gen} is in warm, as all before {mark}" if row.gen < mark else f"{row.gen} is committed, not published"
    return Step(step="generation", text=text, facts=_marks(row, state))


def _marks(row: Row, state: State) -> dict[str, object]:
    mark = state.marks[row.table]
    return {"gen": row.gen, "closing": mark.closing, "watermark": mark.watermark}


def _view(row: Row, state: State) -> Step:
    mark = state.views[row.table]
    shown = is_visible(row, state)
    text = (
        f"{row.table} shows it from {row.level}" if shown else f"{row.table} does not show it: it reads hot from {mark}"
    )
    return Step(step="view", at=state.now, text=text, facts={"table": row.table, "shown": shown, "watermark": mark})


def _twin(arrival: Arrival, row: Row) -> Step:
    why = "the other was received first" if arrival.gen == row.gen else f"generation {row.gen} had it"
    text = f"{arrival.raw_key} brought it again in generation {arrival.gen}, dropped: {why}"
    facts = {"raw_key": arrival.raw_key, "gen": arrival.gen, "kept": arrival.kept}
    return Step(step="twin", text=text, facts=facts)


def counted(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def time_of(value: object) -> dt.datetime | None:
    """Return a time of a row, which Parquet gives without a zone, or of a line, which has it as text."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)
