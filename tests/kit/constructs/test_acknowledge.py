from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_s3
from aws_cdk.assertions import Template

from kit.constructs.acknowledge import SHOW_ALL, acknowledge


def skipped(stack: cdk.Stack) -> list[dict[str, str]]:
    ((_, bucket),) = Template.from_stack(stack).find_resources("AWS::S3::Bucket").items()
    skipped: list[dict[str, str]] = bucket.get("Metadata", {}).get("checkov", {}).get("skip", [])
    return skipped


def test_checkov_finds_each_reason_in_the_template(stack: cdk.Stack) -> None:
    bucket = aws_s3.Bucket(stack, "Bucket")
    acknowledge(bucket, {"CKV_AWS_18": "one"})
    acknowledge(bucket, {"CKV_AWS_21": "two", "AwsSolutions-S1": "three"})
    assert skipped(stack) == [{"id": "CKV_AWS_18", "comment": "one"}, {"id": "CKV_AWS_21", "comment": "two"}]


def test_nothing_is_acknowledged_when_everything_is_to_be_shown(tmp_path: Path) -> None:
    stack = cdk.Stack(cdk.App(outdir=str(tmp_path), context={SHOW_ALL: True}), "Test")
    bucket = aws_s3.Bucket(stack, "Bucket")
    acknowledge(bucket, {"CKV_AWS_18": "one", "AwsSolutions-S1": "two"})
    assert skipped(stack) == []
    assert cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY not in {entry.type for entry in bucket.node.metadata}
