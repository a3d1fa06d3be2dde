"""Deployed functions by the short names that people write: `ingest` for `local-thermocline-ingest`."""

from collections.abc import Mapping
from typing import Any

from offline.errors import LakeError


def function_names(client: Any, prefix: str) -> dict[str, str]:
    """Full names by short names of the functions whose name starts with `prefix`, sorted."""
    pages = client.get_paginator("list_functions").paginate()
    names = sorted(function["FunctionName"] for page in pages for function in page["Functions"])
    return {name.removeprefix(prefix): name for name in names if name.startswith(prefix)}


def full_name(names: Mapping[str, str], wanted: str) -> str:
    """The full name of a function; `LakeError` names those there are."""
    if wanted in names:
        return names[wanted]
    if wanted in names.values():
        return wanted
    raise LakeError(f"there is no function {wanted!r}; there are {', '.join(names) or 'none'}")
