"""Ids that lost characters on their way: U+FFFD replaced all that were lost, so two ids may have become one."""

from __future__ import annotations

from collections.abc import Mapping

from thermocline.errors import RefusedEvent

REPLACEMENT = b"\xef\xbf\xbd"
_LOST = "\ufffd"
IDS = ("event_id", "user_id", "anonymous_id", "previous_id", "group_id", "session_id", "device_id", "metric", "pk")


def check_ids(columns: Mapping[str, object]) -> None:
    """Refuse an event whose ids lost characters; in other text a lost character is no reason to lose the rest.

    Raises
    ------
    RefusedEvent
        Names the columns.
    """
    damaged = [name for name in IDS if isinstance(value := columns.get(name), str) and _LOST in value]
    if damaged:
        raise RefusedEvent(
            "invalid", "; ".join(f"{name}: characters were lost, so it may be two ids" for name in damaged)
        )
