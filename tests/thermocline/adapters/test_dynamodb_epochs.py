from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tests.fakes.aws import AwsClient, create_epochs
from thermocline.adapters.dynamodb_epochs import DynamoEpochs
from thermocline.errors import EpochsUnavailable
from thermocline.ingest.ports import StoredHistory
from thermocline.ingest.protocols.epochs import Epoch

HISTORY = (
    Epoch(ordinal=1, since=2**53, base="mysql-bin", server=2**32 - 1, top="0000000010.1", latest=5, read_at="x"),
    Epoch(ordinal=7, since=2**53 + 1, restarted=6),
)


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_epochs(aws, "epochs")


def test_a_connector_has_no_epochs_at_first(client: Any) -> None:
    assert DynamoEpochs(client, "epochs").read("shop-db", "shop") == StoredHistory()


def test_what_is_written_is_read(client: Any) -> None:
    registry = DynamoEpochs(client, "epochs")
    assert registry.replace("shop-db", "shop", HISTORY, version=0)
    assert registry.read("shop-db", "shop") == StoredHistory(history=HISTORY, version=1)
    assert registry.replace("shop-db", "shop", HISTORY[:1], version=1)
    assert registry.read("shop-db", "shop") == StoredHistory(history=HISTORY[:1], version=2)
    assert registry.read("shop-db", "shop2") == StoredHistory()


def test_only_who_read_the_current_version_writes(client: Any) -> None:
    first, second = DynamoEpochs(client, "epochs"), DynamoEpochs(client, "epochs")
    assert first.replace("shop-db", "shop", HISTORY, version=0)
    assert not second.replace("shop-db", "shop", HISTORY[:1], version=0)
    assert second.replace("shop-db", "shop", HISTORY[:1], version=1)
    assert not first.replace("shop-db", "shop", HISTORY, version=1)
    assert first.read("shop-db", "shop").history == HISTORY[:1]


class Recorded:
    """A client that keeps what it was asked, and fails if told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls: list[dict[str, Any]] = []
        self._error = error

    def get_item(self, **arguments: Any) -> dict[str, Any]:
        self.calls.append(arguments)
        if self._error:
            raise self._error
        return {}

    put_item = get_item


def test_reads_are_strongly_consistent() -> None:
    client = Recorded()
    DynamoEpochs(client, "epochs").read("shop-db", "shop")
    assert client.calls == [{"TableName": "epochs", "Key": {"pk": {"S": "shop-db#shop"}}, "ConsistentRead": True}]


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ProvisionedThroughputExceededException"}}, "GetItem"),
        ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetItem"),
        EndpointConnectionError(endpoint_url="https://dynamodb"),
    ],
)
def test_what_fails_is_worth_another_try(error: Exception) -> None:
    registry = DynamoEpochs(Recorded(error), "epochs")
    with pytest.raises(EpochsUnavailable):
        registry.read("shop-db", "shop")
    with pytest.raises(EpochsUnavailable):
        registry.replace("shop-db", "shop", HISTORY, version=1)
