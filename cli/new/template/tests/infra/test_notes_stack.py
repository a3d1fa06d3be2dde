"""The templates of this project's own stack, as CDK makes them for a stage on AWS."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk.assertions import Template

from app import build
from checks.templates import config_of
from stacks.lake import lake_app

STAGE = "dev"
pytestmark = pytest.mark.xdist_group("infra")  # one worker, so that one synthesis is enough


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    context = json.loads(Path("cdk.json").read_text())["context"]
    app = lake_app(STAGE, context=context, outdir=str(tmp_path_factory.mktemp("cdk.out")))
    layer = tmp_path_factory.mktemp("layer")  # empty: its wheels would be fetched
    build(app, config_of(STAGE), layer_builder=lambda _packages: layer)
    return Template.from_json(app.synth().get_stack_by_name(f"{app.name_prefix}-notes").template)


def test_its_routes(template: Template) -> None:
    routes = template.find_resources("AWS::ApiGatewayV2::Route").values()
    assert {route["Properties"]["RouteKey"] for route in routes} == {"GET /", "GET /notes", "POST /notes"}


def test_notes_are_counted_every_minute(template: Template) -> None:
    template.has_resource_properties("AWS::Events::Rule", {"ScheduleExpression": "rate(1 minute)", "State": "ENABLED"})


def test_only_a_new_note_may_put_events_into_the_lake(template: Template) -> None:
    policies = template.find_resources("AWS::IAM::Policy").values()
    granted = [json.dumps(policy["Properties"]) for policy in policies]
    assert len(granted) == 4
    (producer,) = [policy for policy in granted if "firehose:" in policy]
    assert "POSTnotes" in producer


def test_the_table_goes_with_a_stage_that_may_be_thrown_away(template: Template) -> None:
    (table,) = template.find_resources("AWS::DynamoDB::Table").values()
    assert (table["DeletionPolicy"], config_of(STAGE).removal) == ("Delete", "destroy")


def test_every_name_begins_with_the_stage_and_the_app(template: Template) -> None:
    functions = template.find_resources("AWS::Lambda::Function").values()
    prefix = lake_app(STAGE).name_prefix
    assert len(functions) == 4
    assert all(function["Properties"]["FunctionName"].startswith(f"{prefix}-") for function in functions)
