"""The values of partitions, as Hive names folders after them and as Glue keeps them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from athena_local.errors import QueryError
from athena_local.tables.partition_names import NO_VALUE, partition_name
from athena_local.tables.text_rows import scalar_text

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
    return [NO_VALUE if value is None else _checked(_text(value, column.type)) for value in column.to_pylist()]


def _text(value: Any, type_: pa.DataType) -> str:
    """Return a value's text: a year has four digits, and a decimal no zeros at its end, as in Hive."""
    if isinstance(value, date):
        return value.isoformat()
    text = scalar_text(value, type_)
    return text.rstrip("0").rstrip(".") if isinstance(value, Decimal) and "." in text else text


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
    return f"{partition_name(keys, values)}/" if keys else ""
