from __future__ import annotations

from typing import Any

from tests.infra.assembly import Stage
from thermocline.streams import load_streams


def deployed(stage: Stage) -> dict[str, Any]:
    (resource,) = [resource for _, resource in stage.resources("Custom::Views")]
    return resource


def test_a_deployment_ends_with_the_function_that_publishes(stage: Stage) -> None:
    template = stage.stacks[f"{stage.config.stage}-thermocline-views"]["Resources"]
    function = deployed(stage)["Properties"]["ServiceToken"]["Fn::GetAtt"][0]
    assert template[function]["Properties"]["FunctionName"] == f"{stage.config.stage}-thermocline-publish"
    assert int(deployed(stage)["Properties"]["ServiceTimeout"]) == template[function]["Properties"]["Timeout"]


def test_it_runs_with_all_of_its_rights(stage: Stage) -> None:
    template = stage.stacks[f"{stage.config.stage}-thermocline-views"]["Resources"]
    policies = {key for key, resource in template.items() if resource["Type"] == "AWS::IAM::Policy"}
    assert policies
    assert policies <= set(deployed(stage)["DependsOn"])


def test_no_template_has_a_view_or_a_warm_table(stage: Stage) -> None:
    tables = {table["Properties"]["TableInput"]["Name"] for _, table in stage.resources("AWS::Glue::Table")}
    names = {contract.table for contract in load_streams().values()}
    assert tables.isdisjoint(names | {f"warm_{name}" for name in names})


def test_it_may_change_views_and_warm_tables_and_no_hot_one(stage: Stage) -> None:
    template = stage.stacks[f"{stage.config.stage}-thermocline-views"]["Resources"]
    resources = [
        str(place)
        for resource in template.values()
        if resource["Type"] == "AWS::IAM::Policy"
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]
        if "glue:UpdateTable" in statement["Action"]
        for place in statement["Resource"]
    ]
    for contract in load_streams().values():
        assert sum(f"/{contract.table}'" in place for place in resources) == 1
        assert sum(f"/warm_{contract.table}'" in place for place in resources) == 1
    assert not any("hot_" in place or "*" in place for place in resources)
