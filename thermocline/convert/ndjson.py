"""Raw objects → Arrow tables, block by block.

Blocks are read side by side with those columns of the contract that a sample of their lines has: looking for a column
that no line has costs as much as reading one. A block that is refused is read with all columns, and halved
until only the refused lines are left: they are quarantined, all others are rows as usual.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import IO, Literal, cast

import msgspec
import pyarrow as pa
import pyarrow.json as pj

from thermocline.contracts.arrow import text_schema
from thermocline.convert.frames import Part
from thermocline.events.batch import Refused

_SAMPLED_LINES = 100
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_BLOCK_BYTES = 4 * 1024 * 1024
_LONGEST_LINE = 16 * 1024 * 1024
# Arrow's reader ends the process on a block whose first value is null, and skips any byte of a byte order mark in front
# of a block; neither is ever part of an event. Further on, null is a row without the columns that are required.
_first_is_unreadable = re.compile(rb"(?:[\xef\xbb\xbf]|\s*null)").match

Block = tuple[pa.Table, list[Refused]]
"""The rows of a part of an object, and the lines of it that do not fit."""


def read_ndjson(data: bytes, schema: pa.Schema) -> Block:
    """Return the rows of canonical NDJSON, and the lines that do not fit `schema`, both in order."""
    blocks = list(read_blocks([data], schema))
    tables = [schema.empty_table(), *(table for table, _ in blocks)]
    return pa.concat_tables(tables), [line for _, refused in blocks for line in refused]


def read_blocks(parts: Iterable[Part], schema: pa.Schema) -> Iterator[Block]:
    """Yield what `read_ndjson` returns in blocks of about 4 MiB of text, in order; what was refused stays so.

    Every processor reads a block while the caller does something with an earlier one.
    """
    read = partial(_read_block, schema=schema)
    with ThreadPoolExecutor(pa.cpu_count()) as threads:
        reading: deque[Future[Block]] = deque()
        for block in _blocks(parts):
            reading.append(threads.submit(read, block))
            if len(reading) > 2 * pa.cpu_count():  # blocks that wait for the caller must not fill the memory
                yield reading.popleft().result()
        yield from (block.result() for block in reading)


def _blocks(parts: Iterable[Part]) -> Iterator[pa.Buffer | Refused]:
    """Yield blocks that end at ends of lines; a line may begin in one part and end in the next."""
    waiting, size = [b""], 0
    for part in parts:
        if isinstance(part, Refused):
            yield from _cut(b"".join(waiting))
            yield part
            waiting, size = [b""], 0
            continue
        waiting.append(part)
        size += len(part)
        if size >= _BLOCK_BYTES:
            data = b"".join(waiting)
            # Without any end in so much text there is no line that a record could have held.
            end = data.rfind(b"\n") + 1 or (size if size > _LONGEST_LINE else 0)
            yield from _cut(data, end)
            waiting, size = [data[end:]], len(data) - end
    yield from _cut(b"".join(waiting))


def _cut(text: bytes, length: int | None = None) -> Iterator[pa.Buffer]:
    """Yield blocks of a text, or of its beginning, without copying."""
    whole, start, length = pa.py_buffer(text), 0, len(text) if length is None else length
    while start < length:
        end = text.find(b"\n", start + _BLOCK_BYTES, length) + 1 or length
        yield whole.slice(start, end - start)
        start = end


def _sampled_schema(block: pa.Buffer, schema: pa.Schema) -> pa.Schema:
    names = _sampled_names(block.to_pybytes())
    return pa.schema([field for field in schema if field.name in names or not field.nullable])


def _sampled_names(data: bytes) -> set[str]:
    names: set[str] = set()
    for start in range(0, len(data), max(len(data) // _SAMPLED_LINES, 1)):
        line_start, line_end = data.rfind(b"\n", 0, start) + 1, data.find(b"\n", start)
        try:
            names.update(_decode_members(data[line_start : line_end if line_end >= 0 else None]))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue  # the reader will say what is wrong with it
    return names


def _read_block(block: pa.Buffer | Refused, *, schema: pa.Schema) -> Block:
    if isinstance(block, Refused):
        return schema.empty_table(), [block]
    try:
        return _widened(_read(block, _sampled_schema(block, schema)), schema), []
    except (pa.ArrowInvalid, UnicodeDecodeError):
        parts = list(_halve(block.to_pybytes().split(b"\n"), schema))
    tables = [schema.empty_table(), *(part for part in parts if isinstance(part, pa.Table))]
    return pa.concat_tables(tables), [part for part in parts if isinstance(part, Refused)]


def _widened(table: pa.Table, schema: pa.Schema) -> pa.Table:
    for field in schema:
        if field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table.select(schema.names)


def _halve(lines: list[bytes], schema: pa.Schema) -> Iterator[pa.Table | Refused]:
    data = b"\n".join(lines)
    if not data.strip():
        return
    try:
        yield _read(data, schema)
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        if len(lines) == 1:
            yield Refused(raw=data, reason=_reason(data), detail=_detail(data, schema, error))
            return
        middle = len(lines) // 2
        yield from _halve(lines[:middle], schema)
        yield from _halve(lines[middle:], schema)


def _read(
    data: bytes | pa.Buffer, schema: pa.Schema, unexpected_field: Literal["error", "ignore"] = "error"
) -> pa.Table:
    if _first_is_unreadable(data):
        raise pa.ArrowInvalid("JSON parse error: a line is null or begins with a byte order mark")
    table = pj.read_json(
        cast(IO[bytes], pa.BufferReader(data)),  # read without a copy; the stubs know of files only
        read_options=pj.ReadOptions(block_size=len(data) + 1, use_threads=False),
        parse_options=pj.ParseOptions(explicit_schema=text_schema(schema), unexpected_field_behavior=unexpected_field),
    )
    # Arrow takes any bytes for text until it is asked to look.
    table.validate(full=True)
    return table.select(schema.names).cast(schema)


def _reason(line: bytes) -> str:
    try:
        line.decode()
        msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError):
        return "malformed"
    return "invalid"


def _detail(line: bytes, schema: pa.Schema, error: Exception) -> str:
    """Return why a line is refused; Arrow's parse errors name columns, but its conversion errors quote values."""
    if str(error).startswith("JSON parse error"):
        return str(error)
    return "; ".join(f"{field.name}: is not {field.type}" for field in schema if not _fits(line, field))


def _fits(line: bytes, field: pa.Field[pa.DataType]) -> bool:
    try:
        _read(line, pa.schema([field]), "ignore")
    except (pa.ArrowInvalid, UnicodeDecodeError):
        return False
    return True
