"""A lake whose steps are actors, and what must be true after every call of theirs."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from tests.fakes import FixedClock, MemoryLedger
from tests.histories.tiers import steps
from tests.histories.tiers.actors import Actor, Port
from tests.histories.tiers.history import History
from tests.histories.tiers.oracle import Oracle, Raw, shown, without_subject
from tests.histories.tiers.state import LONGEST_QUERY, ModelBook, ModelLeases, ModelViews
from tests.histories.tiers.warm import SUBJECT, ModelCatalog, ModelRows, Row, Store
from thermocline.clean.use_case import Clean
from thermocline.compact.plan import Sizes
from thermocline.compact.use_case import Compact
from thermocline.generations import BEGINNING, hour_of, moved
from thermocline.layout import table_prefix
from thermocline.ledger import Entry, Suppression
from thermocline.promote.use_case import Promote
from thermocline.publish.use_case import Publish
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal
from thermocline.streams import QUARANTINE, load_streams

STREAMS = ("clickstream", "telemetry")
TABLES = (*STREAMS, QUARANTINE)
CONTRACTS = {table: contract for table, contract in load_streams().items() if table in TABLES}
WINDOW = 2
MOST_ACTORS = 6


class TieredLake(History):
    """The levels of a lake over ports that do as they are told."""

    contracts = CONTRACTS

    def __init__(self, ledger: Any = None) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.oracle = Oracle(WINDOW)
        self.ledger = ledger or MemoryLedger()
        self.leases = ModelLeases(self.ledger)
        self.views = ModelViews(self.clock)
        self.book = ModelBook()
        self.numbers = itertools.count(1)
        self.store, self.catalog, rows = self.warm()
        ports = steps.Ports(
            ledger=Port(self.ledger),
            leases=Port(self.leases),
            catalog=Port(self.catalog),
            rows=Port(rows),
            store=Port(self.store),
            views=Port(self.views),
            book=Port(self.book),
        )
        self.ports = ports
        self.publish = Publish(
            views=ports.views, marks=ports.ledger, contracts=self.contracts, pause=lambda retry: None
        )
        self.promote = Promote(
            ledger=ports.ledger,
            leases=ports.leases,
            catalog=ports.catalog,
            rows=ports.rows,
            contracts=self.contracts,
            publish=self.publish,
            window=WINDOW,
        )
        self.clean = Clean(
            ledger=ports.ledger,
            views=ports.views,
            book=ports.book,
            files=ports.store,
            contracts=self.contracts,
            clock=self.clock,
            margin=LONGEST_QUERY,
        )
        self.compact = Compact(
            ledger=ports.ledger,
            leases=ports.leases,
            catalog=ports.catalog,
            objects=ports.store,
            rewriter=ports.rows,
            contracts=self.contracts,
            clock=self.clock,
            sizes=Sizes(small_bytes=10**9, least_files=2, most_bytes=10**9),
            days_before=range(4),
        )
        self.seal = Seal(
            ledger=ports.ledger,
            leases=ports.leases,
            catalog=ports.catalog,
            rewriter=ports.rows,
            contracts=self.contracts,
            clock=self.clock,
            rules=Rules(late=dt.timedelta(days=-40), small_bytes=10**9, most_bytes=10**9, waiting_files=1),
        )

    # What happens

    def warm(self) -> tuple[Any, Any, Any]:
        """Return the store of hot files, the catalog, and promotion's rows."""
        store = Store()
        return store, ModelCatalog(store, self.leases), ModelRows(store)

    def arrive(self, stream: str, events: tuple[str, ...]) -> str:
        """Have Firehose write a raw object, and return its key."""
        key = f"raw/{stream}/{len(self.oracle.raw):03}"
        self.oracle.raw[key] = Raw(stream, events)
        return key

    def hour(self, ahead: int = 0) -> str:
        """Return the open generation by a clock that is so many hours ahead."""
        return moved(hour_of(self.clock()), ahead)

    def converts(self, key: str, *, skew: int = 0) -> Actor:
        raw, hour = self.oracle.raw[key], self.hour(skew)
        token = lambda: f"t{next(self.numbers):04}"  # noqa: E731
        return self.start(f"convert {key}", lambda: steps.convert(self.ports, key, raw, hour, token))

    def promotes(self, table: str, *, ahead: int = 0) -> Actor:
        before = self.hour(ahead)
        return self.start(f"promote {table}", lambda: self.promote(table, before=before))

    def parks(self, key: str) -> Actor:
        token = f"p{next(self.numbers):04}"
        return self.start(f"park {key}", lambda: steps.park(self.ports, key, token))

    def publishes(self, table: str) -> Actor:
        return self.start(f"publish {table}", lambda: self.publish(table))

    def cleans(self, table: str) -> Actor:
        return self.start(f"clean {table}", lambda: self.clean(table))

    def compacts(self, table: str) -> Actor:
        return self.start(f"compact {table}", lambda: self.compact(table))

    def seals(self, table: str) -> Actor:
        return self.start(f"seal {table}", lambda: self.seal(table))

    def suppresses(self) -> None:
        """Put the subject on the list."""
        self.ledger.listed = Suppression(version=1, subjects=frozenset({SUBJECT}))

    # What must be true

    def entries(self) -> Mapping[str, Entry]:
        """Return the ledger's entries."""
        entries: Mapping[str, Entry] = self.ledger.entries_of([*self.oracle.raw])
        return entries

    def check(self) -> None:
        """Judge the lake as it is, for queries of the current view and of those before it."""
        assert self.store.violations + self.views.violations == [], self.story("what must never happen")
        entries, listed = self.entries(), self.ledger.suppression().version
        for table in TABLES:
            entered = self.oracle.entered(table, entries.values())
            warm, hot = self.catalog.rows(table), self.hot_rows(table)
            for watermark in self.views.watermarks(table):
                below = shown(table, [row for row in warm if row.gen < watermark])
                expected = self.oracle.below(table, entered, watermark)
                seen = {row.event for row in hot if row.gen >= watermark}
                above = {row.event for gen in entered if gen >= watermark for row in entered[gen]}
                if listed:
                    below, expected = without_subject(below), without_subject(expected)
                assert below == expected, self.story(f"{table} below {watermark}")
                assert above <= seen, self.story(f"{table} from {watermark} on")

    def published(self, table: str) -> str:
        """Return the watermark of a table's view."""
        view = self.views.read(table)
        return view.watermark if view else BEGINNING

    def hot_rows(self, table: str) -> list[Row]:
        """Return the rows of all files of a hot table, named or not."""
        return [row for key in self.store.keys(table_prefix(table)) for row in self.store.rows[key]]

    def calm_down(self, *, kill: bool) -> None:
        """Let everything work, and wait until nothing is left to do."""
        for actor in list(self.actors):
            if kill:
                actor.kill()
            else:
                self.run(actor)
        while self.late:
            self.lands(0)
        for table in TABLES:
            self.leases.expire(table)
        self.clock.advance(hours=1)
        for key in self.oracle.raw:
            assert self.run(self.converts(key)).failure is None
        for table in TABLES:
            self._promote_all(table)

    def _promote_all(self, table: str) -> None:
        state = "promoted"
        while state == "promoted":
            promoter = self.run(self.promotes(table, ahead=48))
            assert promoter.failure is None
            state = promoter.result.state
        assert state == "nothing"

    def check_end(self) -> None:
        """Every event that was sent is there once, and the books balance."""
        entries = self.entries()
        assert {key for key, entry in entries.items() if entry.done} == self.oracle.raw.keys()
        for table in TABLES:
            watermark = self.ledger.marks(table).watermark
            assert self.published(table) == watermark
            assert all(entry.gen is not None and entry.gen < watermark for entry in entries.values())
            there = {row.event for row in self.catalog.rows(table)}
            sent = {event for raw in self.oracle.raw.values() for event in raw.rows(table)}
            suppressed = {event for event in sent if event.startswith(SUBJECT)}
            assert sent - suppressed <= there <= sent
        for entry in entries.values():
            assert entry.lines == sum(file.rows for file in entry.files) == len(self.oracle.raw[entry.raw_key].events)
