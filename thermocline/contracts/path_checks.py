"""What is wrong with where a contract's columns come from."""

from __future__ import annotations

from collections.abc import Iterator

from thermocline.contracts.model import PROTOCOLS, Column, Contract
from thermocline.contracts.paths import split_path
from thermocline.contracts.privacy import strength


def path_problems(column: Column, contract: Contract) -> Iterator[str]:
    """Name what is wrong with a column's path."""
    if column.path is None:
        return
    try:
        steps = split_path(column.path)
    except ValueError as error:
        yield f"{column.name}: path {error}"
        return
    if column.written_by == "convert":
        yield from _text_problems(column, steps, contract)
    elif column.written_by != "producer":
        yield f"{column.name}: path is for columns that the producer or convert writes, not {column.written_by}"
    elif contract.protocol in PROTOCOLS and contract.protocol != "rows":
        yield f"{column.name}: path of a producer's column is for tables of protocol rows, not {contract.protocol}"


def holder_problems(contract: Contract) -> Iterator[str]:
    """Name columns that lie inside another one's value, where that is no object, or is of a weaker class.

    A source that withholds the column's class would store the same value inside the other.
    """
    for column, holder in _held(contract):
        if not holder.is_json:
            yield f"{column.name}: path leads into {holder.name}, which is no column of JSON text"
        elif strength(holder) < strength(column):
            yield (
                f"{column.name}: is {column.classification}, so {holder.name}, which holds its value, too, must be at"
                f" least {column.classification}"
            )


def _held(contract: Contract) -> Iterator[tuple[Column, Column]]:
    """Yield each column whose value lies inside another column's, and that other one."""
    steps = {column.name: steps for column in contract.columns if (steps := _steps(column))}
    for column in contract.columns:
        path = steps.get(column.name, ())
        for holder in contract.ingested:
            if column.written_by == "convert":
                is_inside = holder.is_json and path[:1] == (holder.name,)
            else:
                above = steps.get(holder.name, path) if holder.written_by == "producer" else path
                is_inside = len(above) < len(path) and path[: len(above)] == above
            if is_inside:
                yield column, holder


def _steps(column: Column) -> tuple[str, ...]:
    """Return where the value of a column with a path, or of a producer's, lies; nothing where that cannot be told."""
    try:
        return column.steps if column.path is not None or column.written_by == "producer" else ()
    except ValueError:
        return ()


def _text_problems(column: Column, steps: tuple[str, ...], contract: Contract) -> Iterator[str]:
    texts = [each.name for each in contract.ingested if each.is_json]
    if steps[0] not in texts:
        yield (
            f"{column.name}: path begins with {steps[0]}, which is no column of JSON text (encoding: json)"
            + (f", use one of {', '.join(texts)}" if texts else "")
        )
    if len(steps) == 1:
        yield f"{column.name}: path names no member, write e.g. {column.path}.price"
    if column.required:
        yield f"{column.name}: cannot be required, because it is null where the text does not have it"
