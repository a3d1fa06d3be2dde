from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.fakes import FixedClock
from tests.fakes.aws import AwsClient, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.ledger import Suppression

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_ledger(aws, "ledger")


def test_each_change_has_a_version_and_nothing_new_has_none(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    assert ledger.suppression() == Suppression()
    assert ledger.suppress(["a", "b"]) == 1
    assert ledger.suppress(["b"]) == 1
    assert ledger.suppress(["c"]) == 2
    assert ledger.lift(["a", "x"]) == 3
    assert ledger.lift(["a"]) == 3
    assert ledger.suppression() == Suppression(version=3, subjects=frozenset({"b", "c"}))


def test_another_process_sees_each_change(client: Any) -> None:
    one, other = DynamoLedger(client, "ledger"), DynamoLedger(client, "ledger")
    for count in range(1, 4):
        one.suppress([str(count)])
        assert other.suppression() == one.suppression()
        assert len(other.suppression().subjects) == count


def test_a_large_batch_is_listed_whole(client: Any) -> None:
    digests = [f"{number:032x}" for number in range(250)]
    ledger = DynamoLedger(client, "ledger")
    assert ledger.suppress(digests) == 3
    assert ledger.suppression().subjects == frozenset(digests)


def test_a_subject_is_suppressed_until_its_time_which_is_never_made_shorter(client: Any) -> None:
    clock = FixedClock()
    ledger = DynamoLedger(client, "ledger", clock=clock)
    ledger.suppress(["a", "b"], clock() + 2 * HOUR)
    assert ledger.suppress(["a"], clock() + HOUR) == 1
    assert ledger.suppress(["b"], None) == 2
    assert ledger.suppress(["b"], clock() + HOUR) == 2
    clock.advance(hours=1.5)
    assert ledger.suppression().subjects == {"a", "b"}
    clock.advance(hours=1)
    assert ledger.suppression() == Suppression(version=2, subjects=frozenset({"b"}))
