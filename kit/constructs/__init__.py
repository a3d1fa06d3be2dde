"""Constructs: progressive disclosure over aws-cdk-lib.

A string is enough to begin with; every form takes defaults and overrides; ``.cdk`` is the resource below. A construct
loads its part of CDK when it is first used, because loading all of CDK takes seconds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgspec import UNSET

    from kit.constructs.api import Api, Route
    from kit.constructs.app import App, Stack
    from kit.constructs.bucket import Bucket
    from kit.constructs.consumers import StreamConsumer
    from kit.constructs.cron import Cron, Job
    from kit.constructs.defaults import set_default_function_props
    from kit.constructs.definition import FunctionProps
    from kit.constructs.event_bus import EventBus, Rule
    from kit.constructs.function import Function
    from kit.constructs.layer import Layer
    from kit.constructs.notifications import Notification
    from kit.constructs.permissions import ALL
    from kit.constructs.queue import Consumer, Queue
    from kit.constructs.script import Script
    from kit.constructs.stream import Stream
    from kit.constructs.table import Table
    from kit.constructs.topic import Subscriber, Topic

_MODULES = {
    "ALL": "permissions",
    "UNSET": "definition",
    "Api": "api",
    "App": "app",
    "Bucket": "bucket",
    "Consumer": "queue",
    "Cron": "cron",
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
