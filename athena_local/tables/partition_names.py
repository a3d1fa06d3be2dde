"""The names of partitions, as Hive writes them: ``day=2026-11-22/city=a%2Fb``."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

# What stands for NULL, and for an empty text.
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_ESCAPED = re.compile(r"[\x00-\x1f\x7f\"#%'*/:=?\\{\[\]^]")


def partition_name(keys: Sequence[str], values: Sequence[str]) -> str:
    """Return the name of a partition, which is also its folder below its table's."""
    return "/".join(f"{escaped(key)}={escaped(value) or NO_VALUE}" for key, value in zip(keys, values, strict=True))


def partition_values(name: str, keys: Sequence[str]) -> tuple[str, ...] | None:
    """Return the values in a name; None when its keys are others, or in another order or case."""
    pairs = [part.partition("=") for part in name.split("/")]
    if [unquote(key) for key, _, _ in pairs] != list(keys) or not all(sign and value for _, sign, value in pairs):
        return None
    return tuple(unquote(value) for _, _, value in pairs)


def escaped(text: str) -> str:
    """Return a text as Hive writes it in a name: some characters as ``%XX``."""
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", text)
