"""CloudFormation's event at the end of a deployment, or a table's name → the views."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from kit.runtime import script
from thermocline.bootstrap.publish import end_deploy, publish

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)


def handler(event: dict[str, Any], context: object) -> None:
    """Publish the table that an event names, or bring all warm tables and views to their contracts."""
    if "ResponseURL" in event:
        answer(event, _end_deploy, script.send)
    elif table := event.get("table"):
        publish()(table)
    else:
        _end_deploy()


def _end_deploy() -> None:
    end_deploy()()  # wired here, so that what the wiring lacks is answered, too


def answer(event: dict[str, Any], end: Callable[[], None], send: script.Answer) -> None:
    """End a deployment, and tell CloudFormation how it went; a stack that is deleted leaves all as it is."""

    def error_of(_function: str, _event: dict[str, Any]) -> str | None:
        try:
            end()
        except Exception as error:  # a deployment that gets no answer waits for one
            logger.exception("the warm tables and views could not be brought to their contracts")
            return f"{type(error).__name__}: {error}"
        return None

    kinds = {script.variable(kind): "the deployment's end" for kind in ("Create", "Update")}
    script.run(event, kinds, invoke=error_of, answer=send)
