import pytest

from athena_local.errors import QueryError
from athena_local.statements.catalog_answers import CatalogAnswer, answer
from athena_local.statements.kinds import classify
from athena_local.tables.catalog import Partition
from athena_local.tables.types import Row
from tests.athena_local.fakes import FakeCatalog, clicks

CATALOG = FakeCatalog(
    [clicks(), clicks(name="orders"), clicks(name="plain", parameters={})],
    [Partition(values=("a/b",), location="s3://x/")],
)


def answered(sql: str) -> CatalogAnswer:
    statement = classify(sql)
    return answer(statement.substatement, statement.text, CATALOG, "shop")


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SHOW DATABASES", [["shop"]]),
        ("SHOW SCHEMAS LIKE 'x*'", []),
        ("SHOW TABLES", [["clicks"], ["orders"], ["plain"]]),
        ("SHOW TABLES IN `shop` 'cl*|or*'", [["clicks"], ["orders"]]),
        ("SHOW TABLES '.*S'", [["clicks"], ["orders"]]),
        ("SHOW TABLES '*l*'", [["clicks"], ["plain"]]),
        ("SHOW TABLES LIKE '[op].*|nosuch'", [["orders"], ["plain"]]),
        ("SHOW TABLES 'c'", []),
        ("SHOW DATABASES LIKE '.*hop'", [["shop"]]),
        ("SHOW COLUMNS FROM shop.clicks", [[f"{name:20}"] for name in ("id", "n", "at", "gen")]),
        ("SHOW COLUMNS IN clicks FROM shop", [[f"{name:20}"] for name in ("id", "n", "at", "gen")]),
        ("SHOW PARTITIONS plain", [["gen=a%2Fb"]]),
        ("SHOW PARTITIONS clicks", [["gen=a%2Fb"]]),
    ],
)
def test_answers(sql: str, rows: list[Row]) -> None:
    assert answered(sql).rows == rows


def test_describe_shows_the_partition_keys_twice() -> None:
    rows = answered("DESCRIBE clicks").rows
    described = [(line or "").split("\t") for (line,) in rows]
    assert described[0] == ["id".ljust(20), "string".ljust(20), " " * 20]
    assert described.count(["gen".ljust(20), "string".ljust(20), " " * 20]) == 2


def test_a_missing_table_is_named() -> None:
    with pytest.raises(QueryError, match=r"TABLE_NOT_FOUND: Table 'awsdatacatalog\.shop\.nosuch' does not exist"):
        answered("DESCRIBE nosuch")
