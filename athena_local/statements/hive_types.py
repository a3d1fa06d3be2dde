"""Types in statements, in the form that the catalog keeps: lower-case and without spaces."""

from athena_local.errors import QueryError
from athena_local.statements.hive_reader import HiveReader

_SIMPLE = {
    **{name: name for name in ("tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "string")},
    **{name: name for name in ("binary", "date", "timestamp", "timestamptz", "time", "uuid")},
    "integer": "int",
}
_MAX_PRECISION = 38
_MAX_LENGTHS = {"char": 255, "varchar": 65535}


def read_type(reader: HiveReader) -> str:
    """Read a type.

    Returns
    -------
    str
        As in Glue, such as ``struct<a:int,b:array<map<string,int>>>``; a plain ``decimal`` is ``decimal(10,0)``.

    Raises
    ------
    QueryError
        There is no such type, or its numbers are out of range.
    InvalidRequestError
        ``MALFORMED_QUERY``: it is not written as a type.
    """
    kind = reader.word().lower()
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind in ("array", "map"):
        return f"{kind}<{','.join(_parts(reader, 1 if kind == 'array' else 2))}>"
    if kind == "struct":
        return f"struct<{','.join(_fields(reader))}>"
    if kind in ("decimal", "numeric"):
        return _decimal(reader)
    if kind in _MAX_LENGTHS:
        return f"{kind}({_length(reader, kind)})"
    raise reader.unknown("column type")


def _parts(reader: HiveReader, count: int) -> list[str]:
    reader.expect("<")
    parts = [read_type(reader)]
    for _ in range(count - 1):
        reader.expect(",")
        parts.append(read_type(reader))
    reader.expect(">")
    return parts


def _fields(reader: HiveReader) -> list[str]:
    def field() -> str:
        name = reader.name()
        reader.expect(":")
        type_ = read_type(reader)
        if reader.skip("COMMENT"):
            reader.text()  # the catalog keeps no comments of fields
        return f"{name}:{type_}"

    reader.expect("<")
    fields = reader.items(field)
    reader.expect(">")
    return fields


def _decimal(reader: HiveReader) -> str:
    numbers = reader.bracketed(reader.number) if reader.sees("(") else [10]
    precision, scale = (*numbers, 0)[:2]
    if len(numbers) > 2 or not 1 <= precision <= _MAX_PRECISION or scale > precision:
        written = ",".join(map(str, numbers))
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"decimal({written}) must have 1 to 38 digits, a scale within")
    return f"decimal({precision},{scale})"


def _length(reader: HiveReader, kind: str) -> int:
    reader.expect("(")
    length = reader.number()
    reader.expect(")")
    if not 1 <= length <= _MAX_LENGTHS[kind]:
        raise QueryError(
            "INVALID_FUNCTION_ARGUMENT", f"{kind}({length}) must have a length of 1 to {_MAX_LENGTHS[kind]}"
        )
    return length
