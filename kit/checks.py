"""Checks of what a person wrote in a definition."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from kit.errors import DefinitionError


def check_keys(properties: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    """Raise `DefinitionError` on an unknown key, and suggest the key that was probably meant."""
    for key in properties:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; use one of {', '.join(sorted(known))}"
            raise DefinitionError(f"{what} has no property {key!r}{hint}")
