"""The bytes of `.metadata` objects, of which some that Athena wrote are publicly known."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from athena_local.api.columns_file import columns_file, engine_query_id
from athena_local.tables.types import OutputColumn, ResultType

ID = "20190423_125128_00001_ehtur"


def column(name: str, type_: str, precision: int = 0, scale: int = 0) -> OutputColumn:
    return OutputColumn(name=name, type=ResultType(name=type_, precision=precision, scale=scale))


def fields(body: bytes) -> list[tuple[int, int | bytes]]:
    """Read a message: each field's number with its value."""
    read: list[tuple[int, int | bytes]] = []
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = body[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(body):
        tag = varint()
        value = varint()
        if tag & 7 == 2:
            read.append((tag >> 3, body[at : at + value]))
            at += value
        else:
            read.append((tag >> 3, value))
    return read


def test_the_same_bytes_as_athena_for_an_array() -> None:
    expected = bytes.fromhex(
        "0a1b32303139303432335f3132353132385f30303030315f656874757222190a"
        "046869766522036172792a0361727932056172726179"
        "4803"
    )
    assert columns_file(ID, [column("ary", "array")]) == expected


def test_what_is_told_of_a_column_depends_on_its_type() -> None:
    columns = [
        column("n", "decimal", 10, 2),
        column("b", "boolean"),
        column("d", "date"),
        column("s", "varchar", 2147483647),
        column("t", "string"),
    ]
    told = [dict(fields(value)) for number, value in fields(columns_file(ID, columns)) if number == 4]  # type: ignore[arg-type]
    assert [(each.get(7), each.get(8), each[9], each.get(10)) for each in told] == [
        (10, 2, 3, 0),
        (None, None, 3, 0),
        (None, 0, 3, 0),
        (2147483647, 0, 3, 1),
        (None, None, 3, None),
    ]


def test_rows_that_were_written_are_counted() -> None:
    body = columns_file("q", [column("rows", "bigint", 19)], wrote="INSERT", rows=0)
    assert fields(body)[:3] == [(1, b"q"), (2, b"INSERT"), (3, 0)]


@given(names=st.lists(st.text(min_size=1, max_size=300)), identifier=st.text(min_size=1))
def test_names_of_any_length_can_be_read_back(names: list[str], identifier: str) -> None:
    (first, id_), *columns = fields(columns_file(identifier, [column(name, "integer", 10) for name in names]))
    assert (first, id_) == (1, identifier.encode())
    labels = [dict(fields(value)) for _, value in columns]  # type: ignore[arg-type]
    assert [label[4] for label in labels] == [label[5] for label in labels] == [name.encode() for name in names]


def test_an_id_in_the_engines_form() -> None:
    started = datetime(2026, 9, 17, 8, 53, 44, tzinfo=UTC).timestamp()
    assert engine_query_id("k6s5b-more", started, 100_007) == "20260917_085344_00007_k6s5b"
