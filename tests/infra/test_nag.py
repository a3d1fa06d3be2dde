"""cdk-nag's packs AwsSolutions and Serverless find nothing that is not acknowledged with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import IConstruct

from checks.templates import built
from kit.constructs.acknowledge import SHOW_ALL
from stacks.ingest import OPEN_ROUTES
from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request
from thermocline.contracts import load_contracts
from thermocline.ingest.routes import ROUTES
from thermocline.ingest.use_case import Ingest

STAGES = ("dev", "prod")
PACKS = ("AwsSolutions-", "Serverless-")
KEY = cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY


def findings(app: cdk.App) -> set[tuple[str, str]]:
    """Everything that the packs find, as (construct path, id)."""
    return {
        (str(resource.construct_path), violation.rule_name)
        for pack in (AwsSolutionsChecks(app), ServerlessChecks(app))
        for violation in pack.validate_scope(app).violations
        for resource in violation.violating_resources
    }


def acknowledgements(app: cdk.App) -> Iterator[tuple[str, str, str]]:
    """Every acknowledgement for the packs, as (construct path, id, reason)."""
    for construct in app.node.find_all():
        for entry in construct.node.metadata:
            if entry.type == KEY:
                for finding, reason in cast(dict[str, str], entry.data).items():
                    if (name := finding.removeprefix("Annotation::")).startswith(PACKS):
                        yield construct.node.path, name, reason


@cache
def before(stage: str) -> set[tuple[str, str]]:
    with built(stage, **{SHOW_ALL: True}) as app:
        assert not list(acknowledgements(app))
        return findings(app)


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_found_that_is_not_acknowledged(stage: str) -> None:
    with built(stage) as app:
        assert findings(app) == set()


@pytest.mark.parametrize("stage", STAGES)
def test_each_acknowledgement_has_a_reason_and_is_still_needed(stage: str) -> None:
    with built(stage) as app:
        given = list(acknowledgements(app))
    assert given
    assert not [each for each in given if len(each[2]) < 15]
    needless = {
        (path, name)
        for path, name, _ in given
        if not any(name == found and where.startswith(f"{path}/") for where, found in before(stage))
    }
    assert not needless


def test_no_acknowledgement_is_wider_than_a_construct_of_a_stack() -> None:
    with built("prod") as app:
        wide = [app, *app.node.children]
        assert not [construct for construct in wide if any(_acknowledges(construct))]


@pytest.mark.parametrize("route", [route for route in ROUTES if route not in OPEN_ROUTES])
def test_a_route_without_an_authorizer_refuses_a_request_without_a_write_key(route: str) -> None:
    method, path = route.split()
    sink = FakeSink()
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET
    )
    answer = ingest(request(path, b"{}", source=None, method=method))
    assert (answer.status, sink.records) == (401, {})


def _acknowledges(construct: IConstruct) -> Iterator[bool]:
    return (entry.type == KEY for entry in construct.node.metadata)
