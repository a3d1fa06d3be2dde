"""Which of Trino's types become which: on their own, and by CAST."""

from typing import Final

from athena_local.analyzer.trino_types import UNKNOWN_LENGTH, Type
from athena_local.errors import QueryError

INTEGERS: Final = ("tinyint", "smallint", "integer", "bigint")
NUMBERS: Final = (*INTEGERS, "decimal", "real", "double")
TEXTS: Final = ("varchar", "char")
_DIGITS: Final = {"tinyint": 3, "smallint": 5, "integer": 10, "bigint": 19}
_TIMES: Final = ("date", "timestamp", "timestamptz")
_INCOMPARABLE: Final = ("hyperloglog", "setdigest", "sphericalgeography", "function")
_UNORDERED: Final = ("json", "map", "geometry", "bingtile", *_INCOMPARABLE)
_FROM_TEXT: Final = ("jsonpath", "joniregexp", "codepoints", "likepattern")


def common(a: Type, b: Type) -> Type | None:  # noqa: PLR0911  (one line per family of types)
    """Return the type that values of both become; None when there is none."""
    if a == b or b.name == "unknown":
        return a
    if a.name == "unknown":
        return b
    if a.name == b.name == "geometry":
        return Type("geometry", (1,))
    if a.name in NUMBERS and b.name in NUMBERS:
        return _number(a, b)
    if a.name in TEXTS and b.name in TEXTS:
        return _text(a, b)
    if a.name in _TIMES and b.name in _TIMES:
        later = max(a.name, b.name, key=_TIMES.index)
        return Type(later, (max((*a.numbers, *b.numbers), default=0),))
    if {a.name, b.name} == {"time", "timetz"} or (a.name == b.name and a.name in ("time", "timetz")):
        return Type(max(a.name, b.name), (max(*a.numbers, *b.numbers),))
    if a.name == b.name and a.items and len(a.items) == len(b.items):
        return _nested(a, b)
    return None


def _nested(a: Type, b: Type) -> Type | None:
    items = [common(x, y) for x, y in zip(a.items, b.items, strict=True)]
    names = tuple(x if x == y else None for x, y in zip(a.fields, b.fields, strict=False))
    return None if None in items else Type(a.name, (), tuple(each for each in items if each), names)


def _number(a: Type, b: Type) -> Type:
    wider = max(a.name, b.name, key=NUMBERS.index)
    if wider != "decimal":
        return Type(wider)
    (p, s), (q, t) = decimal(a), decimal(b)
    scale = max(s, t)
    return Type("decimal", (min(38, max(p - s, q - t) + scale), scale))


def decimal(number: Type) -> tuple[int, int]:
    """Return precision and scale of a decimal, or of the one that holds an integer type."""
    return (number.numbers[0], number.numbers[1]) if number.name == "decimal" else (_DIGITS[number.name], 0)


def _text(a: Type, b: Type) -> Type:
    name = "char" if "char" in (a.name, b.name) else "varchar"
    if not a.numbers or not b.numbers:
        return Type("varchar") if name == "varchar" else Type("char", (65536,))
    unknown = UNKNOWN_LENGTH in (*a.numbers, *b.numbers)
    return Type(name, (UNKNOWN_LENGTH if unknown else max(*a.numbers, *b.numbers),))


def coerces(actual: Type, formal: Type) -> bool:
    """Tell whether a value may stand where `formal` is expected; lengths and precisions do not matter."""
    if actual.name in ("unknown", formal.name) and not (actual.items and formal.items):
        return True
    if formal.name in _FROM_TEXT:
        return actual.name in TEXTS
    if actual.name == "decimal" and formal.name in INTEGERS:
        return False
    joint = common(actual, formal)
    return joint is not None and joint.name == formal.name


def orderable(type_: Type) -> bool:
    """Tell whether values can be sorted."""
    return type_.name not in _UNORDERED and all(map(orderable, type_.items))


def comparable(type_: Type) -> bool:
    """Tell whether values can be equal."""
    return type_.name not in _INCOMPARABLE and all(map(comparable, type_.items))


_SCALARS: Final = (*NUMBERS, *TEXTS, "boolean", "json")
_CASTS: Final = {
    **dict.fromkeys((*NUMBERS, "boolean"), (*NUMBERS, "boolean", "varchar", "json")),
    "char": ("char", "varchar", "json"),
    **dict.fromkeys(("varchar",), (*_SCALARS, "date", "time", "timetz", "timestamp", "timestamptz", "uuid", "ipaddress",
                            "varbinary", "interval day to second", "interval year to month")),
    "date": ("date", "timestamp", "timestamptz", "varchar", "json"),
    "timestamp": ("date", "time", "timetz", "timestamp", "timestamptz", "varchar", "json"),
    "timestamptz": ("date", "time", "timetz", "timestamp", "timestamptz", "varchar"),
    "time": ("time", "timetz", "timestamp", "timestamptz", "varchar"),
    "timetz": ("time", "timetz", "timestamp", "timestamptz", "varchar"),
    "varbinary": ("varbinary", "uuid", "ipaddress", "hyperloglog", "p4hyperloglog"),
    "uuid": ("uuid", "varchar", "varbinary"),
    "ipaddress": ("ipaddress", "varchar", "varbinary"),
    "json": ("json", *NUMBERS, "boolean", "varchar", "array", "map", "row"),
    **dict.fromkeys(("geometry", "sphericalgeography"), ("geometry", "sphericalgeography")),
    "bingtile": ("bingtile", "bigint"),
    **dict.fromkeys(("hyperloglog", "setdigest"), ("varbinary",)),
    "array": ("array", "json"),
    "map": ("map", "json"),
    "row": ("row", "json"),
}  # fmt: skip


def castable(source: Type, target: Type) -> bool:  # noqa: PLR0911  (one per family of types)
    """Tell whether Trino has such a cast."""
    if source.name == "unknown" or source == target:
        return True
    if source.name not in _CASTS:
        return True
    if target.name not in _CASTS[source.name]:
        return False
    if source.name == target.name and source.items:
        pairs = zip(source.items, target.items, strict=False)
        return len(source.items) == len(target.items) and all(castable(a, b) for a, b in pairs)
    if source.name == "json":
        return all(castable(source, each) for each in target.items)
    if target.name == "json":
        return all(castable(each, target) for each in source.items)
    return True


def summed(a: Type, b: Type, operator: str) -> Type | None:
    """Return the type of an arithmetic operation on numbers, as Trino derives it."""
    if "decimal" not in (a.name, b.name) or "double" in (a.name, b.name) or "real" in (a.name, b.name):
        return _number(a, b)
    (p, s), (q, t) = decimal(a), decimal(b)
    if operator in "+-":
        return Type("decimal", (min(38, max(p - s, q - t) + max(s, t) + 1), max(s, t)))
    if operator == "*":
        return Type("decimal", (min(38, p + q), s + t)) if s + t <= 38 else _too_fine(s + t)
    if operator == "/":
        scale = max(s, t)
        return Type("decimal", (min(38, p + t + max(t - s, 0)), scale))
    return Type("decimal", (min(p - s, q - t) + max(s, t), max(s, t)))


def _too_fine(scale: int) -> Type:
    message = f"DECIMAL scale must be in range [0, precision (38)]: {scale}"
    raise QueryError("INVALID_FUNCTION_ARGUMENT", message)
