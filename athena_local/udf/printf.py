"""Trino's `format`: Java's format strings over values of SQL."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from athena_local.errors import QueryError
from athena_local.udf.json_text import double_text
from athena_local.udf.python_functions import Functions, PythonFunction

_FIELD = re.compile(r"%(\d+\$|<)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([tT]?[A-Za-z%])")
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_JAVA = {
    "VARCHAR": "java.lang.String", "DOUBLE": "java.lang.Double", "FLOAT": "java.lang.Float",
    "BOOLEAN": "java.lang.Boolean", "DATE": "java.time.LocalDate", "TIMESTAMP": "java.time.LocalDateTime",
}  # fmt: skip
_TIMES = {
    "Y": "%Y", "m": "%m", "d": "%d", "H": "%H", "M": "%M", "S": "%S", "F": "%Y-%m-%d", "T": "%H:%M:%S",
    "j": "%j",
    "B": "%B", "b": "%b", "h": "%b", "A": "%A", "a": "%a", "y": "%y", "R": "%H:%M", "I": "%I", "D": "%m/%d/%y",
    "e": "%-d", "k": "%-H", "l": "%-I", "r": "%I:%M:%S %p",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Value:
    """An argument: DuckDB's type and text; the type is empty for NULL."""

    type: str
    text: str

    @property
    def java(self) -> str:
        if self.type in _INTEGERS:
            return "java.lang.Long"
        return _JAVA.get(self.type, "java.math.BigDecimal")


def _format(pattern: str, arguments: list[str]) -> str:
    values = [_Value(type=type_, text=text) for type_, _, text in (each.partition(":") for each in arguments)]
    counter = iter(range(1, len(pattern) + 2))
    latest = 0

    def field(match: re.Match[str]) -> str:
        nonlocal latest
        position, flags, width, _, conversion = match.groups()
        if conversion in "%n":
            return _padded("%" if conversion == "%" else "\n", flags, width)
        number = latest if position == "<" else int(position[:-1]) if position else next(counter)
        if not 0 < number <= len(values):
            raise _invalid(pattern, f"MissingFormatArgument: Format specifier '{match[0]}'")
        latest = number
        if set(flags) & set("#") or ("0" in flags and "-" in flags):
            raise QueryError("NOT_SUPPORTED", f"the flags '{flags}' of a format are not implemented offline")
        text = _converted(values[number - 1], match, pattern)
        return _padded(text.upper() if conversion[0].isupper() else text, flags, width)

    if "%" in _FIELD.sub("", pattern):
        raise _invalid(pattern, "UnknownFormatConversion: Conversion = '%'")
    return _FIELD.sub(field, pattern)


def _invalid(pattern: str, why: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid format string: {pattern} ({why})")


def _padded(text: str, flags: str, width: str | None) -> str:
    return text.ljust(int(width or 0)) if "-" in flags else text.rjust(int(width or 0))


def _converted(value: _Value, field: re.Match[str], pattern: str) -> str:
    _, flags, width, precision, conversion = field.groups()
    kind = conversion.lower() if conversion[0] not in "tT" else "t"
    if kind not in ("s", "b", "d", "x", "o", "f", "e", "g", "t", "c"):
        if kind in "ah":
            raise QueryError("NOT_SUPPORTED", f"%{conversion} in a format is not implemented offline")
        raise _invalid(pattern, f"UnknownFormatConversion: Conversion = '{conversion}'")
    if kind in "sb":
        text = _shown(value) if kind == "s" else _boolean(value)
        return text[: int(precision)] if precision is not None else text
    if not value.type:
        return "null"
    if kind == "t" and value.type in ("DATE", "TIMESTAMP"):
        return _time(value, conversion[1], pattern)
    if kind in "dxo" and value.type in _INTEGERS:
        return _integer(int(value.text), flags, width, kind)
    if kind in "feg" and (value.type in ("DOUBLE", "FLOAT") or value.type.startswith("DECIMAL")):
        return _fraction(value.text, flags, width, int(precision or 6) if precision != "0" else 0, kind)
    shown = conversion[-1] if kind == "t" else conversion
    raise _invalid(pattern, f"IllegalFormatConversion: {shown} != {value.java}")


def _boolean(value: _Value) -> str:
    return (value.text if value.type == "BOOLEAN" else "true") if value.type else "false"


def _shown(value: _Value) -> str:
    if not value.type:
        return "null"
    if value.type in ("DOUBLE", "FLOAT"):
        return double_text(float(value.text))
    if value.type == "TIMESTAMP":
        day, _, time = value.text.partition(" ")
        clock, _, fraction = time.partition(".")
        clock = clock if fraction or not clock.endswith(":00") else clock[:-3]
        return f"{day}T{clock}" + (f".{fraction.ljust(3 if len(fraction) <= 3 else 6, '0')}" if fraction else "")
    return value.text


def _time(value: _Value, letter: str, pattern: str) -> str:
    moment = datetime.fromisoformat(value.text) if value.type == "TIMESTAMP" else date.fromisoformat(value.text)
    if letter not in _TIMES:
        raise QueryError("NOT_SUPPORTED", f"%t{letter} in a format is not implemented offline")
    if letter in "HMSTRIklr" and value.type == "DATE":
        raise _invalid(pattern, "UnsupportedTemporalType: Unsupported field: HourOfDay")
    return moment.strftime(_TIMES[letter])


def _integer(number: int, flags: str, width: str | None, kind: str) -> str:
    if kind != "d":
        return _signed(format(number % 2**64, kind), "", flags.replace(",", ""), width)
    return _signed(format(abs(number), "," if "," in flags else ""), "-" if number < 0 else "", flags, width)


def _fraction(text: str, flags: str, width: str | None, digits: int, kind: str) -> str:
    number = Decimal(text)
    if not number.is_finite():
        return double_text(float(text))
    negative = "-" if number.is_signed() else ""
    number = abs(number)
    if kind == "g":
        kind, digits = _general(number, digits or 1)
    if kind == "e":
        exponent = number.adjusted() if number else 0
        scaled = number.scaleb(-exponent).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if scaled >= 10:
            exponent, scaled = exponent + 1, (scaled / 10).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return _signed(f"{scaled}e{exponent:+03d}", negative, flags, width)
    rounded = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return _signed(format(rounded, ",f" if "," in flags else "f"), negative, flags, width)


def _general(number: Decimal, precision: int) -> tuple[str, int]:
    """Return what %g becomes, and its digits: %f for 0.0001 to 10 ** precision, otherwise %e."""
    if not number:
        return "f", precision - 1
    rounded = round(number, precision - 1 - number.adjusted())
    if Decimal("0.0001") <= rounded < Decimal(10) ** precision:
        return "f", max(precision - 1 - rounded.adjusted(), 0)
    return "e", precision - 1


def _signed(digits: str, sign: str, flags: str, width: str | None) -> str:
    closing = ")" if sign and "(" in flags else ""
    opening = "(" if closing else sign or ("+" if "+" in flags else " " if " " in flags else "")
    if "0" in flags:
        digits = digits.rjust(int(width or 0) - len(opening) - len(closing), "0")
    return f"{opening}{digits}{closing}"


def _number_text(text: str) -> str:
    """Return a number in Trino's short form: ``1.23M``."""
    number = _whole(Decimal(text))
    size = abs(number)
    for unit, power in (("Q", 15), ("T", 12), ("B", 9), ("M", 6), ("K", 3), ("", 0)):
        if size >= 10**power or not power:
            scaled = number.scaleb(-power)
            places = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
            shown = format(scaled.quantize(Decimal(1).scaleb(-places)), "f")
            return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + unit
    raise AssertionError


def _whole(number: Decimal) -> Decimal:
    """Return the number as a bigint of Java: without its fraction, and 0 for NaN."""
    if number.is_nan():
        return Decimal(0)
    return Decimal(int(max(min(number, Decimal(2**63 - 1)), Decimal(-(2**63)))))


def _unformattable(type_: str) -> str:
    raise QueryError("NOT_SUPPORTED", f"line 1:1: Type not supported for formatting: {type_.lower()}, offline")


FORMAT_FUNCTIONS: Functions = {
    "java_unformattable": PythonFunction(row=_unformattable, takes=("VARCHAR",), returns="VARCHAR"),
    "java_format": PythonFunction(row=_format, takes=("VARCHAR", "VARCHAR[]"), returns="VARCHAR"),
    "java_format_number": PythonFunction(row=_number_text, takes=("VARCHAR",), returns="VARCHAR"),
}
