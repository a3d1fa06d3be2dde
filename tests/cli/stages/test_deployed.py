from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cli.stages.deployed import DeployedStack, Holder, deletion_order, deployed_stacks, stage_outputs
from tests.fakes.cloudformation import FakeCloudFormation, FakeStack

RETAINED = {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"}}}


def importing(*exports: str) -> dict[str, Any]:
    """A template that imports somewhere deep inside."""
    joined = {"Fn::Join": ["", [{"Fn::ImportValue": export} for export in exports]]}
    return {"Resources": {"Function": {"Properties": {"Environment": {"Variables": {"X": joined}}}}}}


def test_only_the_stages_own_stacks_that_exist_are_found() -> None:
    cloudformation = FakeCloudFormation(
        stacks=[
            FakeStack(name="ada-thermocline-storage"),
            FakeStack(name="adab-thermocline-storage"),
            FakeStack(name="ada-other"),
            FakeStack(name="ada-thermocline-serving", status="DELETE_COMPLETE"),
            FakeStack(name="ada-thermocline-ingest", status="DELETE_FAILED"),
        ]
    )
    names = {stack.name for stack in deployed_stacks(cloudformation, "ada")}
    assert names == {"ada-thermocline-storage", "ada-thermocline-ingest"}


def test_what_holds_data_is_found_with_what_becomes_of_it() -> None:
    storage = FakeStack(name="ada-thermocline-storage", bucket="lake", table="ledger", template=RETAINED)
    [stack] = deployed_stacks(FakeCloudFormation(stacks=[storage]), "ada")
    assert stack.holders == (
        Holder(kind="bucket", name="lake", kept=True),
        Holder(kind="table", name="ledger", kept=False),
    )
    assert stack.kept == ("AWS::S3::Bucket lake",)


def test_a_stack_without_a_template_yet_is_found() -> None:
    begun = FakeStack(name="ada-thermocline-ingest", status="REVIEW_IN_PROGRESS", template=RETAINED)
    [stack] = deployed_stacks(FakeCloudFormation(stacks=[begun]), "ada")
    assert stack.template == {}


def test_outputs_that_only_stacks_exchange_are_left_out() -> None:
    cloudformation = FakeCloudFormation(stacks=[FakeStack(name="ada-thermocline-ingest"), FakeStack(name="x")])
    assert stage_outputs(cloudformation, "ada") == {"Name": "ada-thermocline-ingest"}


@given(st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_a_stack_goes_before_those_it_imports_from(imports: list[set[int]], shuffled: random.Random) -> None:
    # Each may import from those with a lower number only, as in an app.
    lower = [{other for other in others if other < number} for number, others in enumerate(imports)]
    stacks = [
        DeployedStack(
            name=str(number),
            stack_id=str(number),
            template=importing(*(f"{other}:x" for other in others))
            | {"Outputs": {"X": {"Value": "x", "Export": {"Name": f"{number}:x"}}, "Y": {"Value": "y"}}},
        )
        for number, others in enumerate(lower)
    ]
    shuffled.shuffle(stacks)
    order = [int(stack.name) for stack in deletion_order(stacks)]
    assert sorted(order) == list(range(len(imports)))
    assert all(order.index(number) < order.index(other) for number, others in enumerate(lower) for other in others)
