from __future__ import annotations

import pytest

from cli.permissions import Finding, Grant, actions_of, compare, grants_of
from offline.journal import Call

LAKE = "arn:aws:s3:::lake"
TABLE = "arn:aws:dynamodb:us-east-1:0:table/ledger"


def verdicts(grants: list[Grant], *calls: Call) -> dict[str, str]:
    return {finding.action: finding.verdict for finding in compare(grants, calls)}


def grant(action: str, *resources: str) -> Grant:
    return Grant(action=action, resources=resources)


def call(service: str, operation: str, resource: str = "") -> Call:
    return Call(service=service, operation=operation, resource=resource)


def test_every_allowed_action_of_every_statement_is_a_grant() -> None:
    document = {
        "Statement": [
            {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": [f"{LAKE}/b", f"{LAKE}/a"]},
            {"Effect": "Allow", "Action": "xray:PutTraceSegments", "Resource": "*"},
            {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*"},
        ]
    }
    assert grants_of([document, document]) == [
        grant("s3:GetObject", f"{LAKE}/a", f"{LAKE}/b"),
        grant("s3:PutObject", f"{LAKE}/a", f"{LAKE}/b"),
        grant("xray:PutTraceSegments", "*"),
    ]


@pytest.mark.parametrize(
    ("made", "actions"),
    [
        (call("dynamodb", "PutItem"), ("dynamodb:PutItem",)),
        (call("dynamodb", "TransactWriteItems"), ("dynamodb:PutItem",)),
        (call("s3", "ListObjectsV2"), ("s3:ListBucket",)),
        (call("s3", "HeadObject"), ("s3:GetObject",)),
        (call("s3", "CopyObject"), ("s3:GetObject", "s3:PutObject")),
        (call("lambda", "Invoke"), ("lambda:InvokeFunction",)),
        (call("sqs", "SendMessageBatch"), ("sqs:SendMessage",)),
        (call("firehose", "PutRecordBatch"), ("firehose:PutRecordBatch",)),
    ],
)
def test_an_operation_needs_the_action_that_iam_knows(made: Call, actions: tuple[str, ...]) -> None:
    assert actions_of(made) == actions


def test_what_was_called_under_its_own_name_is_used() -> None:
    assert verdicts([grant("dynamodb:PutItem", TABLE)], call("dynamodb", "PutItem", "ledger")) == {
        "dynamodb:PutItem": "used"
    }


def test_what_was_never_called_is_unused_unless_aws_uses_it_for_the_function() -> None:
    grants = [
        grant("dynamodb:DeleteItem", TABLE),
        grant("kms:Decrypt", "arn:aws:kms:::key/1"),
        grant("sqs:ReceiveMessage", "*"),
    ]
    assert verdicts(grants) == {
        "dynamodb:DeleteItem": "unused",
        "kms:Decrypt": "by the service",
        "sqs:ReceiveMessage": "by the service",
    }


def test_a_wildcard_names_what_would_do() -> None:
    found = compare([grant("s3:GetObject*", f"{LAKE}/raw/*")], [call("s3", "GetObject", "lake")])
    assert found == [
        Finding(action="s3:GetObject*", resources=(f"{LAKE}/raw/*",), verdict="wide", used=("s3:GetObject",))
    ]
    assert verdicts([grant("s3:PutObject", "*")], call("s3", "PutObject", "lake")) == {"s3:PutObject": "wide"}


@pytest.mark.parametrize(
    ("resource", "called"),
    [
        (TABLE, "ledger"),
        (TABLE, TABLE),
        ("arn:aws:sqs:us-east-1:0:arrivals", "http://127.0.0.1:1/0/arrivals"),
        (TABLE, ""),
    ],
)
def test_names_arns_and_urls_mean_the_same_resource(resource: str, called: str) -> None:
    assert verdicts([grant("x:Do", resource)], call("x", "Do", called)) == {"x:Do": "used"}


def test_a_call_of_another_resource_is_missing_its_grant() -> None:
    assert verdicts([grant("dynamodb:GetItem", TABLE)], call("dynamodb", "GetItem", "others")) | {} == {
        "dynamodb:GetItem": "missing"
    }
    found = compare([grant("dynamodb:GetItem", TABLE)], [call("dynamodb", "GetItem", "others")])
    assert [finding.verdict for finding in found] == ["unused", "missing"]


def test_a_call_without_a_grant_is_missing_it() -> None:
    assert verdicts([], call("s3", "DeleteObject", "lake")) == {"s3:DeleteObject": "missing"}


def test_a_deletion_of_versions_is_one_of_objects_in_the_journal() -> None:
    grants = [grant("s3:DeleteObjectVersion", f"{LAKE}/raw/*"), grant("s3:PutObject", f"{LAKE}/raw/*")]
    assert verdicts(grants, call("s3", "DeleteObjects", "lake")) == {
        "s3:DeleteObjectVersion": "used",
        "s3:PutObject": "unused",
    }
