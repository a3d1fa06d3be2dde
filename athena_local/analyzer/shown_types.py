"""The types of a result's columns, as Trino tells them."""

from athena_local.analyzer.coercions import INTEGERS
from athena_local.analyzer.trino_types import Type
from athena_local.tables.types import ResultType, result_type

# Types that DuckDB has not.
_OWN = ("geometry", "sphericalgeography", "ipaddress")


def as_trino(shown: ResultType, type_: Type | None) -> ResultType:  # noqa: PLR0911  (one per family of types)
    """Return the type of a result's column as Trino tells it, where DuckDB's values have the same text."""
    if type_ is None:
        return shown
    numbers = ("unknown", *INTEGERS)
    if type_.name in numbers and shown.name in numbers:
        return result_type("NULL" if type_.name == "unknown" else type_.name.upper())
    if type_.name == "decimal" and shown.name in ("decimal", *INTEGERS) and type_.numbers[1] == shown.scale:
        return ResultType(name="decimal", precision=type_.numbers[0], scale=type_.numbers[1])
    if type_.name in ("varchar", "char") and shown.name == "varchar" and type_.numbers and type_.is_exact:
        return ResultType(name=type_.name, precision=type_.numbers[0])
    if type_.name in _OWN:
        return result_type("UUID") if type_.name == "ipaddress" else ResultType(name=type_.name)
    if type_.name in ("array", "map", "row", "varchar") and shown.name == "integer":  # a NULL
        return ResultType(name=type_.name)
    return shown
