from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.fakes import FixedClock
from tests.fakes.aws import AwsClient, create_ledger
from tests.thermocline.adapters.test_dynamodb_ledger import OneCallAtATime
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.errors import LeaseTaken

SECONDS = 900


class Bench:
    """Leases, and the time."""

    def __init__(self, client: Any) -> None:
        self.clock = FixedClock()
        self.leases = DynamoLeases(client, "ledger", clock=self.clock, seconds=SECONDS)


@pytest.fixture
def bench(aws: AwsClient) -> Bench:
    return Bench(create_ledger(aws, "ledger"))


def test_a_lease_has_one_holder_until_it_is_released(bench: Bench) -> None:
    token = bench.leases.acquire("clickstream")
    with pytest.raises(LeaseTaken):
        bench.leases.acquire("clickstream")
    assert bench.leases.acquire("telemetry")
    bench.leases.release("clickstream", token)
    assert bench.leases.acquire("clickstream") == token + 1


def test_a_lease_ends_when_its_time_is_up_and_the_next_token_is_higher(bench: Bench) -> None:
    first = bench.leases.acquire("clickstream")
    bench.clock.advance(seconds=SECONDS - 1)
    with pytest.raises(LeaseTaken):
        bench.leases.acquire("clickstream")
    bench.clock.advance(seconds=1)
    assert bench.leases.acquire("clickstream") == first + 1


def test_only_its_holder_releases_a_lease(bench: Bench) -> None:
    first = bench.leases.acquire("clickstream")
    bench.clock.advance(seconds=SECONDS)
    second = bench.leases.acquire("clickstream")
    bench.leases.release("clickstream", first)
    with pytest.raises(LeaseTaken):
        bench.leases.acquire("clickstream")
    bench.leases.release("clickstream", second)
    bench.leases.release("clickstream", second)
    assert bench.leases.acquire("clickstream") == second + 1


def test_a_lease_whose_answer_was_lost_does_not_wait_for_itself(aws: AwsClient) -> None:
    class Twice:
        """Makes each call twice, as botocore does when the first answer is lost."""

        def __init__(self, client: Any) -> None:
            self._client = client

        def update_item(self, **arguments: Any) -> Any:
            self._client.update_item(**arguments)
            return self._client.update_item(**arguments)

    leases = DynamoLeases(Twice(create_ledger(aws, "ledger")), "ledger")
    leases.release("clickstream", leases.acquire("clickstream"))
    assert leases.acquire("clickstream")


def test_of_many_at_once_one_has_the_lease(aws: AwsClient) -> None:
    leases = DynamoLeases(OneCallAtATime(create_ledger(aws, "ledger")), "ledger")

    def tokens() -> list[int]:
        try:
            return [leases.acquire("clickstream")]
        except LeaseTaken:
            return []

    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(tokens) for _ in range(8)]
        assert len([token for future in futures for token in future.result()]) == 1
