"""Checks of what a person wrote in a definition."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from kit.errors import DefinitionError


def check_keys(given: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    """Raise `DefinitionError` on a key that is not known, with the key that was probably meant."""
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(sorted(known))}"
            raise DefinitionError(f"{what} has no property {key!r}{hint}")
