"""Functions that run while a stack is deployed: when it is created, updated, or deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, cast

import aws_cdk as cdk
from aws_cdk import aws_lambda
from constructs import Construct

from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.function import Function
from kit.constructs.group import FunctionGroup
from kit.errors import DefinitionError
from kit.runtime.script import HANDLER, RESERVED, variable

RESOURCE_TYPE: Final = "Custom::Script"
_LONGEST_SECONDS: Final = 900


class Script(FunctionGroup):
    """Functions that run at deploy time; when one fails, the deployment fails and is rolled back.

    A function receives ``{"RequestType": "Create" | "Update" | "Delete", **parameters}``. An update runs only when the
    code or the parameters have changed, and not with every deployment.

    Parameters
    ----------
    on_create, on_update, on_delete
        Function definitions; at least one.
    parameters
        Parameters for the functions; CloudFormation turns numbers and truth values into text.
    default_function_props
        Defaults of the functions that are defined here.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        on_create: FunctionDefinition | None = None,
        on_update: FunctionDefinition | None = None,
        on_delete: FunctionDefinition | None = None,
        parameters: Mapping[str, Any] | None = None,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        definitions = {"Create": on_create, "Update": on_update, "Delete": on_delete}
        if not any(definitions.values()):
            raise DefinitionError(f"{self.node.path} runs nothing: write on_create, on_update or on_delete")
        if reserved := RESERVED & (parameters or {}).keys():
            raise DefinitionError(f"{self.node.path}: parameter {min(reserved)!r} is reserved; choose another name")
        for kind, definition in definitions.items():
            if definition is not None:
                self._add(f"on_{kind.lower()}", f"On{kind}", definition)
        runner = self._runner(definitions)
        self.cdk = cdk.CustomResource(
            self,
            "Default",
            service_token=runner.function_arn,
            resource_type=RESOURCE_TYPE,
            properties={**(parameters or {}), "Version": self._version()},
        )
        # The functions need their permissions before the resource runs, and still when the stack is deleted.
        self.cdk.node.add_dependency(runner, *(function.role for function in self._distinct() if function.role))

    def _runner(self, definitions: Mapping[str, FunctionDefinition | None]) -> Function:
        runner = _Runner(
            self,
            "Runner",
            handler=HANDLER,
            description=f"Runs {self.node.path} for CloudFormation",
            memory_size=256,
            timeout=_LONGEST_SECONDS,
            environment={
                variable(kind): self._functions[f"on_{kind.lower()}"].function_name
                for kind, definition in definitions.items()
                if definition is not None
            },
        )
        for function in self._distinct():
            function.grant_invoke(runner)
        return runner

    def _distinct(self) -> list[Function]:
        return list(dict.fromkeys(self._functions.values()))

    def _version(self) -> str:
        """Return a text that changes when the functions' code or handlers change."""
        stack = cdk.Stack.of(self)
        resources = [function.node.default_child for function in self._distinct()]
        codes = [
            [stack.resolve(resource.code), resource.handler]
            for resource in resources
            if isinstance(resource, aws_lambda.CfnFunction)
        ]
        return hashlib.sha256(json.dumps(codes, sort_keys=True).encode()).hexdigest()[:16]


class _Runner(Function):
    """The function that CloudFormation calls; it takes no links or permissions from the app's defaults."""

    @staticmethod
    def inherited(defaults: FunctionProps) -> FunctionProps:
        props = {key: value for key, value in defaults.items() if key in {"log_retention_days", "encryption_key"}}
        return cast(FunctionProps, props)
