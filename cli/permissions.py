"""Compares what functions are granted with what they called. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from offline.journal import Call

Verdict = Literal["used", "unused", "wide", "by the service", "missing"]

# Operations whose IAM action has another name. All others have the name of their action.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
_ACTIONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    # It needs the rights of what is in it, which the journal does not keep; what begins an attempt is a put.
    ("dynamodb", "TransactWriteItems"): ("dynamodb:PutItem",),
    ("lambda", "Invoke"): ("lambda:InvokeFunction",),
    ("lambda", "InvokeAsync"): ("lambda:InvokeFunction",),
    ("s3", "AbortMultipartUpload"): ("s3:AbortMultipartUpload",),
    ("s3", "CompleteMultipartUpload"): ("s3:PutObject",),
    ("s3", "CopyObject"): ("s3:GetObject", "s3:PutObject"),
    ("s3", "CreateMultipartUpload"): ("s3:PutObject",),
    ("s3", "DeleteObjects"): ("s3:DeleteObject",),
    ("s3", "HeadBucket"): ("s3:ListBucket",),
    ("s3", "HeadObject"): ("s3:GetObject",),
    ("s3", "ListBuckets"): ("s3:ListAllMyBuckets",),
    ("s3", "ListObjects"): ("s3:ListBucket",),
    ("s3", "ListObjectsV2"): ("s3:ListBucket",),
    ("s3", "ListObjectVersions"): ("s3:ListBucketVersions",),
    ("s3", "UploadPart"): ("s3:PutObject",),
    ("sns", "PublishBatch"): ("sns:Publish",),
    ("sqs", "ChangeMessageVisibilityBatch"): ("sqs:ChangeMessageVisibility",),
    ("sqs", "DeleteMessageBatch"): ("sqs:DeleteMessage",),
    ("sqs", "SendMessageBatch"): ("sqs:SendMessage",),
}

# Operations that need another right where they name a version, which the journal does not keep.
_OF_VERSIONS = frozenset({"s3:DeleteObject", "s3:GetObject"})

# Rights that AWS uses on a function's behalf, so that no call of its own shows them. A transaction checks conditions.
_BY_THE_SERVICE = (
    "dynamodb:ConditionCheckItem", "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "kinesis:DescribeStream*", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListS*",
    "kinesis:SubscribeToShard",
    "kms:*", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:ChangeMessageVisibility", "sqs:DeleteMessage",
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage", "xray:*",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One action (perhaps with wildcards) that a role allows on some resources."""

    action: str
    resources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A grant and how it was used, or an action that was called and is not granted.

    Attributes
    ----------
    used
        The actions that were called under the grant.
    """

    action: str
    resources: tuple[str, ...]
    verdict: Verdict
    used: tuple[str, ...] = ()


def grants_of(documents: Iterable[Mapping[str, Any]]) -> list[Grant]:
    """Return the grants in policy documents, sorted."""
    grants = {
        Grant(action=action, resources=tuple(sorted(_listed(statement.get("Resource", "*")))))
        for document in documents
        for statement in _listed(document["Statement"])
        if statement["Effect"] == "Allow"
        for action in _listed(statement.get("Action", ()))
    }
    return sorted(grants, key=lambda grant: (grant.action, grant.resources))


def actions_of(call: Call) -> tuple[str, ...]:
    """Return the IAM actions that an AWS call needs."""
    return _ACTIONS.get((call.service, call.operation), (f"{call.service}:{call.operation}",))


def compare(grants: Iterable[Grant], calls: Collection[Call]) -> list[Finding]:
    """Return one finding per grant, and one per action that was called without a grant."""
    needed = {(action, call.resource) for call in calls for action in actions_of(call)}
    grants = list(grants)
    missing = {action for action, resource in needed if not any(_covers(grant, action, resource) for grant in grants)}
    return [
        *(_judged(grant, needed) for grant in grants),
        *(Finding(action=action, resources=(), verdict="missing") for action in sorted(missing)),
    ]


def _judged(grant: Grant, needed: Collection[tuple[str, str]]) -> Finding:
    used = tuple(sorted({action for action, resource in needed if _covers(grant, action, resource)}))
    return Finding(action=grant.action, resources=grant.resources, verdict=_verdict(grant, used), used=used)


def _verdict(grant: Grant, used: Collection[str]) -> Verdict:
    if not used:
        return "by the service" if any(_matches(pattern, grant.action) for pattern in _BY_THE_SERVICE) else "unused"
    return "wide" if "*" in grant.action or "*" in grant.resources else "used"


def _covers(grant: Grant, action: str, resource: str) -> bool:
    forms = (action, f"{action}Version") if action in _OF_VERSIONS else (action,)
    allowed = any(_matches(grant.action, form) for form in forms)
    return allowed and any(_names(pattern, resource) for pattern in grant.resources)


def _names(pattern: str, resource: str) -> bool:
    """Tell whether an ARN pattern can mean the resource that a call named by name, ARN or URL; "" could be anything."""
    if pattern == "*" or not resource:
        return True
    name = re.split(r"[:/]", resource)[-1]
    # Secrets may be named without the six characters that Secrets Manager puts behind their names.
    parts = re.split(r"[:/]", pattern.removesuffix("-??????"))[1:]
    return any(fnmatchcase(name, part) or name == part for part in parts if part != "*")


def _matches(pattern: str, action: str) -> bool:
    return fnmatchcase(action.lower(), pattern.lower())


def _listed(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list | tuple) else (value,)
