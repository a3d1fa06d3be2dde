"""`lake cdc new-epoch` on a registry as DynamoDB has it."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from cli.commands import cdc
from cli.deployment import Deployment
from cli.errors import CliError
from tests.fakes.aws import AwsClient, aws, create_epochs
from thermocline.bootstrap.ingest import epoch_registry
from thermocline.ingest.epochs import EpochBook
from thermocline.ingest.protocols.epochs import Seen
from thermocline.ingest.protocols.log_position import Position

__all__ = ["aws"]

LATEST = 1_795_658_000_000_000


class Deployed(Deployment):
    """A deployment on the AWS of the tests."""

    def client(self, service: str) -> Any:
        return boto3.client(service)


@pytest.fixture
def book(aws: AwsClient, monkeypatch: pytest.MonkeyPatch) -> EpochBook:
    deployment = Deployed(stage="local", ingest_url="http://x", outputs={"EpochsTable": "epochs"})
    monkeypatch.setattr(cdc, "find_deployment", lambda **_: deployment)
    found = EpochBook(epoch_registry(create_epochs(aws, "epochs"), "epochs"))
    assert assigned(found, LATEST) == 1
    return found


def assigned(book: EpochBook, time: int) -> object:
    return book.assign("shop-db", "shop", None, [Seen(Position("1", "1", snapshot=False), time)])[0]


def test_changes_are_in_the_epoch_that_their_commit_time_says(
    book: EpochBook, capsys: pytest.CaptureFixture[str]
) -> None:
    cdc.new_epoch("shop", "shop-db", since="2026-11-26T03:00:00+01:00", json=True)
    assert json.loads(capsys.readouterr().out) == {
        "epochs": [
            {"epoch": 1, "since": "2026-11-26T01:53:20Z"},
            {"epoch": 2, "since": "2026-11-26T02:00:00Z"},
        ]
    }
    assert (assigned(book, LATEST), assigned(book, LATEST + 400_000_000)) == (1, 2)


def test_a_time_without_a_zone_is_utc(book: EpochBook, capsys: pytest.CaptureFixture[str]) -> None:
    cdc.new_epoch("shop", "shop-db", since="2027-01-01")
    assert capsys.readouterr().out == "epoch 2 of shop since 2027-01-01T00:00:00Z\n"


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        (
            ("shop", "shop-db"),
            {"since": "2026-11-26T01:53:20Z"},
            "changes until 2026-11-26T01:53:20Z are in epoch 1 already",
        ),
        (("shop", "shop-db"), {"since": "yesterday"}, "--since 'yesterday' is not a time: write it like"),
        (("shpo", "shop-db"), {"since": None}, "'shop-db' has sent no change of connector 'shpo' yet"),
        (("shop", "shop"), {"since": None}, "'shop' is not a source of changes in config/local.toml; it has shop-db"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(
    book: EpochBook, arguments: tuple[str, str], options: dict[str, Any], told: str
) -> None:
    with pytest.raises(CliError) as caught:
        cdc.new_epoch(*arguments, **options)
    assert told in str(caught.value)
    assert assigned(book, LATEST + 10**15) == 1


def test_there_is_a_last_epoch(book: EpochBook) -> None:
    book.assign("shop-db", "shop", 999_999, [Seen(Position("1", "1", snapshot=False), LATEST)])
    with pytest.raises(CliError, match="epoch 999999 is the last"):
        cdc.new_epoch("shop", "shop-db")


def test_a_registry_that_does_not_answer_is_told(book: EpochBook, aws: AwsClient) -> None:
    aws("dynamodb").delete_table(TableName="epochs")
    with pytest.raises(CliError, match="cannot be read or written now"):
        cdc.new_epoch("shop", "shop-db")
