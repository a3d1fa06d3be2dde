"""Constructs of tables: those of one's own collide with nothing, whatever the tables are called."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from aws_cdk.assertions import Template

from checks.templates import config_of
from stacks.base import LakeStack
from stacks.lake import lake_app
from tests.thermocline.contracts.changes import column, replace
from tests.thermocline.contracts.tables import table
from thermocline.contracts import load_contracts

OWN = table(column("id"))
NAMES = (
    "api",
    "glue_database",
    "own_tables",
    "function",
    "a1b",
    "a1_b",
    "a_b",
    "a__b",
    "ab",
    "_x",
    "x",
    "clickstream2",
)


def test_tables_may_be_named_as_anything_else_in_their_stack(tmp_path: Path) -> None:
    stack = LakeStack(
        lake_app("local", context={}, outdir=str(tmp_path)), "ingest", config=config_of("local"), description="-"
    )
    for other in ("Api", "GlueDatabase", "Function"):
        cdk.CfnResource(stack, other, type="A::B::C")
    for contract in (*load_contracts().values(), *(replace(OWN, name=name) for name in NAMES)):
        cdk.CfnResource(*stack.place_of(contract), type="A::B::C")
    resources = Template.from_stack(stack).find_resources("A::B::C")
    assert len(resources) == 3 + len(load_contracts()) + len(NAMES)
    assert {"Clickstream", "Telemetry", "CdcLog", "Quarantine"} <= resources.keys()
