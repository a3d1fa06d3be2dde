"""Begin an attempt at a raw object: which generation it belongs to, and whether there is anything to do (ADR 33)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from thermocline.convert.ports import EntryLedger
from thermocline.errors import LedgerConflict
from thermocline.ledger import Entry, HotFile, new_token
from thermocline.streams import QUARANTINE

_MAX_TRIES = 8


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try at converting a raw object; its token is in the keys of its files.

    Attributes
    ----------
    suppression
        Version of the suppression list that it applies.
    suppressed
        The digests on that list.
    """

    raw_key: str
    stream: str
    gen: str
    token: str
    suppression: int
    suppressed: frozenset[str] = frozenset()

    def finished(
        self,
        *,
        files: tuple[HotFile, ...],
        lines: int,
        raw_bytes: int,
        suppressed: int = 0,
        misfits: dict[str, int] | None = None,
        subjects: str | None = None,
    ) -> Entry:
        """Return the object's entry as it is once this attempt has finished it."""
        return Entry(
            raw_key=self.raw_key,
            stream=self.stream,
            gen=self.gen,
            status="done",
            token=self.token,
            suppression=self.suppression,
            files=files,
            lines=lines,
            suppressed=suppressed,
            raw_bytes=raw_bytes,
            misfits=misfits or {},
            subjects=subjects,
        )


def begin(
    ledger: EntryLedger,
    raw_key: str,
    *,
    stream: str,
    hour: str,
    pause: Callable[[int], None],
    token: Callable[[], str] = new_token,
) -> Attempt | None:
    """Enter a raw object, or take over the attempt of one that is not finished; None when it is done.

    Parameters
    ----------
    hour
        The open generation by the clock.
    pause
        Waits before the given retry, for a time that differs from that of others in the same race.

    Raises
    ------
    LedgerConflict
        The ledger changed between each read and the write that followed it.
    """
    for retry in range(1, _MAX_TRIES):
        try:
            return _begin(ledger, raw_key, stream=stream, hour=hour, token=token())
        except LedgerConflict:
            pause(retry)
    return _begin(ledger, raw_key, stream=stream, hour=hour, token=token())


def _begin(ledger: EntryLedger, raw_key: str, *, stream: str, hour: str, token: str) -> Attempt | None:
    entry = ledger.entry(raw_key)
    if entry and entry.done:
        return None
    listed = ledger.suppression()
    if entry and entry.gen is not None:
        ledger.take_over(entry, token=token, suppression=listed.version)
        gen = entry.gen
    else:
        gen = max(hour, ledger.marks(stream).closing, ledger.marks(QUARANTINE).closing)
        ledger.enter(raw_key, stream=stream, gen=gen, token=token, suppression=listed.version)
    return Attempt(
        raw_key=raw_key,
        stream=stream,
        gen=gen,
        token=token,
        suppression=listed.version,
        suppressed=listed.subjects,
    )
