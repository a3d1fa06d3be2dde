"""Findings of cdk-nag and checkov that we accept, each with its reason, on the construct that it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_s3
from constructs import IConstruct

SHOW_ALL: Final = "show-acknowledged"
"""Context key: ``-c show-acknowledged=true`` reports acknowledged findings too."""

GRANTED_FAMILIES: Final = {
    "kms:GenerateDataKey*": "grant_encrypt: a data key with or without its plain text",
    "kms:ReEncrypt*": "grant_encrypt: from and to the one key",
}
"""Wildcards that CDK's grants write; each covers the variants of one action on the same resource."""

_LOG_DELIVERY: Final = "CloudWatch Logs defines no resource for the delivery of a service's logs"

WITHOUT_RESOURCE: Final = {
    "cloudwatch:GetMetricStatistics": "CloudWatch defines no resource for reading metrics",
    "logs:CreateLogDelivery": _LOG_DELIVERY,
    "logs:DeleteLogDelivery": _LOG_DELIVERY,
    "logs:DescribeLogGroups": _LOG_DELIVERY,
    "logs:DescribeResourcePolicies": _LOG_DELIVERY,
    "logs:GetLogDelivery": _LOG_DELIVERY,
    "logs:ListLogDeliveries": _LOG_DELIVERY,
    "logs:PutResourcePolicy": _LOG_DELIVERY,
    "logs:UpdateLogDelivery": _LOG_DELIVERY,
    "xray:GetSamplingRules": "X-Ray defines no resource for it",
    "xray:GetSamplingTargets": "X-Ray defines no resource for it",
    "xray:PutTelemetryRecords": "X-Ray defines no resource for it",
    "xray:PutTraceSegments": "X-Ray defines no resource for it",
}
"""Actions for which AWS defines no resource, so that they can only be allowed on all resources."""


def acknowledge(construct: IConstruct, findings: Mapping[str, str]) -> None:
    """Acknowledge findings on a construct: id → reason."""
    if construct.node.try_get_context(SHOW_ALL):
        return
    for finding, reason in findings.items():
        if finding.startswith("CKV_"):
            _skip_for_checkov(construct, finding, reason)
        else:
            cdk.Validations.of(construct).acknowledge(cdk.Acknowledgment(id=finding, reason=reason))


def acknowledge_no_dead_letters(function: IConstruct, reason: str) -> None:
    """Acknowledge that a function has no dead-letter queue; only asynchronous calls would use it."""
    acknowledge(function, dict.fromkeys(("Serverless-LambdaDLQ", "CKV_AWS_116"), reason))


def acknowledge_grants(grantee: aws_iam.IGrantable, *actions: str) -> None:
    """Acknowledge wildcards that CDK's grants wrote into a grantee's role (see `GRANTED_FAMILIES`)."""
    findings = {f"AwsSolutions-IAM5[Action::{action}]": GRANTED_FAMILIES[action] for action in actions}
    acknowledge(_role(grantee), findings)


def acknowledge_objects(grantee: aws_iam.IGrantable, bucket: aws_s3.IBucket, keys: Mapping[str, str]) -> None:
    """Acknowledge rights on all objects below prefixes of a bucket: ``prefix*`` → reason."""
    bucket_id = cdk.Stack.of(bucket).get_logical_id(cast(cdk.CfnElement, bucket.node.default_child))
    findings = {f"AwsSolutions-IAM5[Resource::<{bucket_id}.Arn>/{key}]": reason for key, reason in keys.items()}
    acknowledge(_role(grantee), findings)


def _skip_for_checkov(construct: IConstruct, finding: str, reason: str) -> None:
    """Add a finding to the resource's metadata in the template, where checkov reads what to skip."""
    resource = cast(cdk.CfnResource, construct.node.default_child)
    skipped = (resource.get_metadata("checkov") or {}).get("skip", [])
    resource.add_metadata("checkov", {"skip": [*skipped, {"id": finding, "comment": reason}]})


def _role(grantee: aws_iam.IGrantable) -> IConstruct:
    return cast(IConstruct, grantee.grant_principal)
