"""Fakes behind the ports of ``thermocline.ports``."""

from tests.fakes.clock import NOW, FixedClock
from tests.fakes.ledger import MemoryLedger
from tests.fakes.metrics import Count, FakeMetrics
from tests.fakes.sink import FakeSink
from tests.fakes.store import MemoryStore
from tests.fakes.subjects import HASHER

__all__ = ["HASHER", "NOW", "Count", "FakeMetrics", "FakeSink", "FixedClock", "MemoryLedger", "MemoryStore"]
