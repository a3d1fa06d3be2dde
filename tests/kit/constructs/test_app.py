from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3
from aws_cdk.assertions import Template

from kit.constructs import App, Function, FunctionProps, Stack
from kit.constructs.app import has_stage
from kit.errors import DefinitionError
from tests.kit.constructs.conftest import CONTEXT

PROJECT = Path(__file__).parents[1] / "project"
HANDLER = "lambdas/convert/handler.handler"


def test_names_begin_with_stage_and_app(app: App) -> None:
    stack = Stack(app, "notes")
    assert stack.stack_name == "test-app-notes"
    assert stack.name("table") == "test-app-table"
    assert (stack.stage, stack.app) == ("test", app)


def test_stage_of_the_context_wins(tmp_path: Path) -> None:
    assert App(name="app", stage="dev", outdir=str(tmp_path), context={"stage": "prod"}).stage == "prod"


@pytest.mark.parametrize(
    ("name", "stage"), [("App", "dev"), ("", "dev"), ("app", "Prod"), ("app", "1st"), ("app", "a_b")]
)
def test_wrong_names_are_refused(name: str, stage: str) -> None:
    with pytest.raises(DefinitionError, match="must be lower-case letters"):
        App(name=name, stage=stage)


def test_stack_belongs_in_an_app_that_knows_the_stage() -> None:
    with pytest.raises(DefinitionError, match=r"belongs in a kit\.constructs\.App"):
        Stack(cdk.App(), "notes")


@pytest.mark.parametrize(
    ("name", "has"), [("dev-app", True), ("app-dev", True), ("my-dev-app", True), ("dev", True), ("device-app", False)]
)
def test_stage_is_a_part_of_a_stacks_name(name: str, has: bool) -> None:
    assert has_stage(name, "dev") is has


def test_stack_name_of_ones_own_needs_the_stage(app: App) -> None:
    assert Stack(app, "one", stack_name="mine-test").stack_name == "mine-test"
    with pytest.raises(DefinitionError, match="stack name 'mine' lacks the stage: write 'test-mine'"):
        Stack(app, "two", stack_name="mine")


def test_synth_refuses_a_raw_stack_whose_name_lacks_the_stage(app: App) -> None:
    cdk.Stack(app, "test-raw")
    cdk.Stack(app, "Raw")
    with pytest.raises(RuntimeError, match="stack name 'Raw' lacks the stage") as error:
        app.synth()
    assert "test-raw" not in str(error.value).replace("'test-Raw'", "")


def test_function_is_named_by_stage_app_and_id(stack: Stack) -> None:
    Function(stack, "Create", handler=HANDLER)
    ((_, function),) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").items()
    ((_, logs),) = Template.from_stack(stack).find_resources("AWS::Logs::LogGroup").items()
    assert function["Properties"]["FunctionName"] == "test-app-Create"
    assert logs["Properties"]["LogGroupName"] == "/aws/lambda/test-app-Create"


def test_long_function_names_are_cut_and_stay_different(stack: Stack) -> None:
    names = [Function(stack, "Very" * 20 + end, handler=HANDLER).props for end in ("One", "Two")]
    functions = Template.from_stack(stack).find_resources("AWS::Lambda::Function").values()
    assert len(names) == len({function["Properties"]["FunctionName"] for function in functions}) == 2
    assert {len(function["Properties"]["FunctionName"]) for function in functions} == {64}


def test_function_of_a_raw_stack_is_named_by_cloudformation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.py").write_text("def main(event, context): ...")
    monkeypatch.chdir(tmp_path)
    stack = cdk.Stack(cdk.App(outdir=str(tmp_path / "cdk.out"), context=CONTEXT), "Raw")
    Function(stack, "F", handler="main.main")
    ((_, function),) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").items()
    assert "FunctionName" not in function["Properties"]


def environment(stack: Stack) -> dict[str, str]:
    ((_, function),) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").items()
    variables: dict[str, str] = function["Properties"].get("Environment", {}).get("Variables", {})
    return variables


def of_stack(stack: cdk.Stack) -> FunctionProps:
    return {"environment": {"A": stack.stack_name, "B": "app"}}


def test_defaults_at_app_and_stack_level(tmp_path: Path) -> None:
    app = App(
        name="app",
        stage="test",
        root=PROJECT,
        include=("lambdas",),
        outdir=str(tmp_path),
        default_function_props=of_stack,
    )
    stack = Stack(app, "main", default_function_props={"environment": {"B": "stack"}})
    Function(stack, "F", handler=HANDLER)
    assert environment(stack) == {"A": "test-app-main", "B": "stack"}


def test_environment_permissions_and_layers_may_be_added_after_functions_exist(app: App, stack: Stack) -> None:
    Function(stack, "First", handler=HANDLER)
    stack.add_default_environment({"A": "1"})
    app.add_default_permissions(["sqs:SendMessage"])
    app.add_default_layers([])
    with pytest.raises(DefinitionError, match="before its first function"):
        stack.set_default_function_props({"timeout": 3})
    second = Function(stack, "Second", handler=HANDLER)
    assert second.props["environment"] == {"A": "1"}
    assert "sqs:SendMessage" in str(Template.from_stack(stack).find_resources("AWS::IAM::Policy"))


def test_nested_stacks_need_no_name(app: App, stack: Stack) -> None:
    aws_s3.Bucket(cdk.NestedStack(stack, "Nested"), "Bucket")
    app.synth()
