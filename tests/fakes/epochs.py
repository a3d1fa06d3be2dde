from __future__ import annotations

from collections.abc import Callable

from thermocline.errors import EpochsUnavailable
from thermocline.ingest.epochs import ProcessEpochs
from thermocline.ingest.ports import StoredHistory
from thermocline.ingest.protocols.epochs import History


class FakeEpochs:
    """A registry in memory that counts, fails the next `failures` calls, and lets others write at the worst moment."""

    def __init__(self, *, failures: int = 0) -> None:
        self.reads = self.writes = 0
        self.failures = failures
        self.before_write: Callable[[], object] = lambda: None
        self._registry = ProcessEpochs()

    def read(self, source: str, connector: str) -> StoredHistory:
        self._fail()
        self.reads += 1
        return self._registry.read(source, connector)

    def replace(self, source: str, connector: str, history: History, *, version: int) -> bool:
        self._fail()
        self.writes += 1
        before, self.before_write = self.before_write, lambda: None
        before()
        return self._registry.replace(source, connector, history, version=version)

    def _fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise EpochsUnavailable("ThrottlingException")
