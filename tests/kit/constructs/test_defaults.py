from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from kit.constructs import Api, App, Function, Stack, set_default_function_props
from kit.errors import DefinitionError

HANDLER = "lambdas/convert/handler.handler"


def properties(stack: cdk.Stack) -> dict[str, Any]:
    (function,) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").values()
    return dict(function["Properties"])


def test_precedence_is_route_construct_stack_app(app: App, stack: cdk.Stack) -> None:
    environment = dict.fromkeys(("ROUTE", "CONSTRUCT", "STACK", "APP"), "app")
    set_default_function_props(app, {"environment": environment})
    set_default_function_props(stack, {"environment": dict.fromkeys(("ROUTE", "CONSTRUCT", "STACK"), "stack")})
    Api(
        stack,
        "Api",
        default_function_props={"environment": dict.fromkeys(("ROUTE", "CONSTRUCT"), "construct")},
        routes={"GET /": {"function": {"handler": HANDLER, "environment": {"ROUTE": "route"}}}},
    )
    variables = properties(stack)["Environment"]["Variables"]
    assert variables == {"ROUTE": "route", "CONSTRUCT": "construct", "STACK": "stack", "APP": "app"}


def test_app_defaults_may_depend_on_the_stack(app: App) -> None:
    set_default_function_props(app, lambda stack: {"description": f"of {stack.stack_name}"})
    stacks = [Stack(app, name) for name in ("One", "Two")]
    for stack in stacks:
        Function(stack, "F", handler=HANDLER)
    assert [properties(stack)["Description"] for stack in stacks] == ["of test-app-One", "of test-app-Two"]


def test_defaults_of_one_stack_are_not_those_of_another(app: App, stack: cdk.Stack) -> None:
    set_default_function_props(Stack(app, "Other"), {"timeout": 99})
    Function(stack, "F", handler=HANDLER)
    assert properties(stack)["Timeout"] == 10


def test_later_defaults_would_miss_a_function_and_are_refused(app: App, stack: cdk.Stack) -> None:
    Function(stack, "F", handler=HANDLER)
    with pytest.raises(DefinitionError, match="function defaults of test-app-main before its first function"):
        set_default_function_props(stack, {"timeout": 3})
    with pytest.raises(DefinitionError, match="function defaults of the app"):
        set_default_function_props(app, lambda _: {"environment": {}})


def test_environment_may_still_be_added(stack: cdk.Stack) -> None:
    Function(stack, "First", handler=HANDLER)
    set_default_function_props(stack, {"environment": {"NAME": "1"}})
    Function(stack, "Second", handler=HANDLER)
    functions = Template.from_stack(stack).find_resources("AWS::Lambda::Function").items()
    given = {name[:-8]: function["Properties"].get("Environment") for name, function in functions}
    assert given == {"First": None, "Second": {"Variables": {"NAME": "1"}}}
