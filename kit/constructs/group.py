"""Constructs with named functions: consumers, subscribers, jobs, routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar, cast

from constructs import Construct

from kit.checks import check_keys
from kit.constructs.definition import FunctionDefinition, FunctionProps, frozen, is_given, merge_permissions, to_props
from kit.constructs.function import Function, is_function_definition, to_function
from kit.constructs.permissions import Permissions
from kit.errors import DefinitionError

T = TypeVar("T")


class FunctionGroup(Construct):
    """A construct that gives permissions to all of its functions, also to those that are added later."""

    def __init__(self, scope: Construct, construct_id: str, defaults: FunctionProps | None) -> None:
        super().__init__(scope, construct_id)
        self._defaults = to_props(defaults or {})
        self._functions: dict[str, Function] = {}
        self._permissions: Permissions = []

    @property
    def functions(self) -> Mapping[str, Function]:
        """The functions by name; read-only."""
        return MappingProxyType(self._functions)

    def get_function(self, name: str) -> Function | None:
        """Return a function by its name; raise `DefinitionError` when there is none."""
        if name not in self._functions:
            known = ", ".join(self._functions) or "none"
            raise DefinitionError(f"{self.node.path} has no function {name!r}; there are: {known}")
        return self._functions[name]

    def attach_permissions(self, permissions: Permissions) -> None:
        """Give every function permissions, also those that are added later."""
        for function in dict.fromkeys(self._functions.values()):
            function.attach_permissions(permissions)
        self._permissions = merge_permissions(self._permissions, permissions)

    def attach_permissions_to(self, name: str, permissions: Permissions) -> None:
        """Give one function permissions."""
        cast(Function, self.get_function(name)).attach_permissions(permissions)

    def _add(
        self,
        name: str,
        construct_id: str,
        definition: FunctionDefinition,
        *,
        scope: Construct | None = None,
        defaults: FunctionProps | None = None,
    ) -> Function:
        """Make a function (by default in this construct) and give it the permissions that were attached before."""
        if name in self._functions:
            raise DefinitionError(f"{self.node.path} has {name!r} already: {self._functions[name].node.path}")
        props = self._defaults if defaults is None else defaults
        function = to_function(scope or self, construct_id, definition, props)
        if function not in self._functions.values():
            function.attach_permissions(self._permissions)
        self._functions[name] = function
        return function


def to_target(definition: Any, kind: type[T], what: str, others: frozenset[str] = frozenset()) -> T:
    """Return a frozen `kind` from a function definition, a mapping that wraps one, or the object itself.

    Parameters
    ----------
    others
        Keys beside ``function`` that mark a mapping as one that wraps a target, and not as a function's properties.

    Raises
    ------
    DefinitionError
        It is none of these, or has an unknown key.
    """
    if isinstance(definition, kind):
        return definition
    wraps = isinstance(definition, Mapping) and bool(others & definition.keys())
    if not wraps and is_function_definition(definition):
        definition = {"function": definition}
    if not isinstance(definition, Mapping):
        raise DefinitionError(f"{what} is a function, a mapping with one or a {kind.__name__}; not {definition!r}")
    check_keys(definition, frozenset(field.name for field in fields(cast(Any, kind))), what)
    return kind(**{key: frozen(value) for key, value in definition.items() if is_given(value)})


def given_options(target: Any, *left_out: str) -> dict[str, Any]:
    """Return the fields of a frozen object that have a value, except those that are left out."""
    values = {field.name: getattr(target, field.name) for field in fields(target) if field.name not in left_out}
    return {name: value for name, value in values.items() if is_given(value)}
