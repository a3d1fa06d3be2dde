"""Default function properties of an app or a stack.

Precedence: a route's own properties > its construct's ``default_function_props`` > the stack's > the app's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from weakref import WeakKeyDictionary, WeakSet

import aws_cdk as cdk
from constructs import Construct, IConstruct

from kit.constructs.definition import FunctionProps, merge_props, to_props
from kit.errors import DefinitionError

DefaultProps: TypeAlias = "FunctionProps | Callable[[cdk.Stack], FunctionProps]"

_ADDITIVE = frozenset({"environment", "permissions", "layers"})

_defaults: WeakKeyDictionary[IConstruct, list[DefaultProps]] = WeakKeyDictionary()
_in_use: WeakSet[IConstruct] = WeakSet()


def set_default_function_props(scope: cdk.App | cdk.Stack, props: DefaultProps) -> None:
    """Set defaults of the later functions of an app or a stack.

    Parameters
    ----------
    props
        Properties, or (for an app) a callable that returns those of a stack.

    Raises
    ------
    DefinitionError
        A function exists already, and would lack them. Environment, permissions and layers are still allowed, for
        later functions.
    """
    if scope in _in_use and (callable(props) or not _ADDITIVE.issuperset(to_props(props))):
        raise DefinitionError(f"set the function defaults of {scope.node.path or 'the app'} before its first function")
    _defaults.setdefault(scope, []).append(props)


def default_props_of(scope: Construct) -> FunctionProps:
    """Return the defaults that hold in a scope: the app's, under the stack's."""
    stack = cdk.Stack.of(scope)
    merged: FunctionProps = {}
    for owner in (stack.node.root, stack):
        _in_use.add(owner)
        for props in _defaults.get(owner, ()):
            merged = merge_props(merged, to_props(props(stack) if callable(props) else props))
    return merged
