"""The histories of the levels on Iceberg, Glue and S3 of the emulator, with DuckDB's rows and all of convert."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.fakes.aws import AwsClient, aws
from tests.fakes.emulator import emulator
from tests.histories.tiers.actors import Answer
from tests.histories.tiers.lake import STREAMS
from tests.histories.tiers.real import DynamoLake, RealLake
from tests.histories.tiers.test_tiers import Histories, live

__all__ = ["aws"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    logger = logging.getLogger("thermocline.convert.use_case")
    logger.disabled = True
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address
    logger.disabled = False


class RealHistories(Histories):
    """The same, some of it."""

    seen: ClassVar[Counter[str]] = Counter()
    share: ClassVar[float] = 0.3
    url: ClassVar[str]
    folder: ClassVar[Path]
    made: ClassVar[int] = 0

    def make_lake(self) -> RealLake:
        RealHistories.made += 1
        return RealLake(self.url, self.folder, f"lake{self.made}")


class DynamoHistories(Histories):
    """The same over the ledger of production."""

    seen: ClassVar[Counter[str]] = Counter()
    share: ClassVar[float] = 0.3
    client: ClassVar[Any]
    made: ClassVar[int] = 0

    def make_lake(self) -> DynamoLake:
        DynamoHistories.made += 1
        return DynamoLake(self.client, f"ledger{self.made}")


def test_a_promotion_whose_commit_lands_and_fails_shows_each_row_once(url: str, tmp_path: Path) -> None:
    lake = RealLake(url, tmp_path, "one")
    for events in (("a", "bad a"), ("a", "b")):
        lake.run(lake.converts(lake.arrive(STREAMS[0], events)))
    promoter = lake.runs_until(lake.promotes(STREAMS[0], ahead=1), "commit")
    lake.step(promoter, Answer.AFTER)
    lake.run(promoter)
    lake.calm_down(kill=False)
    lake.check_end()
    assert sorted(row.event for row in lake.catalog.rows(STREAMS[0])) == ["a", "b"]


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_every_row_is_there_and_once_on_the_real_catalog(url: str, tmp_path: Path) -> None:
    RealHistories.url, RealHistories.folder = url, tmp_path
    live(RealHistories, 50)
    assert RealHistories.seen["commit: TRUE"] > 100
    for answer in Answer:
        assert RealHistories.seen[f"commit: {answer.name}"] > 0


@pytest.mark.long
def test_every_row_is_there_and_once_over_the_ledger_of_production(aws: AwsClient) -> None:
    DynamoHistories.client = aws("dynamodb")
    live(DynamoHistories, 8)
