from __future__ import annotations

import json
from typing import Any, cast

import pytest
from aws_cdk import aws_dynamodb, aws_s3, aws_secretsmanager, aws_sqs
from aws_cdk.assertions import Template
from constructs import IConstruct

from kit.constructs import Api, App, Bucket, EventBus, Function, Queue, Stack, Stream, Table, Topic
from kit.constructs.definition import merge_props
from kit.errors import DefinitionError
from kit.runtime.links import KINDS, Link, links
from tests.kit.constructs.templates import HANDLER, allowed, properties_of


def variables(stack: Stack, function: str = "-F") -> dict[str, Any]:
    (properties,) = [f for f in properties_of(stack, "AWS::Lambda::Function") if f["FunctionName"].endswith(function)]
    environment: dict[str, Any] = properties.get("Environment", {}).get("Variables", {})
    return environment


def read_back(stack: Stack) -> dict[str, Link]:
    """The links as the handler reads them, with every reference as its resource's name."""
    texts = {name: as_text(value) for name, value in variables(stack).items()}
    return {name: getattr(links(texts), name.removeprefix("LAKE_LINK_").lower()) for name in texts}


def as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if "Fn::Join" in value:
        return "".join(part if isinstance(part, str) else "NAME" for part in value["Fn::Join"][1])
    return "NAME"


def constructs(stack: Stack) -> dict[str, tuple[IConstruct, str]]:
    """A construct of each kind, and what the function may then do."""
    return {
        "table": (Table(stack, "Linked1"), "dynamodb:PutItem"),
        "bucket": (Bucket(stack, "Linked2"), "s3:PutObject"),
        "queue": (Queue(stack, "Linked3"), "sqs:SendMessage"),
        "topic": (Topic(stack, "Linked4"), "sns:Publish"),
        "stream": (Stream(stack, "Linked5"), "kinesis:PutRecord"),
        "event_bus": (EventBus(stack, "Linked6"), "events:PutEvents"),
        "function": (Function(stack, "Linked7", handler=HANDLER), "lambda:InvokeFunction"),
        "secret": (aws_secretsmanager.Secret(stack, "Linked8"), "secretsmanager:GetSecretValue"),
        "api": (Api(stack, "Linked9", routes={}), "xray:PutTraceSegments"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_link_grants_and_tells_the_handler(stack: Stack, kind: str) -> None:
    construct, action = constructs(stack)[kind]
    Function(stack, "F", handler=HANDLER, link=[construct])
    (link,) = read_back(stack).values()
    assert type(link) is KINDS[kind]
    assert action in allowed(stack, "-F")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_link_is_bounded(stack: Stack) -> None:
    Function(stack, "F", handler=HANDLER, link=[construct for construct, _ in constructs(stack).values()])
    template = Template.from_stack(stack)
    (policy,) = [
        policy["Properties"]["PolicyDocument"]["Statement"]
        for name, policy in template.find_resources("AWS::IAM::Policy").items()
        if name.startswith("FRole")
    ]
    wide = [s["Action"] for s in policy if "*" in listed(s["Resource"])]
    assert wide == [["xray:PutTelemetryRecords", "xray:PutTraceSegments"]]
    actions = {action for statement in policy for action in listed(statement["Action"])}
    assert not {a for a in actions if a == "*" or a.endswith(":*")}
    assert not {a for a in actions if a.split(":")[1].startswith(("Create", "DeleteTable", "DeleteBucket"))} - {
        "logs:CreateLogStream"
    }


def test_raw_cdk_resources_can_be_linked(stack: Stack) -> None:
    key = aws_dynamodb.Attribute(name="pk", type=aws_dynamodb.AttributeType.STRING)
    raw = [aws_dynamodb.Table(stack, "RawTable", partition_key=key), aws_sqs.Queue(stack, "RawQueue")]
    Function(stack, "F", handler=HANDLER, link=[*raw, aws_s3.Bucket(stack, "RawBucket")])
    assert variables(stack).keys() == {"LAKE_LINK_RAW_TABLE", "LAKE_LINK_RAW_QUEUE", "LAKE_LINK_RAW_BUCKET"}


def test_mapping_names_links(stack: Stack) -> None:
    Function(stack, "F", handler=HANDLER, link={"store": Table(stack, "Notes")})
    assert json.loads(as_text(variables(stack)["LAKE_LINK_STORE"])) == {"kind": "table", "table_name": "NAME"}


def test_two_of_the_same_name_are_refused(app: App, stack: Stack) -> None:
    same = [Table(stack, "Notes"), Table(Stack(app, "other"), "Notes")]
    with pytest.raises(DefinitionError, match="two constructs are linked as 'notes': name them"):
        Function(stack, "F", handler=HANDLER, link=same)


def test_what_cannot_be_linked_is_refused(stack: Stack) -> None:
    with pytest.raises(DefinitionError, match="cannot be linked; what can: table, bucket, "):
        Function(stack, "F", handler=HANDLER, link=[stack])
    with pytest.raises(DefinitionError, match="'notes' is not a construct"):
        Function(stack, "G", handler=HANDLER, link=cast(Any, ["notes"]))


def test_links_of_defaults_and_override_are_joined(stack: Stack) -> None:
    one, two, three = (Table(stack, name) for name in ("One", "Two", "Three"))
    assert merge_props({"link": [one, two]}, {"link": [two, three]}) == {"link": [one, two, three]}
    assert merge_props({"link": [one]}, {"link": {"b": two}}) == {"link": {"one": one, "b": two}}


def test_defaults_link_every_function_of_a_construct(stack: Stack) -> None:
    table = Table(stack, "Notes")
    Api(stack, "Api", default_function_props={"link": [table]}, routes={"GET /a": HANDLER})
    assert variables(stack, "GET_a").keys() == {"LAKE_LINK_NOTES"}


def test_function_may_be_linked_later(stack: Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    function.attach_links([Queue(stack, "Jobs")])
    assert variables(stack).keys() == {"LAKE_LINK_JOBS"}
