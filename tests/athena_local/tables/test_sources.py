from dataclasses import replace

from athena_local.tables.catalog import Table
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.sources import AllTables, TableName, WithoutRows
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import clicks

FILE = ParquetFile(path="a.parquet", address="s3://shop/a", schema=(), column_bytes={})


class One:
    """A kind that has one table, and one file for it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def table(self, name: TableName) -> Table | None:
        return clicks(name=self._name) if name.name == self._name else None

    def files(self, use: TableUse) -> list[ParquetFile]:
        return [replace(FILE, address=f"s3://shop/{self._name}")]


def test_the_first_kind_that_knows_a_name_has_its_rows() -> None:
    tables = AllTables([One("clicks"), One("orders"), One("clicks")])
    orders, clicks_ = (tables.table(TableName(database="shop", name=name)) for name in ("orders", "clicks"))
    assert orders is not None
    assert clicks_ is not None
    addresses = [tables.files(TableUse(table=table, columns=frozenset()))[0].address for table in (orders, clicks_)]
    assert addresses == ["s3://shop/orders", "s3://shop/clicks"]
    assert clicks_.source == 0
    assert tables.table(TableName(database="shop", name="carts")) is None


def test_without_rows_the_tables_are_there_and_their_files_are_not() -> None:
    tables = WithoutRows(One("clicks"))
    table = tables.table(TableName(database="shop", name="clicks"))
    assert table is not None
    assert tables.files(TableUse(table=table, columns=frozenset())) == []
