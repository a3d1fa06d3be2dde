"""The columns of a result: DuckDB's description of them → Athena's names and types."""

from collections.abc import Mapping, Sequence
from typing import Any

from athena_local.analyzer.shown_types import as_trino
from athena_local.analyzer.trino_types import Type
from athena_local.errors import QueryError
from athena_local.execution.own_texts import check_shown
from athena_local.tables.types import OutputColumn, ResultType, result_type
from athena_local.translation.moments import MONTHS, Moment
from athena_local.translation.shapes import UNNAMED


def result_columns(
    description: Sequence[Sequence[Any]],
    moments: Mapping[int, Moment],
    types: Sequence[Type | None],
    names: Sequence[str | None],
) -> tuple[OutputColumn, ...]:
    """Return the columns of a result.

    Parameters
    ----------
    description
        Names and DuckDB's types.
    moments
        The types of columns of times, as `Rewritten` has them.
    types, names
        Trino's types and names, where they can be told.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``: the values of a type have no text here.
    """
    columns = []
    for number, (name, duckdb_type, *_) in enumerate(description):
        told = types[number] if number < len(types) else None
        moment = moments.get(number, moments.get(number - len(description)))
        shown = _shown_type(str(duckdb_type), moment, told)
        told_name = names[number] if number < len(names) else None
        columns.append(OutputColumn(name=_column_name(name, number, told_name), type=shown))
    return tuple(columns)


def _column_name(name: str, number: int, told: str | None) -> str:
    """Return a column's name without the number that DuckDB adds to one that an earlier column has, too."""
    if name.startswith(UNNAMED):
        return f"_col{number}"
    bare = name.rpartition("_")[0]
    return bare if told is not None and bare.lower() == told else name


def _shown_type(duckdb_type: str, moment: Moment | None, told: Type | None) -> ResultType:
    check_shown(told)
    if "GEOMETRY" in duckdb_type and told is None:
        raise QueryError("NOT_SUPPORTED", "a geometry as a result is not implemented offline: select ST_AsText of it")
    if moment is None:
        return as_trino(result_type(duckdb_type), told)
    return ResultType(name=moment.kind) if moment.kind == MONTHS else result_type(duckdb_type)
