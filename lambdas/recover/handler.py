"""`lake replay --from-quarantine` → a recovery from quarantine → what became of the rows, or what was wrong."""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from thermocline.bootstrap.recover import recover
from thermocline.contracts import load_contracts
from thermocline.errors import Terminal, Transient
from thermocline.recover.model import Choice
from thermocline.streams import contract_of

logger = logging.getLogger("thermocline")
logger.setLevel(logging.INFO)


class _Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows are to come back; a dry run only tells what would."""

    choice: Choice
    dry_run: bool = True


class _Problem(msgspec.Struct, frozen=True):
    """Why the call came to no end; with `again` the next one goes on with it."""

    problem: str
    again: bool


def handler(event: dict[str, Any], context: object) -> Any:
    """Bring the rows back that an event names; errors of ours are data."""
    asked = msgspec.convert(event, _Asked)
    try:
        contract_of(asked.choice.table, load_contracts())
        answer: object = recover()(asked.choice, dry_run=asked.dry_run)
    except (Terminal, Transient) as error:
        logger.warning("%s: %s: %s", asked.choice.table, type(error).__name__, error)
        answer = _Problem(str(error), isinstance(error, Transient))
    return msgspec.to_builtins(answer)
