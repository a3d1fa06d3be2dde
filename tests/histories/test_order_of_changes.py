"""A database's history, delivered as badly as can be: the log reduces to what the database held (ADR 21)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pytest

from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.epochs import FakeEpochs
from tests.fakes.requests import SECRET, SOURCES, request
from tests.histories.databases import Database, Message, MySQL, PostgreSQL
from tests.histories.mirror import mirror
from thermocline.contracts import load_contracts
from thermocline.ingest.epochs import open_epoch
from thermocline.ingest.use_case import Ingest

SEEDS = range(60)
CONTRACTS = load_contracts()


class Lake:
    """What was put into the lake by some processes that share a registry."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.epochs = FakeEpochs()
        self.sink = FakeSink()
        self._processes = [
            Ingest(
                sink=self.sink, metrics=FakeMetrics(), contracts=CONTRACTS, sources=SOURCES,
                secret=lambda: SECRET, epochs=self.epochs,
            )
            for _ in range(3)
        ]  # fmt: skip

    def post(self, messages: Sequence[Message], *, path: str = "/v1/cdc/shop") -> None:
        ingest = self.rng.choice(self._processes)
        answer = ingest(request(path, msgspec.json.encode(messages), source="shop-db"))
        assert answer.status == 200, answer.body

    @property
    def refused(self) -> int:
        return len(self.sink.rows("quarantine"))

    def holds(self) -> dict[str, Any]:
        """The table as the log reduces to it."""
        return mirror(self.sink.rows("cdc_log")).get("docs", {})


def truth(database: Database) -> dict[str, Any]:
    rows = ({"id": key, "n": number, "note": note} for key, (number, note) in database.values.items())
    return {f'{{"id":{row["id"]}}}': row for row in rows}


def batches(messages: Sequence[Message], rng: random.Random) -> Iterator[list[Message]]:
    start = 0
    while start < len(messages):
        size = rng.choice([1, 1, 2, 3, 10, 200])
        yield list(messages[start : start + size])
        start += size


def deliver_again_and_again(lake: Lake, messages: Sequence[Message]) -> None:
    """As a connector does that is restarted now and then: in order, and from an earlier place again."""
    done = 0
    while done < len(messages):
        start = max(0, done - lake.rng.choice([0, 0, 1, 5, 50]))
        for batch in batches(messages[start:], lake.rng):
            lake.post(batch)
            start += len(batch)
            if lake.rng.random() < 0.1:
                break
        done = max(done, start)


def deliver_in_any_order(lake: Lake, messages: Sequence[Message]) -> None:
    """As forwarders do that work side by side and repeat themselves."""
    found = list(batches(messages, lake.rng))
    found += lake.rng.choices(found, k=len(found) // 3)
    lake.rng.shuffle(found)
    for batch in found:
        lake.post(lake.rng.sample(batch, len(batch)) if lake.rng.random() < 0.3 else batch)


DELIVERIES = [deliver_again_and_again, deliver_in_any_order]


@pytest.mark.parametrize("deliver", DELIVERIES)
@pytest.mark.parametrize("kind", [PostgreSQL, MySQL])
def test_one_log_with_snapshots_gives_the_databases_state_in_any_order(
    kind: type[Database], deliver: Callable[[Lake, Sequence[Message]], None]
) -> None:
    for seed in SEEDS:
        database, lake = kind(seed), Lake(seed)
        if deliver is deliver_again_and_again or kind is PostgreSQL:
            database.work(10)
            database.messages.clear()  # there was a time before the connector
            database.snapshot()
        database.work(30)
        if kind is PostgreSQL:
            database.snapshot()
        database.work(30)
        deliver(lake, database.messages)
        assert lake.refused == 0, seed
        assert lake.holds() == truth(database), seed


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_a_failover_of_postgresql_whose_epoch_is_opened(deliver: Callable[[Lake, Sequence[Message]], None]) -> None:
    for seed in SEEDS:
        database, lake = PostgreSQL(seed), Lake(seed)
        database.snapshot()
        database.work(30)
        deliver(lake, database.messages)
        database.fail_over()
        open_epoch(lake.epochs, "shop-db", "shop", since=(database.now_ms - 1) * 1_000)
        if seed % 2:
            database.lose()
            database.snapshot()
        database.work(30)
        deliver(lake, database.messages)  # the old log's, too: they may come late
        assert lake.refused == 0, seed
        assert lake.holds() == truth(database), seed


@pytest.mark.parametrize("deliver", DELIVERIES)
def test_a_failover_of_postgresql_whose_connector_names_the_epoch(
    deliver: Callable[[Lake, Sequence[Message]], None],
) -> None:
    for seed in SEEDS:
        database, lake = PostgreSQL(seed), Lake(seed)
        database.work(30)
        first = len(database.messages)
        database.fail_over()
        database.work(30)
        posts = [(batch, 1) for batch in batches(database.messages[:first], lake.rng)]
        posts += [(batch, 2) for batch in batches(database.messages[first:], lake.rng)]
        if deliver is deliver_in_any_order:
            posts += lake.rng.choices(posts, k=9)
            lake.rng.shuffle(posts)
        for batch, epoch in posts:
            lake.post(batch, path=f"/v1/cdc/shop/{epoch}")
        assert lake.refused == 0, seed
        assert lake.holds() == truth(database), seed


def fail_over_of_mysql(seed: int) -> MySQL:
    database = MySQL(seed)
    database.work(25)
    database.fail_over(server=2, base="mysql-bin" if seed % 2 else "binlog")
    if seed % 3 == 0:
        database.snapshot()
    database.work(25)
    database.fail_over(server=3, base="other-bin")
    database.work(25)
    return database


def test_failovers_of_mysql_are_seen_by_themselves() -> None:
    for seed in SEEDS:
        if seed % 6 == 3:
            continue  # a snapshot names no server: under the same file name it cannot be told from the old log's
        database, lake = fail_over_of_mysql(seed), Lake(seed)
        deliver_again_and_again(lake, database.messages)
        assert lake.refused == 0, seed
        assert lake.holds() == truth(database), seed


def test_whatever_order_changes_arrive_in_an_older_one_never_sorts_above_a_newer_one() -> None:
    """What cannot be ordered is refused; what is taken is in the database's own order."""
    refused = 0
    for seed in SEEDS:
        database, lake = fail_over_of_mysql(seed), Lake(seed)
        deliver_in_any_order(lake, database.messages)
        assert_in_order(lake, database, seed)
        refused += lake.refused
    assert refused, "the histories are too tame"


def test_a_log_that_begins_anew_under_its_name_is_refused_until_an_epoch_is_opened() -> None:
    for seed in SEEDS:
        database, lake = MySQL(seed), Lake(seed)
        database.work(30)
        before = len(database.messages)
        deliver_again_and_again(lake, database.messages)
        database.begin_anew()
        since = (database.now_ms - 1) * 1_000
        database.work(30)
        deliver_again_and_again(lake, database.messages[before:])
        assert lake.refused, seed
        assert_in_order(lake, database, seed)
        open_epoch(lake.epochs, "shop-db", "shop", since=since)
        deliver_again_and_again(lake, database.messages[before:])
        assert lake.holds() == truth(database), seed


def test_a_failback_is_refused_until_an_epoch_is_opened() -> None:
    for seed in SEEDS:
        database, lake = MySQL(seed), Lake(seed)
        database.work(20)
        deliver_again_and_again(lake, database.messages)
        database.fail_over(server=2, base="mysql-bin")
        database.work(20)
        deliver_again_and_again(lake, database.messages)
        assert lake.refused == 0, seed
        before = len(database.messages)
        database.fail_over(server=1, base="mysql-bin")
        since = (database.now_ms - 1) * 1_000
        database.work(20)
        deliver_again_and_again(lake, database.messages[before:])
        assert lake.refused, seed
        open_epoch(lake.epochs, "shop-db", "shop", since=since)
        deliver_again_and_again(lake, database.messages)
        assert lake.holds() == truth(database), seed


def assert_in_order(lake: Lake, database: Database, seed: int) -> None:
    """Every key's rows sort as the database made them."""
    changes = [message["value"] for message in database.messages if message["value"]]
    places = {(value["source"]["ts_ms"], value["op"], repr(value["after"])): n for n, value in enumerate(changes)}
    by_key: dict[str, list[tuple[str, int]]] = {}
    for row in lake.sink.rows("cdc_log"):
        after = msgspec.json.decode(row["after"]) if row.get("after") else None
        place = places[_milliseconds(row["original_time"]), row["op"], repr(after)]
        by_key.setdefault(row.get("pk") or "", []).append((row["position_sort"], place))
    for key, rows in by_key.items():
        in_order = [place for _, place in sorted(set(rows))]
        assert in_order == sorted(in_order), (seed, key)


def _milliseconds(text: str) -> int:
    return round(msgspec.json.decode(f'"{text}"'.encode(), type=dt.datetime).timestamp() * 1000)
