import re
from collections.abc import Mapping

import pytest

from athena_local.errors import QueryError
from athena_local.tables.catalog import Table
from athena_local.tables.file_checks import check_files
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import columns

TABLE = Table(database="shop", name="t", columns=columns(a="int", b="array<char(2)>", c="odd"), location="s3://shop/t/")


def check(
    used: set[str],
    failures: Mapping[str, tuple[str, str]] | None = None,
    *,
    schema: tuple[tuple[str, str, str], ...] = (),
) -> None:
    file = ParquetFile(path="x", address="s3://shop/x", schema=schema, column_bytes={}, failures=failures or {})
    check_files(TableUse(table=TABLE, columns=frozenset(used)), [file])


def test_a_failure_counts_if_its_column_is_used() -> None:
    check({"c"}, {"a": ("HIVE_BAD_DATA", "wrong")})
    with pytest.raises(QueryError, match=r"HIVE_BAD_DATA: wrong \(s3://shop/x\)"):
        check({"a"}, {"a": ("HIVE_BAD_DATA", "wrong")})


def test_a_failure_of_a_row_counts_if_any_column_is_used() -> None:
    failure = {"": ("HIVE_CURSOR_ERROR", "no JSON")}
    check(set(), failure)
    with pytest.raises(QueryError, match="HIVE_CURSOR_ERROR: no JSON"):
        check({"c"}, failure)


def test_a_type_that_does_not_fit_is_told_with_its_file() -> None:
    message = "Field a's type DOUBLE in parquet file s3://shop/x is incompatible with type int defined in table schema"
    check({"c"}, schema=(("A", "DOUBLE", "None"),))
    with pytest.raises(QueryError, match=re.escape(f"HIVE_BAD_DATA: {message}")):
        check({"a"}, schema=(("A", "DOUBLE", "None"),))


def test_chars_inside_of_other_types_are_refused() -> None:
    with pytest.raises(QueryError, match=r"NOT_SUPPORTED: .*: b"):
        check({"b"})
