"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Tests of a house that uses no kit run without it, too (see `checks.alone`).
if find_spec("kit"):
    from kit.nodejs import node_folder

    # CDK's own process starts with the first import of aws_cdk; the machine may have no Node of its own.
    os.environ["JSII_NODE"] = str(node_folder() / "node")

_SHARED = ("athena_local/endpoint", "e2e", "infra", "offline/processes")

settings.register_profile(
    "thermocline", deadline=None, max_examples=60, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("thermocline")


def pytest_configure(config: pytest.Config) -> None:
    # geoip2fast's source has such sequences; Python warns when it compiles it the first time.
    for category in ("DeprecationWarning", "SyntaxWarning"):
        config.addinivalue_line("filterwarnings", f"ignore:.*invalid escape sequence:{category}")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep what shares a costly fixture in one worker: a deployed lake, synthesised templates, an emulator."""
    path = Path(item.path).relative_to(Path(__file__).parent)
    shared = next((folder for folder in _SHARED if path.is_relative_to(folder)), path)
    item.add_marker(pytest.mark.xdist_group(str(shared)))


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Have a failure's text in a form that pytest-xdist can send.

    A lone surrogate in it would end the worker, and the run without a summary.
    """
    report = yield
    return _sendable(report)


def _sendable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, dict):
        return {_sendable(key): _sendable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_sendable(inner) for inner in value)
    return value
