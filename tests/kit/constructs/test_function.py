from __future__ import annotations

from typing import Any, cast

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms, aws_lambda
from aws_cdk.assertions import Template

from kit.constructs import UNSET, Function, Stack, set_default_function_props
from kit.constructs.function import to_function
from kit.errors import DefinitionError

HANDLER = "lambdas/convert/handler.handler"


class AppSettings:
    def to_env(self) -> dict[str, str]:
        return {"APP_BUCKET": "files", "APP_TABLE": "notes"}


def properties(stack: cdk.Stack) -> dict[str, Any]:
    (function,) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").values()
    return dict(function["Properties"])


def test_defaults(stack: cdk.Stack) -> None:
    Function(stack, "F", handler=HANDLER)
    function = properties(stack)
    assert function["Handler"] == "lambdas.convert.handler.handler"
    assert (function["MemorySize"], function["Timeout"], function["Runtime"]) == (1024, 10, "python3.14")
    assert function["TracingConfig"] == {"Mode": "Active"}
    assert function["Architectures"] == ["arm64"]
    assert "EphemeralStorage" not in function
    Template.from_stack(stack).has_resource_properties("AWS::Logs::LogGroup", {"RetentionInDays": 30})


@pytest.mark.parametrize("timeout", [90, cdk.Duration.seconds(90)])
def test_timeout_is_in_seconds_or_a_duration(stack: cdk.Stack, timeout: int | cdk.Duration) -> None:
    Function(stack, "F", handler=HANDLER, timeout=timeout)
    assert properties(stack)["Timeout"] == 90


def test_a_disk_of_its_own_is_in_mib(stack: cdk.Stack) -> None:
    Function(stack, "F", handler=HANDLER, disk_mb=2048)
    assert properties(stack)["EphemeralStorage"] == {"Size": 2048}


def test_settings_become_environment_and_the_environment_wins(stack: cdk.Stack) -> None:
    Function(stack, "F", handler=HANDLER, settings=AppSettings(), environment={"APP_TABLE": "mine", "NAME": "1"})
    variables = properties(stack)["Environment"]["Variables"]
    assert variables == {
        "APP_BUCKET": "files",
        "APP_TABLE": "mine",
        "NAME": "1",
    }


def test_key_encrypts_environment_and_logs(stack: cdk.Stack) -> None:
    Function(stack, "F", handler=HANDLER, encryption_key=aws_kms.Key(stack, "Key"), function_name="named")
    template = Template.from_stack(stack)
    (logs,) = template.find_resources("AWS::Logs::LogGroup").values()
    assert logs["Properties"]["LogGroupName"] == "/aws/lambda/named"
    assert logs["Properties"]["KmsKeyId"] == properties(stack)["KmsKeyArn"]


def test_is_an_aws_function_that_is_found_again(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    assert isinstance(function, aws_lambda.Function)
    assert stack.node.find_child("F") is function


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({}, "needs a handler"),
        ({"handler": "handler"}, "not of the form 'path/file.function'"),
        ({"handler": "../secret.x"}, "not of the form"),
        ({"handler": "lambdas/no/such.handler"}, "there is no file lambdas/no/such.py"),
        ({"handler": HANDLER, "runtime": "ruby3.4"}, "runtime 'ruby3.4' is not supported"),
        ({"handler": HANDLER, "log_retention_days": 8}, "logs cannot be kept 8 days"),
        ({"handler": HANDLER, "memorySize": 1}, "did you mean 'memory_size'"),
    ],
)
def test_wrong_use_is_told(stack: cdk.Stack, props: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        Function(stack, "F", **cast(Any, props))


def test_string_and_mapping_make_a_function_over_defaults(stack: cdk.Stack) -> None:
    assert to_function(stack, "A", HANDLER).timeout
    to_function(Stack(stack, "inner"), "B", {"handler": HANDLER, "timeout": 7}, {"timeout": 3, "memory_size": 256})
    function = properties(cast(cdk.Stack, stack.node.find_child("test-app-inner")))
    assert (function["Timeout"], function["MemorySize"]) == (7, 256)


def test_function_is_passed_on(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    assert to_function(stack, "Other", function, {}) is function


def test_function_together_with_defaults_is_refused(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=HANDLER)
    with pytest.raises(DefinitionError, match="test-app-main/F exists already"):
        to_function(stack, "Other", function, {"timeout": 3})


def test_raw_cdk_function_is_refused(stack: cdk.Stack) -> None:
    raw = aws_lambda.Function(
        stack,
        "Raw",
        handler="index.handler",
        runtime=aws_lambda.Runtime.PYTHON_3_13,
        code=aws_lambda.Code.from_inline("x"),
    )
    with pytest.raises(DefinitionError, match=r"pass a kit\.constructs\.Function"):
        to_function(stack, "F", cast(Function, raw))


@pytest.mark.parametrize("reserved", [None, 0, 7])
def test_concurrency_is_reserved_when_asked_for_and_else_explained(stack: cdk.Stack, reserved: int | None) -> None:
    Function(stack, "F", handler=HANDLER, reserved_concurrency=reserved)
    ((_, function),) = Template.from_stack(stack).find_resources("AWS::Lambda::Function").items()
    assert function["Properties"].get("ReservedConcurrentExecutions") == reserved
    explained = {skip["id"] for skip in function["Metadata"]["checkov"]["skip"]}
    assert ("CKV_AWS_115" in explained) is (reserved is None)


def test_properties_are_read_only_and_tell_what_holds(stack: cdk.Stack) -> None:
    function = Function(stack, "F", handler=HANDLER, timeout=7)
    assert (function.props["timeout"], function.props["memory_size"]) == (7, 1024)
    with pytest.raises(TypeError):
        cast(Any, function.props)["timeout"] = 8


def test_handler_below_src_tells_the_offline_runner_where(stack: cdk.Stack) -> None:
    Function(
        stack,
        "F",
        handler="convert/handler.handler",
        src="lambdas",
        packages=["msgspec"],
    )
    function = properties(stack)
    assert function["Handler"] == "convert.handler.handler"
    assert function["Environment"]["Variables"] == {"LAKE_SRC": "lambdas"}


def test_none_and_unset_leave_a_default(stack: cdk.Stack) -> None:
    set_default_function_props(stack, {"timeout": 44, "memory_size": 256})
    Function(stack, "F", handler=HANDLER, timeout=cast(Any, None), memory_size=cast(Any, UNSET))
    assert (properties(stack)["Timeout"], properties(stack)["MemorySize"]) == (44, 256)


def test_import_that_is_not_declared_is_told_while_synthesising(stack: cdk.Stack) -> None:
    message = r"lambdas/convert/handler\.py:\d+ imports '\w+', which is not declared: add '\w+' to packages"
    with pytest.raises(DefinitionError, match=message):
        Function(stack, "F", handler=HANDLER, packages=[])
