from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from cli.errors import CliError
from cli.stages.deployed import DeployedStack, Holder, deployed_stacks
from cli.stages.removal import Removed, refuse_to_remove, remove_stage
from cli.stages.steps import silent_step
from stacks.config import load_config, personal_config
from tests.fakes.aws import AwsClient, aws, create_bucket, create_ledger
from tests.fakes.cloudformation import FakeCloudFormation, FakeStack

__all__ = ["aws"]

ADA = personal_config("ada")
RETAINED = {"Resources": {"Bucket": {"DeletionPolicy": "Retain"}}}


class Stage:
    """A stage of two stacks: a bucket and a table in one, nothing in the other."""

    def __init__(self, aws: AwsClient, *, retained: bool = False) -> None:
        self.s3 = create_bucket(aws, "lake")
        self.dynamodb = create_ledger(aws, "ledger")
        self.storage = FakeStack(
            name="ada-thermocline-storage", bucket="lake", table="ledger", template=RETAINED if retained else {}
        )
        self.cloudformation = FakeCloudFormation(
            stacks=[FakeStack(name="ada-thermocline-serving"), self.storage], s3=self.s3
        )
        self._aws = aws

    def client(self, service: str) -> Any:
        return self.cloudformation if service == "cloudformation" else self._aws(service)

    @property
    def stacks(self) -> list[DeployedStack]:
        return deployed_stacks(self.cloudformation, "ada")

    def fill(self, _: object = None) -> None:
        self.s3.put_object(Bucket="lake", Key="raw/1", Body=b"x")

    def remove(self, *, delete_data: bool) -> Removed:
        stacks = self.stacks
        refuse_to_remove(ADA, stacks, self.client, delete_data=delete_data)
        return remove_stage(stacks, self.client, delete_data=delete_data, step=silent_step, wait=lambda _: None)


def once(act: Callable[[object], None]) -> Callable[[FakeStack], None]:
    waiting = [act]
    return lambda stack: waiting.pop()(stack) if stack.bucket and waiting else None


def test_a_stage_without_data_goes_without_a_second_word(aws: AwsClient) -> None:
    stage = Stage(aws)
    removed = stage.remove(delete_data=False)
    assert removed == Removed(stacks=["ada-thermocline-serving", "ada-thermocline-storage"])
    assert stage.stacks == []
    assert stage.s3.list_buckets()["Buckets"] == []


def test_data_are_named_and_stay_unless_they_may_go(aws: AwsClient) -> None:
    stage = Stage(aws)
    stage.fill()
    stage.dynamodb.put_item(TableName="ledger", Item={"pk": {"S": "raw/1"}, "sk": {"S": "entry"}})
    with pytest.raises(CliError, match=r"holds data.*bucket lake, table ledger; `lake remove --stage ada --delete"):
        stage.remove(delete_data=False)
    assert stage.cloudformation.deletions == []
    assert stage.remove(delete_data=True).emptied == {"lake": 1}
    assert stage.s3.list_buckets()["Buckets"] == []


def test_what_the_deployed_template_keeps_stays_and_is_named(aws: AwsClient) -> None:
    stage = Stage(aws, retained=True)
    stage.fill()
    assert stage.remove(delete_data=False).kept == ["AWS::S3::Bucket lake"]
    assert stage.s3.get_object(Bucket="lake", Key="raw/1")


def test_data_that_were_deployed_to_stay_are_not_deleted(aws: AwsClient) -> None:
    stage = Stage(aws, retained=True)
    with pytest.raises(CliError, match="deployed so that these are kept: bucket lake; `lake deploy --stage ada` first"):
        stage.remove(delete_data=True)
    assert stage.cloudformation.deletions == []


def test_data_of_a_stage_whose_configuration_keeps_them_are_not_deleted(aws: AwsClient) -> None:
    stage = Stage(aws)
    with pytest.raises(CliError, match='removal = "retain"'):
        refuse_to_remove(replace(ADA, removal="retain"), stage.stacks, stage.client, delete_data=True)


def nothing(service: str) -> Any:
    raise AssertionError(service)


@pytest.mark.parametrize("delete_data", [False, True])
def test_a_protected_stage_refuses_whatever_is_opted_in(delete_data: bool) -> None:
    with pytest.raises(CliError, match="'prod' is protected"):
        refuse_to_remove(load_config("prod"), [], nothing, delete_data=delete_data)
    # A configuration that says otherwise now does not unlock what was deployed as protected.
    locked = DeployedStack(name="ada-thermocline-storage", stack_id="1", protected=True)
    with pytest.raises(CliError, match="deployed as protected"):
        refuse_to_remove(ADA, [locked], nothing, delete_data=delete_data)


def test_an_object_that_comes_late_is_emptied_again(aws: AwsClient) -> None:
    stage = Stage(aws)
    stage.fill()
    stage.cloudformation.before_deletion = once(stage.fill)
    assert stage.remove(delete_data=True).emptied == {"lake": 2}
    assert stage.stacks == []


def test_a_bucket_that_is_filled_for_ever_is_told_in_the_end(aws: AwsClient) -> None:
    stage = Stage(aws)
    stage.cloudformation.before_deletion = lambda stack: stage.fill() if stack.bucket else None
    with pytest.raises(
        CliError, match=r"ada-thermocline-storage could not be deleted: Bucket: .*not empty.*again to continue"
    ):
        stage.remove(delete_data=True)
    assert stage.cloudformation.deletions.count("ada-thermocline-storage") == 3

    # Once it is over, the same command goes on from there.
    stage.cloudformation.before_deletion = lambda _: None
    assert stage.remove(delete_data=True).stacks == ["ada-thermocline-storage"]


def test_what_is_not_allowed_to_go_is_never_emptied(aws: AwsClient) -> None:
    stage = Stage(aws)
    stage.cloudformation.before_deletion = once(stage.fill)
    with pytest.raises(CliError, match="not empty"):
        stage.remove(delete_data=False)
    assert stage.s3.get_object(Bucket="lake", Key="raw/1")


def test_a_status_that_says_nothing_of_deletion_is_told(aws: AwsClient) -> None:
    class Stuck(FakeCloudFormation):
        def describe_stacks(self, *, StackName: str) -> dict[str, Any]:
            return {"Stacks": [{"StackStatus": "ROLLBACK_FAILED"}]}

    stack = DeployedStack(
        name="ada-thermocline-ingest", stack_id="arn:s", holders=(Holder(kind="bucket", name="b", kept=True),)
    )
    cloudformation = Stuck(stacks=[FakeStack(name="s")])
    with pytest.raises(CliError, match="its status is ROLLBACK_FAILED"):
        remove_stage([stack], lambda _: cloudformation, delete_data=False, step=silent_step, wait=lambda _: None)
