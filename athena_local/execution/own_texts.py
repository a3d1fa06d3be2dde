"""Texts of types that DuckDB has not: their values are bytes there."""

from collections.abc import Callable
from typing import Final

from athena_local.analyzer.trino_types import Type
from athena_local.errors import QueryError
from athena_local.udf import addresses
from athena_local.udf.shape_texts import computed_text, text_of
from athena_local.udf.shapes import read

OwnForm = Callable[[bytes], str]
_FORMS: Final[dict[str, OwnForm]] = {
    "geometry": lambda data: text_of(read(data)),
    "sphericalgeography": lambda data: text_of(read(data)),
    "ipaddress": addresses.text_of,
}
_WITHOUT: Final = ("bingtile", "hyperloglog", "setdigest")


def own_form(type_: Type | None) -> OwnForm | None:
    """Return what writes a value of a type; None for a type that DuckDB has."""
    if type_ is not None and type_.name == "geometry" and type_.numbers:
        return lambda data: computed_text(read(data))
    return _FORMS.get(type_.name) if type_ is not None else None


def check_shown(type_: Type | None) -> None:
    """Refuse a column whose values have no text here.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``
    """
    if type_ is None:
        return
    if type_.name in _WITHOUT:
        raise QueryError("NOT_SUPPORTED", f"a {type_} as a result is not implemented offline")
    if type_.name in ("map", "row") and any(map(_is_own, type_.items)):
        raise QueryError("NOT_SUPPORTED", f"a {type_} as a result is not implemented offline")
    for item in type_.items:
        check_shown(item)


def _is_own(type_: Type) -> bool:
    return type_.name in _FORMS or any(map(_is_own, type_.items))
