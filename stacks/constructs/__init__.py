"""Constructs: progressive disclosure over aws-cdk-lib.

A string is enough to begin with; every form takes defaults and overrides; ``.cdk`` is the resource below.
"""

from msgspec import UNSET

from stacks.constructs.api import Api
from stacks.constructs.app import App, Stack
from stacks.constructs.defaults import set_default_function_props
from stacks.constructs.definition import DefinitionError, FunctionProps
from stacks.constructs.function import Function
from stacks.constructs.layer import Layer
from stacks.constructs.permissions import ALL
from stacks.constructs.queue import Queue

__all__ = [
    "ALL",
    "UNSET",
    "Api",
    "App",
    "DefinitionError",
    "Function",
    "FunctionProps",
    "Layer",
    "Queue",
    "Stack",
    "set_default_function_props",
]
