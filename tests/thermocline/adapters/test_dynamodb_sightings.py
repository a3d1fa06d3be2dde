"""Sightings in the ledger's table."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fakes.aws import AwsClient, create_ledger
from tests.fakes.clock import NOW
from thermocline.adapters.dynamodb_sightings import DynamoSightings
from thermocline.errors import LedgerConflict

FIRST = {"2026-11-22-10": NOW}
SECOND = {"2026-11-22-10": NOW, "2026-11-22-11": NOW + dt.timedelta(hours=1)}


@pytest.fixture
def book(aws: AwsClient) -> DynamoSightings:
    return DynamoSightings(create_ledger(aws, "ledger"), "ledger")


def test_sightings_are_kept_per_table(book: DynamoSightings) -> None:
    assert book.sightings("clickstream") == {}
    book.replace("clickstream", {}, FIRST)
    book.replace("clickstream", FIRST, SECOND)
    assert book.sightings("clickstream") == SECOND
    assert book.sightings("telemetry") == {}


@pytest.mark.parametrize("known", [{}, FIRST])
def test_who_is_late_writes_nothing(book: DynamoSightings, known: dict[str, dt.datetime]) -> None:
    book.replace("clickstream", {}, SECOND)
    with pytest.raises(LedgerConflict):
        book.replace("clickstream", known, FIRST)
    assert book.sightings("clickstream") == SECOND
