"""The warm table quarantine: rows are read from it, and leave it in one commit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from thermocline.errors import CommitFailed, LeaseTaken, RowsDiffer
from thermocline.events.quarantined import Quarantined
from thermocline.recover.model import Choice
from thermocline.recover.ports import QuarantineRows, RecoveryLedger
from thermocline.streams import QUARANTINE
from thermocline.warm.model import WarmFile
from thermocline.warm.ports import Catalog
from thermocline.warm.rewriting import Exchange, Prepared

_TRIES: Final = 8


class WarmQuarantine:
    """Reads rows below quarantine's watermark, and lets rows leave.

    Parameters
    ----------
    pause
        Waits before the given retry of a commit that another writer was faster than.
    """

    def __init__(
        self,
        *,
        catalog: Catalog,
        exchange: Exchange,
        ledger: RecoveryLedger,
        rows: QuarantineRows,
        pause: Callable[[int], None],
    ) -> None:
        self._catalog = catalog
        self._exchange = exchange
        self._ledger = ledger
        self._rows = rows
        self._pause = pause

    def groups(self, choice: Choice) -> Iterator[list[Quarantined]]:
        """Yield all rows of each raw object that has a chosen one.

        Raises
        ------
        FileNotFoundError
            A file went while it was read.
        """
        first, before = choice.bounds(self._ledger.marks(QUARANTINE).watermark)
        files = self._catalog.files(self._catalog.load(QUARANTINE))
        held = [file for file in files if file.last_gen >= first and file.first_gen < before]
        yield from self._rows.groups(held, choice.values, first=first, before=before)

    def remove(self, leaving: Collection[Quarantined]) -> None:
        """Let rows leave in one commit; those that left already are no failure.

        Raises
        ------
        LeaseTaken, FencedOff, CommitFailed
            As of `Exchange`; the rows are there still, or have left.
        RowsDiffer
            A file that was written has other rows than those that stay.
        """
        for retry in range(1, _TRIES + 1):
            prepared = self._prepared(leaving)
            if not prepared.remove:
                return
            try:
                if self._exchange(prepared):
                    return
            except LeaseTaken:
                if retry == _TRIES:
                    raise
            self._pause(retry)
        raise CommitFailed(f"{QUARANTINE}: others changed its files {_TRIES} times, run it again")

    def _prepared(self, leaving: Collection[Quarantined]) -> Prepared:
        version = self._ledger.suppression().version  # before the files are read
        base = self._catalog.load(QUARANTINE)
        gens = {row.gen for row in leaving}
        remove: list[WarmFile] = []
        add: list[WarmFile] = []
        for file in self._catalog.files(base):
            if not any(file.holds(gen) for gen in gens):
                continue
            written = self._rows.without(file, leaving)
            if written is not None:
                remove.append(file)
                add += written
        _require_fewer(remove, add)
        read_ids = {gen: base.ids[gen] for gen in gens if remove and gen in base.ids}
        ids = {gen: self._rows.ids_without(gen, key, leaving) for gen, key in read_ids.items()}
        return Prepared(
            table=QUARANTINE, remove=tuple(remove), add=tuple(add), ids=ids, read_ids=read_ids, suppression=version
        )


def _require_fewer(removed: Sequence[WarmFile], added: Sequence[WarmFile]) -> None:
    if removed and sum(file.rows for file in added) >= sum(file.rows for file in removed):
        raise RowsDiffer(f"{QUARANTINE}: no row left the files that were written anew; nothing was committed")
