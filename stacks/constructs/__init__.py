"""Constructs: progressive disclosure over aws-cdk-lib.

A string is enough to begin with; every form takes defaults and overrides; ``.cdk`` is the resource below. An app
imports those that it uses: each loads its own part of CDK, which takes seconds for all of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgspec import UNSET

    from stacks.constructs.api import Api, Route
    from stacks.constructs.app import App, Stack
    from stacks.constructs.bucket import Bucket
    from stacks.constructs.consumers import StreamConsumer
    from stacks.constructs.cron import Cron, Job
    from stacks.constructs.defaults import set_default_function_props
    from stacks.constructs.definition import DefinitionError, FunctionProps
    from stacks.constructs.event_bus import EventBus, Rule
    from stacks.constructs.function import Function
    from stacks.constructs.layer import Layer
    from stacks.constructs.notifications import Notification
    from stacks.constructs.permissions import ALL
    from stacks.constructs.queue import Consumer, Queue
    from stacks.constructs.script import Script
    from stacks.constructs.stream import Stream
    from stacks.constructs.table import Table
    from stacks.constructs.topic import Subscriber, Topic

_MODULES = {
    "ALL": "permissions",
    "UNSET": "definition",
    "Api": "api",
    "App": "app",
    "Bucket": "bucket",
    "Consumer": "queue",
    "Cron": "cron",
    "DefinitionError": "definition",
    "EventBus": "event_bus",
    "Function": "function",
    "FunctionProps": "definition",
    "Job": "cron",
    "Layer": "layer",
    "Notification": "notifications",
    "Queue": "queue",
    "Route": "api",
    "Rule": "event_bus",
    "Script": "script",
    "Stack": "app",
    "Stream": "stream",
    "StreamConsumer": "consumers",
    "Subscriber": "topic",
    "Table": "table",
    "Topic": "topic",
    "set_default_function_props": "defaults",
}

__all__ = [
    "ALL",
    "UNSET",
    "Api",
    "App",
    "Bucket",
    "Consumer",
    "Cron",
    "DefinitionError",
    "EventBus",
    "Function",
    "FunctionProps",
    "Job",
    "Layer",
    "Notification",
    "Queue",
    "Route",
    "Rule",
    "Script",
    "Stack",
    "Stream",
    "StreamConsumer",
    "Subscriber",
    "Table",
    "Topic",
    "set_default_function_props",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
