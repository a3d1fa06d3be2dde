from __future__ import annotations

from typing import Any

import pytest
from aws_cdk.assertions import Template

from kit.constructs import Function, Script, Stack
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, OTHER, allowed, one, properties_of


def runner(stack: Stack) -> dict[str, Any]:
    (properties,) = [f for f in properties_of(stack, "AWS::Lambda::Function") if f["FunctionName"].endswith("-Runner")]
    return properties


@pytest.mark.parametrize("definition", [HANDLER, {"handler": HANDLER}])
def test_function_forms(stack: Stack, definition: Any) -> None:
    Script(stack, "Seed", on_create=definition, parameters={"a": 1}, default_function_props={"timeout": 33})
    resource = one(stack, "Custom::Script")
    assert resource["a"] == 1
    names = {f["FunctionName"]: f["Timeout"] for f in properties_of(stack, "AWS::Lambda::Function")}
    assert names == {"test-app-Seed-OnCreate": 33, "test-app-Seed-Runner": 900}


def test_one_function_for_all_three(stack: Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    script = Script(stack, "Seed", on_create=function, on_update=function, on_delete=function)
    assert len(properties_of(stack, "AWS::Lambda::Function")) == 2
    assert runner(stack)["Environment"]["Variables"].keys() == {"LAKE_ON_CREATE", "LAKE_ON_UPDATE", "LAKE_ON_DELETE"}
    assert set(script.functions) == {"on_create", "on_update", "on_delete"}


def test_runner_may_invoke_the_functions_and_no_more(stack: Stack) -> None:
    stack.set_default_function_props({"permissions": ["s3"], "environment": {"A": "1"}})
    Script(stack, "Seed", on_create=HANDLER)
    assert "lambda:InvokeFunction" in allowed(stack, "Seed-Runner")
    assert "s3:*" not in allowed(stack, "Seed-Runner")
    assert "s3:*" in allowed(stack, "Seed-OnCreate")
    assert runner(stack)["Environment"]["Variables"].keys() == {"LAKE_ON_CREATE"}


def test_script_waits_for_its_functions_rights(stack: Stack) -> None:
    Script(stack, "Seed", on_create=HANDLER).attach_permissions(["sqs:SendMessage"])
    ((_, resource),) = Template.from_stack(stack).find_resources("Custom::Script").items()
    assert [name for name in resource["DependsOn"] if "OnCreateRoleDefaultPolicy" in name]
    (runner_id,) = [name for name in resource["DependsOn"] if name.startswith("SeedRunner")]
    functions = Template.from_stack(stack).find_resources("AWS::Lambda::Function")
    assert [name for name in functions[runner_id]["DependsOn"] if "RunnerRoleDefaultPolicy" in name]


def test_version_changes_with_the_code(stack: Stack) -> None:
    Script(stack, "One", on_create=HANDLER)
    Script(stack, "Two", on_create=OTHER)
    versions = {resource["Version"] for resource in properties_of(stack, "Custom::Script")}
    assert len(versions) == 2


def test_script_that_runs_nothing_is_refused(stack: Stack) -> None:
    with pytest.raises(DefinitionError, match="Seed runs nothing: write on_create"):
        Script(stack, "Seed")


@pytest.mark.parametrize("name", ["ServiceToken", "Version"])
def test_parameters_of_cloudformations_own_are_refused(stack: Stack, name: str) -> None:
    with pytest.raises(DefinitionError, match=f"parameter '{name}' is reserved"):
        Script(stack, "Seed", on_create=HANDLER, parameters={name: "x"})
