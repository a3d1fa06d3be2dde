"""An app and its stacks: one stage, and the stage in every name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda
from constructs import Construct, IValidation

from kit.constructs.defaults import DefaultProps, set_default_function_props
from kit.constructs.definition import FunctionProps
from kit.constructs.permissions import Permissions
from kit.errors import DefinitionError
from kit.packaging.package import Project

_STAGE: Final = re.compile(r"[a-z][a-z0-9-]{0,20}")
_APP: Final = re.compile(r"[a-z][a-z0-9-]{0,30}")


class _FunctionDefaults:
    """Methods of apps and stacks that set the defaults of their functions."""

    def set_default_function_props(self: Any, props: DefaultProps) -> None:
        """Set defaults; raise `DefinitionError` once a function exists (see `kit.constructs.defaults`)."""
        set_default_function_props(self, props)

    def add_default_environment(self: Any, environment: Mapping[str, str]) -> None:
        """Add variables for later functions; allowed at any time."""
        set_default_function_props(self, {"environment": environment})

    def add_default_permissions(self: Any, permissions: Permissions) -> None:
        """Add permissions for later functions; allowed at any time."""
        set_default_function_props(self, {"permissions": permissions})

    def add_default_layers(self: Any, layers: Sequence[aws_lambda.ILayerVersion]) -> None:
        """Add layers for later functions; allowed at any time."""
        set_default_function_props(self, {"layers": layers})


class App(cdk.App, _FunctionDefaults):
    """All stacks of one stage.

    Parameters
    ----------
    name
        Every name begins with the stage and this name.
    stage
        The stage, or a function that returns it. The context (``-c stage=``) overrides it.
    root
        The project's folder, where handlers are found; by default the current folder.
    include
        Folders and files of the root that every function's code includes, beside the handler's own folder.
    default_function_props
        Defaults of all functions: properties, or a callable that returns those of a stack.
    """

    def __init__(
        self,
        *,
        name: str,
        stage: str | Callable[[], str] = "dev",
        root: Path | None = None,
        include: Sequence[str] = (),
        default_function_props: DefaultProps | None = None,
        outdir: str | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(outdir=outdir, context=context)
        self.name = _checked(name, _APP, "app name")
        stage_name = self.node.try_get_context("stage") or (stage() if callable(stage) else stage)
        self.stage = _checked(str(stage_name), _STAGE, "stage")
        self.project = Project(root=(root or Path.cwd()).resolve(), include=tuple(include))
        if default_function_props is not None:
            self.set_default_function_props(default_function_props)
        self.node.add_validation(_StackNamesHaveTheStage(self))

    @property
    def name_prefix(self) -> str:
        """Prefix of every name of the stage."""
        return f"{self.stage}-{self.name}"


class Stack(cdk.Stack, _FunctionDefaults):
    """A stack named ``{stage}-{app}-{id}``.

    Parameters
    ----------
    stack_name
        Another name; the stage must be one of its parts, or two stages would overwrite each other.
    default_function_props
        Defaults of the stack's functions; they lie over the app's.

    Raises
    ------
    DefinitionError
        The stack is not in an `App`, or its name lacks the stage.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stack_name: str | None = None,
        description: str | None = None,
        env: cdk.Environment | None = None,
        tags: Mapping[str, str] | None = None,
        termination_protection: bool = False,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        app = scope.node.root
        if not isinstance(app, App):
            raise DefinitionError(f"stack {construct_id!r} belongs in a kit.constructs.App, which knows the stage")
        if stack_name and not has_stage(stack_name, app.stage):
            raise DefinitionError(_lacks_stage(stack_name, app.stage))
        super().__init__(
            scope,
            f"{app.name_prefix}-{construct_id}",
            stack_name=stack_name or f"{app.name_prefix}-{construct_id}",
            description=description,
            env=env,
            tags=tags,
            termination_protection=termination_protection,
        )
        self.app = app
        self.stage = app.stage
        if default_function_props is not None:
            self.set_default_function_props(default_function_props)

    @property
    def name_prefix(self) -> str:
        """Prefix of every name of the stage."""
        return self.app.name_prefix

    def name(self, resource: str) -> str:
        """Return the physical name of a resource: ``{stage}-{app}-{resource}``."""
        return f"{self.name_prefix}-{resource}"

    def output(self, output: str, value: str) -> None:
        """Publish a value under exactly this name, even if a construct has the same id."""
        cdk.CfnOutput(self, f"Output{output}", value=value).override_logical_id(output)


@jsii.implements(IValidation)
class _StackNamesHaveTheStage:
    """A check during synthesis: it reports the stacks (also plain CDK ones) whose names lack the stage."""

    def __init__(self, app: App) -> None:
        self._app = app

    def validate(self) -> list[str]:
        stacks = (node for node in self._app.node.find_all() if isinstance(node, cdk.Stack) and not node.nested)
        names = (stack.stack_name for stack in stacks)
        return [_lacks_stage(name, self._app.stage) for name in names if not has_stage(name, self._app.stage)]


def has_stage(stack_name: str, stage: str) -> bool:
    """Tell whether the stage is one of the parts between hyphens of a stack's name."""
    return f"-{stage}-" in f"-{stack_name}-"


def _lacks_stage(stack_name: str, stage: str) -> str:
    return f"stack name {stack_name!r} lacks the stage: write '{stage}-{stack_name}', or two stages share one stack"


def _checked(text: str, pattern: re.Pattern[str], what: str) -> str:
    if not pattern.fullmatch(text):
        raise DefinitionError(
            f"{what} {text!r} must be lower-case letters, digits and hyphens, and begin with a letter"
        )
    return text
