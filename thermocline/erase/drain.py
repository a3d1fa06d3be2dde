"""Wait until nothing that applies an older suppression list can still write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from thermocline.erase.model import Run
from thermocline.erase.ports import ErasedLedger
from thermocline.generations import following
from thermocline.ledger import Entry


def seconds_to_drain(
    run: Run, ledger: ErasedLedger, *, streams: Sequence[str], longest: dt.timedelta, now: dt.datetime
) -> int:
    """Return how long to wait before looking again; 0: no attempt under an older list can be alive.

    Parameters
    ----------
    longest
        How long an attempt lives at most, with a margin. `begin` checks the list's version, so that none begins under
        an older one after the run did; an attempt that is older than this is dead, and what it left open never ends.
    """
    if now >= run.started_at + longest:
        return 0
    alive = [each.begun_at for each in ledger.open_attempts(run.version) if each.begun_at + longest > now]
    if alive or any(entry.suppression < run.version for entry in _pending(ledger, streams)):
        until_dead = max([*alive, *([] if alive else [run.started_at])]) + longest - now
        return max(1, min(30, int(until_dead.total_seconds()) + 1))
    return 0


def _pending(ledger: ErasedLedger, streams: Sequence[str]) -> Iterator[Entry]:
    """Yield the entries from the watermarks on that are not done: older ones are promoted."""
    for stream in streams:
        gen = ledger.next_generation(stream, ledger.marks(stream).watermark)
        while gen is not None:
            yield from (entry for entry in ledger.entries(stream, gen) if entry.status == "pending")
            gen = ledger.next_generation(stream, following(gen))
