"""The values of partitions, as Hive names folders after them and as Glue keeps them."""

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from athena_local.errors import QueryError
from athena_local.tables.text_rows import scalar_text

# What stands for NULL, and for an empty text.
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_ESCAPED = re.compile(r"[\x00-\x1f\"#%'*/:=?\\\x7f{\[\]^]")
_KINDS = (
    pa.types.is_string, pa.types.is_integer, pa.types.is_boolean, pa.types.is_date, pa.types.is_decimal
)  # fmt: skip


def check_partition_type(name: str, type_: pa.DataType) -> None:
    """Refuse a partition key of a type whose values are not folders' names offline."""
    if not any(is_kind(type_) for is_kind in _KINDS):
        raise QueryError("NOT_SUPPORTED", f"partition keys of the type {type_} are not written offline ('{name}')")


def value_texts(column: Any) -> list[str]:
    """Return the values of a partition key as Glue keeps them.

    Raises
    ------
    QueryError
        ``HIVE_INVALID_PARTITION_VALUE``: a text has other characters than printable ASCII.
    """
    return [NO_VALUE if value is None else _checked(scalar_text(value, column.type)) for value in column.to_pylist()]


def _checked(text: str) -> str:
    if not re.fullmatch(r"[\x20-\x7e]*", text):
        raise QueryError(
            "HIVE_INVALID_PARTITION_VALUE",
            "Hive partition keys can only contain printable ASCII characters (0x20 - 0x7E). "
            f"Invalid value: {text.encode().hex(' ').upper()}",
        )
    return text or NO_VALUE


def folder_name(keys: Sequence[str], values: Sequence[str]) -> str:
    """Return the folders of a partition below its table's: ``a=1/b=x%3Ay/``."""
    return "".join(f"{escaped(key)}={escaped(value)}/" for key, value in zip(keys, values, strict=True))


def escaped(text: str) -> str:
    """Return a text as Hive writes it in a folder's name."""
    return _ESCAPED.sub(lambda match: f"%{ord(match.group()):02X}", text)
