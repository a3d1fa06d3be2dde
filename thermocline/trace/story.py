"""Evidence → what became of an event: its fate, the steps it took, and the one that it did not pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from thermocline.contracts import Contract
from thermocline.layout import RAW, is_recovered, is_sealed, stream_of
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Evidence, Fate, Identity, Missing, RawLine, Row, Step, Story, Wanted
from thermocline.trace.search import Scanned, State
from thermocline.trace.way import commits_of, counted, is_visible, lateness, time_of, twins_of, way_of

_REDRIVE: Final = "`lake redrive` lets convert try it again"
_SWEEPER: Final = (
    "wait: the hourly sweeper queues raw objects of over half an hour again; `lake logs convert` says more"
)


def story_of(evidence: Evidence, state: State, contracts: Mapping[str, Contract], wanted: Wanted) -> Story:
    """Return what became of an event that something was found of."""
    row = _row_that_counts(evidence.rows, state)
    raw_key = _arrival(evidence, row, wanted)
    own = row if row and row.raw_key == raw_key else None
    steps = (*way_of(raw_key, own, evidence, state, contracts), *_kept_one(row, raw_key), *twins_of(row, evidence))
    missing: Missing | None
    if row is None:
        fate, missing = _not_in_a_table(raw_key, evidence, contracts, state)
    else:
        fate, missing = _fate(row, raw_key, evidence, contracts, state), _not_shown(row, evidence, state)
    return Story(
        event=evidence.identity,
        found=True,
        fate=fate,
        place=_place(row),
        visible=row is not None and is_visible(row, state),
        steps=steps,
        missing=missing,
    )


def not_found(wanted: Wanted, scanned: Scanned, *, gone: bool = False) -> Story:
    """Return the story of an event that nothing was found of; `gone`: nor is there the raw object that was named."""
    identity = Identity(source=wanted.source or "", fingerprint=None, event_id=wanted.event_id)
    if scanned.failed:
        return _undeliverable(identity, scanned.failed[0])
    span = f"from {wanted.since:%Y-%m-%d %H:%M} to {wanted.until:%Y-%m-%d %H:%M} UTC"
    objects = counted(scanned.objects, "raw object")
    why = f"nothing of it is in hot, warm, quarantine, firehose-errors, or {objects} {span}"
    if unread := scanned.objects - scanned.read:
        why += f"; the tables have all lines of {unread:,} of these, which were not read (--thorough reads them)"
    if gone:
        why = f"there is no {wanted.raw_key}, and {why}"
    if scanned.left_out:
        lines = counted(scanned.left_out, "line")
        why += f"; {lines} left out for their subjects could be it, which nobody can tell any more"
    return Story(
        event=identity,
        found=False,
        fate="never arrived",
        place="nowhere",
        visible=False,
        steps=(),
        missing=Missing(
            step="request",
            why=why,
            next=(
                "look at the answer that the client got: a 200 of the last minutes may still be in Firehose's buffer; "
                "without one, see the API's access log, the metric AcceptedEvents, and the source's write key"
            ),
        ),
    )


def _undeliverable(identity: Identity, line: RawLine) -> Story:
    step = Step(step="firehose-errors", text=line.raw_key, facts={"key": line.raw_key})
    missing = Missing(
        step="raw",
        why="Firehose accepted it and could not deliver it",
        next=f"the object's errorCode says why; send the events of {line.raw_key} again once that is mended",
    )
    return Story(
        event=identity,
        found=True,
        fate="undeliverable",
        place="firehose-errors",
        visible=False,
        steps=(step,),
        missing=missing,
    )


def _row_that_counts(rows: Sequence[Row], state: State) -> Row | None:
    """Return the row that its view shows, or will: good before bad, warm before hot, then what was received first."""
    return min(rows, key=lambda row: _rank(row, state), default=None)


def _rank(row: Row, state: State) -> tuple[object, ...]:
    received = time_of(row.values.get("received_at")) or state.now
    return row.table == QUARANTINE, row.level == "hot", received, row.raw_key, row.gen


def _arrival(evidence: Evidence, row: Row | None, wanted: Wanted) -> str:
    known = {
        *(each.raw_key for each in evidence.rows),
        *(each.raw_key for each in evidence.lines),
        *(each.raw_key for each in evidence.arrivals),
    }
    if wanted.raw_key in known:
        return wanted.raw_key or ""
    return row.raw_key if row else max(known)


def _fate(row: Row, raw_key: str, evidence: Evidence, contracts: Mapping[str, Contract], state: State) -> Fate:
    if row.table == QUARANTINE:
        return "replayed" if evidence.recovered else "quarantined"
    again = any(len(commit.gens) > 1 for commit in commits_of(row.gen, row.table, state))
    back = is_recovered(row.raw_key) or any(each.table == QUARANTINE for each in evidence.rows)
    if again or back or evidence.recovered:
        return "replayed"
    if raw_key != row.raw_key or len(evidence.arrivals or evidence.rows) > 1:
        return "duplicate"
    if lateness(row, contracts[row.table].time_column):
        return "late"
    if row.level == "hot":
        return "fresh"
    return "sealed" if is_sealed(row.key) else "promoted"


def _place(row: Row | None) -> str:
    if row is None:
        return RAW
    return QUARANTINE if row.table == QUARANTINE else row.level


def _not_shown(row: Row, evidence: Evidence, state: State) -> Missing | None:
    if row.table == QUARANTINE:
        if evidence.recovered:
            why = f"{evidence.recovered} took it back, and its rows are not in the table yet"
            return Missing(step="convert", why=why, next="wait until convert has that object; then trace it again")
        nothing = "mend the sender: what redaction or limits cut cannot come back"
        again = f"mend the cause, then `lake replay {row.values.get('stream')} --from-quarantine`"
        why = f"{row.values.get('stage')} refused it as {row.values.get('reason')}"
        return Missing(
            step=str(row.values.get("stage")), why=why, next=again if row.values.get("replayable") else nothing
        )
    if is_visible(row, state):
        return None
    why = f"the view of {row.table} reads hot from {state.views[row.table]}, and the row is in {row.level}"
    return Missing(step="view", why=why, next=f"`lake promote {row.table}` publishes the view")


def _not_in_a_table(
    raw_key: str, evidence: Evidence, contracts: Mapping[str, Contract], state: State
) -> tuple[Fate, Missing]:
    """Return why an event that is in raw is in no table."""
    entry = evidence.entries.get(raw_key)
    if entry is None:
        why = "the ledger has no entry of the raw object: convert has not begun with it"
        return "stuck", Missing(step="ledger", why=why, next=_SWEEPER)
    if entry.status == "parked":
        why = f"its raw object is parked: convert failed, and {entry.sweeps} sweeps did not help"
        return "stuck", Missing(step="convert", why=why, next=f"`lake logs convert` says why; {_REDRIVE}")
    if not entry.done:
        why = f"convert has begun with its raw object and not ended, so that generation {entry.gen} waits for it"
        return "stuck", Missing(step="convert", why=why, next=_SWEEPER)
    if evidence.suppressed or entry.suppressed:
        return "suppressed", _suppressed(entry, state, known=evidence.suppressed)
    if _is_expired(evidence, contracts, raw_key, state):
        return "expired", Missing(
            step="warm", why="it is older than its table's retention", next="nothing: that is meant"
        )
    why = "its raw object is done, and no table has its row"
    return "missing", Missing(step="hot", why=why, next="`lake balance` says whether more rows are gone")


def _suppressed(entry: Entry, state: State, *, known: bool) -> Missing:
    version = max(entry.suppression, state.suppression.version) if known else entry.suppression
    why = f"a subject of it is suppressed: list version {version}"
    if not known:
        lines = counted(entry.suppressed, "line")
        why = f"{lines} of its raw object left out for their subjects, and no table has it: list version {version}"
    return Missing(step="convert", why=why, next="nothing, as long as the erasure holds")


def _is_expired(evidence: Evidence, contracts: Mapping[str, Contract], raw_key: str, state: State) -> bool:
    contract = contracts.get(stream_of(raw_key) or "")
    line = next((each for each in evidence.lines if each.raw_key == raw_key), None)
    if contract is None or contract.retention_days is None or line is None:
        return False
    happened = time_of(line.members.get(contract.time_column))
    return happened is not None and happened < state.now - dt.timedelta(days=contract.retention_days)


def _kept_one(row: Row | None, raw_key: str) -> Sequence[Step]:
    """Return where the row is that stayed, when the arrival asked for is another."""
    if row is None or row.raw_key == raw_key:
        return ()
    facts = {"raw_key": row.raw_key, "gen": row.gen, "kept": True, "key": row.key}
    return [Step(step="twin", text=f"kept: {row.raw_key}, generation {row.gen}, in {row.key}", facts=facts)]
