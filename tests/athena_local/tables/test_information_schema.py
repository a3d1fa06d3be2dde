import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from athena_local.errors import QueryError
from athena_local.execution.engine import Engine
from athena_local.execution.resolve import resolve
from athena_local.syntax.dialect import parse
from athena_local.tables.analysis import analyse
from athena_local.tables.catalog import Table
from athena_local.tables.information_schema import InformationSchema
from athena_local.tables.local_rows import LocalRows
from athena_local.tables.parquet_files import ParquetFile
from athena_local.tables.sources import TableName
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import FakeCatalog, clicks, columns


class CountingCatalog(FakeCatalog):
    """A catalog that remembers what it was asked for."""

    def __init__(self, known: list[Table]) -> None:
        super().__init__(known)
        self.asked: list[str] = []

    def tables(self, database: str) -> list[Table]:
        self.asked.append(database)
        return [table for table in self.known if table.database == database]

    def table(self, database: str, name: str) -> Table | None:
        self.asked.append(f"{database}.{name}")
        return next((table for table in self.known if (table.database, table.name) == (database, name)), None)


@pytest.fixture
def catalog() -> CountingCatalog:
    many = [clicks(name=f"t{number}") for number in range(2_000)]
    return CountingCatalog([*many, Table(database="crm", name="orders", columns=columns(id="int"))])


@pytest.fixture
def names(engine: Engine, catalog: CountingCatalog, tmp_path: Path) -> Callable[[str], list[str]]:
    """Return the tables' names in the files that a query reads."""
    schema = InformationSchema(
        catalog=catalog, rows=LocalRows(tmp_path), keep=engine.keep_partitions, type_text=lambda hive: hive
    )

    def read(sql: str) -> list[str]:
        resolved = resolve(parse(sql), sql, catalog=catalog, tables=schema, database="information_schema")
        (use,) = analyse(resolved.tree, sql, resolved.tables)
        return [str(name) for file in schema.files(use) for name in pq.read_table(file.path)["table_name"].to_pylist()]

    return read


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ("table_schema = 'crm' AND table_name = 'orders'", ["crm.orders"]),
        ("table_name IN ('orders', 't1', 'orders') AND table_schema LIKE 'c%'", ["crm.orders", "crm.t1"]),
        ("table_schema IN ('crm', 'nosuch')", ["crm"]),
        ("lower(table_schema) = 'crm' AND table_type = 'VIEW'", ["crm"]),
        ("table_schema = 'nosuch'", []),
        ("table_schema = 'crm' OR table_name = 'orders'", ["crm", "shop"]),
    ],
)
def test_only_what_the_conditions_allow_is_looked_up(
    names: Callable[[str], list[str]], catalog: CountingCatalog, where: str, asked: list[str]
) -> None:
    names(f"SELECT table_name FROM tables WHERE {where}")
    assert catalog.asked == asked


def test_the_columns_of_2000_tables_take_less_than_a_second(names: Callable[[str], list[str]]) -> None:
    started = time.monotonic()
    assert len(names("SELECT * FROM columns WHERE table_schema = 'shop'")) == 8_000
    assert time.monotonic() - started < 1


class Iceberg:
    """Iceberg tables, of which one cannot be read."""

    def table(self, name: TableName) -> Table | None:
        if name.name == "broken":
            raise QueryError("NOT_SUPPORTED", "version 3 of Iceberg is not read offline")
        return Table(database=name.database, name=name.name, columns=columns(at="timestamp(6) with time zone"))

    def files(self, use: TableUse) -> list[ParquetFile]:
        return []


def test_the_types_of_an_iceberg_table_are_its_own(engine: Engine, tmp_path: Path) -> None:
    parameters = {"table_type": "ICEBERG"}
    known = [
        Table(database="shop", name=name, columns=columns(at="timestamp"), parameters=parameters)
        for name in ("broken", "events")
    ]
    rows = LocalRows(tmp_path)
    schema = InformationSchema(
        catalog=FakeCatalog(known), rows=rows, keep=engine.keep_partitions, type_text=str, iceberg=Iceberg()
    )
    table = schema.table(TableName(database="information_schema", name="columns"))
    assert table is not None
    (file,) = schema.files(TableUse(table=table, columns=frozenset()))
    told = pq.read_table(file.path).select(["table_name", "data_type"]).to_pylist()
    assert {"table_name": "events", "data_type": "timestamp(6) with time zone"} in told
    assert "broken" not in [each["table_name"] for each in told]


def test_the_oldest_files_give_way(tmp_path: Path) -> None:
    rows = LocalRows(tmp_path, kept=2)
    table = clicks()
    files = [rows.write(table, [("a", "1", None, "x")]) for _ in range(3)]
    assert [Path(file.path).exists() for file in files] == [False, True, True]
    assert pq.read_table(files[1].path).to_pylist() == [{"id": "a", "n": "1", "at": None, "gen": "x"}]
    assert pq.read_table(rows.write(table, []).path).column_names == ["id", "n", "at", "gen"]
