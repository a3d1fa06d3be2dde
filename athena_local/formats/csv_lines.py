"""OpenCSVSerde: CSV whose columns are text on disk.

A column of another type holds what Athena's documentation says: dates are days and timestamps milliseconds since 1970.
"""

from collections.abc import Callable
from functools import partial

from athena_local.formats import values
from athena_local.formats.hive_types import INTEGERS, HiveType
from athena_local.formats.layout import Layout, UnreadableError
from athena_local.formats.rows import Failures, Row

Value = Callable[[str], object]


class CsvRows:
    """A reader of lines.

    Raises
    ------
    UnreadableError
        Characters that cannot be told apart, or a type that Athena does not document for this SerDe.
    """

    def __init__(self, layout: Layout) -> None:
        self._separator, self._quote, self._escape = _characters(layout)
        self._nulls = layout.is_true("use.null.for.invalid.data")
        self._columns = [
            (number, name, _value(type_))
            for number, (name, type_) in enumerate(zip(layout.names, layout.types, strict=True))
        ]

    def row(self, line: bytes, failures: Failures) -> Row:
        """Return the values of a line; missing fields are NULL."""
        fields = self.fields(line.decode(errors="replace"))
        fields += [None] * (len(self._columns) - len(fields))
        return [
            None
            if (text := fields[number]) is None
            else failures.value(name, number, partial(value, text), nulls=self._nulls)
            for number, name, value in self._columns
        ]

    def fields(self, line: str) -> list[str | None]:
        """Split a line; a quoted last field without its closing quote is no value, and neither is an empty line."""
        if not line:
            return []
        if self._quote not in line and self._escape not in line:
            return [*line.split(self._separator)]
        return self._split_quoted(line)

    def _split_quoted(self, line: str) -> list[str | None]:
        fields: list[str | None] = []
        written: list[str] = []
        in_quotes = in_field = False
        position = 0
        while position < len(line):
            character, following = line[position], line[position + 1 : position + 2]
            if character == self._escape:
                if (in_quotes or in_field) and following in (self._quote, self._escape) and following:
                    written.append(following)
                    position += 1
            elif character == self._quote:
                if (in_quotes or in_field) and following == self._quote:
                    written.append(following)
                    position += 1
                else:
                    self._quote_inside(line, position, written)
                    in_quotes = not in_quotes
                in_field = not in_field
            elif character == self._separator and not in_quotes:
                fields.append("".join(written))
                written.clear()
                in_field = False
            else:
                written.append(character)
                in_field = True
            position += 1
        return fields if in_quotes else [*fields, "".join(written)]

    def _quote_inside(self, line: str, position: int, written: list[str]) -> None:
        """Keep a quote in the middle of a field as a character; after spaces alone, the spaces are dropped instead."""
        following = line[position + 1 : position + 2]
        if position <= 2 or line[position - 1] == self._separator or following in ("", self._separator):
            return
        if written and "".join(written).isspace():
            written.clear()
        else:
            written.append(line[position])


def _characters(layout: Layout) -> tuple[str, str, str]:
    separator = (layout.text("separatorChar") or ",")[0]
    quote = (layout.text("quoteChar") or '"')[0]
    escape = (layout.text("escapeChar") or "\\")[0]
    # Hive reads a backslash when the escape is the double quote, which is what it writes by default.
    escape = "\\" if escape == '"' else escape
    if "\0" in (separator, quote, escape) or len({separator, quote, escape}) != 3:
        raise UnreadableError("CSV whose separator, quote and escape are not three characters is not read offline")
    return separator, quote, escape


def _value(type_: HiveType) -> Value:
    if type_.name in INTEGERS:
        return partial(values.integer, bits=INTEGERS[type_.name])
    by_name: dict[str, Value] = {
        "string": str,
        "varchar": lambda text: values.shortened(text, type_.name, type_.numbers),
        "char": lambda text: values.shortened(text, type_.name, type_.numbers),
        "boolean": _boolean,
        "float": values.double,
        "double": values.double,
        "date": lambda text: values.from_days(values.integer(text, 32)),
        "timestamp": lambda text: values.from_milliseconds(values.integer(text, 64)),
    }
    if type_.name not in by_name:
        raise UnreadableError(f"a column of type {type_.name} with OpenCSVSerde is not read offline")
    return by_name[type_.name]


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise values.InvalidError(text)
    return text.lower() == "true"
