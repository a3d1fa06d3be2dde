"""The names of WINDOW, each of which stands for the windows behind it."""

from collections.abc import Iterator, Mapping

from sqlglot import exp

_Told = Iterator[tuple[str, str]]


def check_windows(select: exp.Select) -> _Told:
    """Return the faults of a SELECT's named windows, each as Trino's name and a message."""
    named: dict[str, exp.Window] = {}
    for window in select.args.get("windows") or ():
        name = window.name.lower()
        if name in named:
            yield "DUPLICATE_WINDOW_NAME", f"WINDOW name '{name}' specified more than once"
        yield from _reference(window, named)
        named[name] = window
    for window in select.find_all(exp.Window):
        if window.find_ancestor(exp.Select) is select and window.arg_key != "windows":
            yield from _reference(window, named)


def _reference(window: exp.Window, named: Mapping[str, exp.Window]) -> _Told:
    name = window.alias.lower()
    if not name:
        return
    if name not in named:
        yield "INVALID_WINDOW_REFERENCE", f"Cannot resolve WINDOW name {name}"
        return
    if window.args.get("partition_by"):
        told = "WINDOW specification with named WINDOW reference cannot specify PARTITION BY"
        yield "INVALID_PARTITION_BY", told
    if window.args.get("order") and _is_ordered(named[name], named):
        yield "INVALID_ORDER_BY", "Cannot specify ORDER BY if referenced named WINDOW specifies ORDER BY"


def _is_ordered(window: exp.Window, named: Mapping[str, exp.Window]) -> bool:
    base = named.get(window.alias.lower())
    return bool(window.args.get("order")) or (base is not None and _is_ordered(base, named))
