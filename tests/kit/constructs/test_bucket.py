from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import aws_kms, aws_s3, aws_sqs
from aws_cdk.assertions import Template

from kit.constructs import Bucket, Function, Notification, Queue, Stack, Topic
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, allowed, one, properties_of


def notified(stack: Stack) -> dict[str, Any]:
    configuration: dict[str, Any] = one(stack, "AWS::S3::Bucket")["NotificationConfiguration"]
    return configuration


@pytest.mark.parametrize(
    "definition",
    [HANDLER, {"handler": HANDLER}, {"function": HANDLER}, {"function": {"handler": HANDLER}},
     Notification(function=HANDLER)],
)  # fmt: skip
def test_function_forms(stack: Stack, definition: Any) -> None:
    Bucket(stack, "Files", notifications={"thumb": definition}, default_function_props={"timeout": 33})
    assert one(stack, "AWS::Lambda::Function")["FunctionName"] == "test-app-Files-thumb"
    assert one(stack, "AWS::Lambda::Function")["Timeout"] == 33
    (configuration,) = notified(stack)["LambdaConfigurations"]
    assert configuration["Event"] == "s3:ObjectCreated:*"
    permission = one(stack, "AWS::Lambda::Permission")
    assert permission["Principal"] == "s3.amazonaws.com"
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_no_lambda_of_cdks_own_and_the_right_comes_first(stack: Stack) -> None:
    Bucket(stack, "Files", notifications={"thumb": HANDLER, "queue": Queue(stack, "Queue")})
    resources = Template.from_stack(stack).to_json()["Resources"]
    assert not [r for r in resources.values() if r["Type"].startswith("Custom::")]
    (bucket,) = [r for r in resources.values() if r["Type"] == "AWS::S3::Bucket"]
    assert {resources[name]["Type"] for name in bucket["DependsOn"]} == {
        "AWS::Lambda::Permission",
        "AWS::SQS::QueuePolicy",
    }


def test_options(stack: Stack) -> None:
    events = ["s3:ObjectRemoved:*", "s3:ObjectCreated:Put"]
    wanted = Notification(function=HANDLER, events=events, prefix="in/", suffix=".csv")
    Bucket(stack, "Files", notifications={"a": wanted})
    configurations = notified(stack)["LambdaConfigurations"]
    assert [c["Event"] for c in configurations] == events
    rules = [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".csv"}]
    assert configurations[0]["Filter"]["S3Key"]["Rules"] == rules


def test_queue_and_topic(stack: Stack) -> None:
    queue, raw, topic = Queue(stack, "Queue"), aws_sqs.Queue(stack, "Raw"), Topic(stack, "Topic")
    targets: Any = {"a": queue, "b": {"queue": raw, "prefix": "b/"}, "c": topic, "d": {"topic": topic.cdk}}
    Bucket(stack, "Files", bucket_name="mine", notifications=targets)
    assert len(notified(stack)["QueueConfigurations"]) == 2
    assert len(notified(stack)["TopicConfigurations"]) == 2
    policies = str(properties_of(stack, "AWS::SQS::QueuePolicy") + properties_of(stack, "AWS::SNS::TopicPolicy"))
    assert policies.count("aws:SourceArn") >= 3
    assert ":s3:::mine" in policies


def test_bucket_without_a_known_name_is_told_by_its_account(stack: Stack) -> None:
    Bucket(stack, "Files", notifications={"a": Queue(stack, "Queue")})
    policies = str(properties_of(stack, "AWS::SQS::QueuePolicy"))
    assert "aws:SourceAccount" in policies
    assert "aws:SourceArn" not in policies


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        (7, "notification 'a' is a function, a mapping with one or a Notification; not 7"),
        ({"function": HANDLER, "prefixes": "x"}, "did you mean 'prefix'"),
        (Notification(), "needs exactly one of function, queue and topic"),
        ({"function": HANDLER, "events": ["ObjectCreated"]}, r"events are a list like \['s3:ObjectCreated"),
        ({"function": HANDLER, "events": "s3:ObjectCreated:*"}, "events are a list"),
        ({"function": HANDLER, "events": []}, "events are a list"),
    ],
)
def test_wrong_notifications_are_refused(stack: Stack, definition: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Bucket(stack, "Files", notifications={"a": definition})


def test_two_targets_and_the_same_name_twice_are_refused(stack: Stack) -> None:
    queue = Queue(stack, "Queue")
    with pytest.raises(DefinitionError, match="needs exactly one of"):
        Bucket(stack, "Two", notifications={"a": {"function": HANDLER, "queue": queue}})
    bucket = Bucket(stack, "Files", notifications={"a": queue})
    with pytest.raises(DefinitionError, match="notification 'a' already"):
        bucket.add_notifications({"a": HANDLER})


def test_imported_queue_that_s3_could_not_send_to_is_refused(stack: Stack) -> None:
    imported = aws_sqs.Queue.from_queue_arn(stack, "Q", "arn:aws:sqs:us-east-1:123456789012:theirs")
    with pytest.raises(DefinitionError, match="the target's policy is not ours"):
        Bucket(stack, "Files", notifications={"a": {"queue": imported}})


def test_permissions_hold_for_notifications_added_later(stack: Stack) -> None:
    bucket = Bucket(stack, "Files")
    bucket.attach_permissions(["sqs:SendMessage"])
    bucket.add_notifications({"late": HANDLER})
    assert "sqs:SendMessage" in allowed(stack, "Files-late")


def test_bucket_is_private_encrypted_and_kept(stack: Stack) -> None:
    Bucket(stack, "Files")
    ((_, bucket),) = Template.from_stack(stack).find_resources("AWS::S3::Bucket").items()
    assert bucket["DeletionPolicy"] == "Retain"
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    assert "AES256" in str(bucket["Properties"]["BucketEncryption"])
    assert "aws:SecureTransport" in str(properties_of(stack, "AWS::S3::BucketPolicy"))


def test_bucket_takes_a_key_of_ones_own(stack: Stack) -> None:
    Bucket(stack, "Files", encryption_key=aws_kms.Key(stack, "Key"))
    (rule,) = one(stack, "AWS::S3::Bucket")["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["BucketKeyEnabled"] is True


@pytest.mark.parametrize(
    ("grant", "action"),
    [("grant_read", "s3:GetObject*"), ("grant_write", "s3:PutObject"), ("grant_put", "s3:PutObject"),
     ("grant_delete", "s3:DeleteObject*"), ("grant_read_write", "s3:DeleteObject*")],
)  # fmt: skip
def test_bound_grants(stack: Stack, grant: str, action: str) -> None:
    bucket = Bucket(stack, "Files")
    assert isinstance(bucket.cdk, aws_s3.Bucket)
    Function(stack, "F", handler=HANDLER).attach_permissions([getattr(bucket, grant)])
    assert action in allowed(stack, "-F")
