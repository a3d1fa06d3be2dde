import pyarrow as pa
import pytest

from athena_local.formats.hive_types import HiveType, arrow_type, parse_type


def test_nested_types() -> None:
    type_ = parse_type("STRUCT<Id:int, tags:array<map<string,decimal(10,2)>>>")
    assert type_.fields == ("id", "tags")
    assert type_.items[1].items[0].items[1] == HiveType("decimal", (10, 2))
    assert arrow_type(type_) == pa.struct(
        [("id", pa.int32()), ("tags", pa.list_(pa.map_(pa.string(), pa.decimal128(10, 2))))]
    )


@pytest.mark.parametrize(
    "text", ["", "text", "varchar", "int(3)", "array<int", "map<int>", "struct<a>", "uniontype<int>", "array"]
)
def test_what_is_no_type(text: str) -> None:
    with pytest.raises(ValueError, match="unsupported Hive type"):
        parse_type(text)
