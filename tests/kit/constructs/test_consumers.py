"""Streams of Kinesis and DynamoDB: what they share, and what each has of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_dynamodb, aws_kinesis, aws_kms

from kit.constructs import Function, Stack, Stream, StreamConsumer, Table
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, OTHER, allowed, one, properties_of

Make = Callable[..., Stream | Table]
BOTH = pytest.mark.parametrize("make", [Stream, Table])


@BOTH
@pytest.mark.parametrize(
    "definition",
    [HANDLER, {"handler": HANDLER}, {"function": HANDLER}, {"function": {"handler": HANDLER}},
     StreamConsumer(function=HANDLER)],
)  # fmt: skip
def test_consumer_forms(stack: Stack, make: Make, definition: Any) -> None:
    made = make(stack, "Source", consumers={"audit": definition}, default_function_props={"timeout": 33})
    assert one(stack, "AWS::Lambda::Function")["FunctionName"] == "test-app-Source-audit"
    assert one(stack, "AWS::Lambda::Function")["Timeout"] == 33
    mapping = one(stack, "AWS::Lambda::EventSourceMapping")
    assert (mapping["BatchSize"], mapping["StartingPosition"]) == (100, "TRIM_HORIZON")
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert isinstance(made.get_function("audit"), Function)


@BOTH
def test_consumer_options(stack: Stack, make: Make) -> None:
    options = {"batch_size": 7, "batch_window": 3, "starting_position": "latest", "parallelization_factor": 2}
    make(stack, "Source", consumers={"audit": {"function": HANDLER, "retry_attempts": 4, **options}})
    mapping = one(stack, "AWS::Lambda::EventSourceMapping")
    assert (mapping["BatchSize"], mapping["MaximumBatchingWindowInSeconds"]) == (7, 3)
    assert (mapping["StartingPosition"], mapping["ParallelizationFactor"]) == ("LATEST", 2)
    assert mapping["MaximumRetryAttempts"] == 4


@BOTH
def test_what_fails_for_good_is_told_to_one_queue(stack: Stack, make: Make) -> None:
    made = make(stack, "Source", consumers={"a": HANDLER, "b": OTHER})
    assert made.dead_letters is not None
    destinations = {str(m["DestinationConfig"]) for m in properties_of(stack, "AWS::Lambda::EventSourceMapping")}
    assert len(destinations) == len(properties_of(stack, "AWS::SQS::Queue")) == 1


@BOTH
def test_dead_letters_can_be_left_out(stack: Stack, make: Make) -> None:
    assert make(stack, "Source", consumers={"a": HANDLER}, dead_letter_queue=False).dead_letters is None
    assert not properties_of(stack, "AWS::SQS::Queue")


@BOTH
def test_permissions_hold_for_consumers_added_later(stack: Stack, make: Make) -> None:
    options = {} if make is Stream else {"stream": True}
    made = make(stack, "Source", **options)
    made.attach_permissions(["sns:Publish"])
    made.add_consumers({"late": HANDLER})
    assert "sns:Publish" in allowed(stack, "late")


@BOTH
def test_same_name_twice_is_refused(stack: Stack, make: Make) -> None:
    made = make(stack, "Source", consumers={"a": HANDLER})
    with pytest.raises(DefinitionError, match="Source has 'a' already"):
        made.add_consumers({"a": HANDLER})


@BOTH
@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (7, "consumer 'a' is a function, a mapping with one or a StreamConsumer; not 7"),
        ({"function": HANDLER, "batchsize": 1}, "did you mean 'batch_size'"),
        ({"function": HANDLER, "starting_position": "middle"}, "'latest' or 'trim_horizon', not 'middle'"),
    ],
)
def test_wrong_consumers_are_refused(stack: Stack, make: Make, definition: object, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        make(stack, "Source", consumers={"a": definition})


def test_stream_scales_unless_shards_are_counted(stack: Stack) -> None:
    assert isinstance(Stream(stack, "Free").cdk, aws_kinesis.Stream)
    Stream(stack, "Counted", shards=3, retention=cdk.Duration.hours(48))
    free, counted = sorted(properties_of(stack, "AWS::Kinesis::Stream"), key=lambda s: s.get("ShardCount", 0))
    assert free["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}
    assert (counted["ShardCount"], counted["RetentionPeriodHours"]) == (3, 48)
    assert counted["StreamEncryption"]["EncryptionType"] == "KMS"


def test_table_is_on_demand_recoverable_and_kept(stack: Stack) -> None:
    number = aws_dynamodb.Attribute(name="at", type=aws_dynamodb.AttributeType.NUMBER)
    indexes: Any = {"by_user": ("user", number)}
    Table(stack, "Notes", partition_key="id", sort_key=number, indexes=indexes, time_to_live="expires")
    table = one(stack, "AWS::DynamoDB::Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["id", "at"]
    assert table["GlobalSecondaryIndexes"][0]["IndexName"] == "by_user"
    assert {a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]}["at"] == "N"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert "StreamSpecification" not in table


def test_table_takes_a_key_of_ones_own(stack: Stack) -> None:
    Table(stack, "Notes", encryption_key=aws_kms.Key(stack, "Key"))
    assert "KMSMasterKeyId" in one(stack, "AWS::DynamoDB::Table")["SSESpecification"]


def test_table_without_a_stream_takes_no_consumers_later(stack: Stack) -> None:
    with pytest.raises(DefinitionError, match="Notes has no stream: write stream=True"):
        Table(stack, "Notes").add_consumers({"a": HANDLER})


@pytest.mark.parametrize(
    ("make", "grant", "action"),
    [
        (Stream, "grant_read", "kinesis:GetRecords"), (Stream, "grant_write", "kinesis:PutRecords"),
        (Stream, "grant_read_write", "kinesis:GetRecords"), (Table, "grant_read_data", "dynamodb:GetItem"),
        (Table, "grant_write_data", "dynamodb:PutItem"), (Table, "grant_read_write_data", "dynamodb:GetItem"),
    ],
)  # fmt: skip
def test_bound_grants(stack: Stack, make: Make, grant: str, action: str) -> None:
    source = make(stack, "Source")
    function = Function(stack, "F", handler=HANDLER)
    function.attach_permissions([getattr(source, grant)])
    assert action in allowed(stack, "-F")


def test_table_grants_single_actions(stack: Stack) -> None:
    Table(stack, "Notes").grant(Function(stack, "F", handler=HANDLER), "dynamodb:GetItem")
    assert "dynamodb:GetItem" in allowed(stack, "-F")
    assert "dynamodb:PutItem" not in allowed(stack, "-F")


def test_consumers_are_read_only(stack: Stack) -> None:
    functions = cast(Any, Stream(stack, "Source", consumers={"a": HANDLER}).functions)
    with pytest.raises(TypeError):
        functions["b"] = 1
