import pytest

from athena_local.statements.alter_statement import AlterTable, read_alter
from athena_local.statements.table_changes import (
    AddColumns,
    AddPartitions,
    Change,
    ChangeColumn,
    DropColumn,
    DropPartitions,
    RenamePartition,
    RenameTable,
    ReplaceColumns,
    SetLocation,
    SetProperties,
)
from athena_local.tables.catalog import Column

X = Column(name="x", type="int")


@pytest.mark.parametrize(
    ("words", "change"),
    [
        (
            "ADD IF NOT EXISTS PARTITION (day='1', `n`=-2) LOCATION 's3://b/' PARTITION (day=DATE '2026-11-22', n=3)",
            AddPartitions(
                partitions=(({"day": "1", "n": "-2"}, "s3://b/"), ({"day": "2026-11-22", "n": "3"}, None)),
                if_not_exists=True,
            ),
        ),
        (
            "drop partition (day='1'), partition (n=2)",
            DropPartitions(specs=({"day": "1"}, {"n": "2"}), if_exists=False),
        ),
        ("DROP IF EXISTS PARTITION (n=1.5)", DropPartitions(specs=({"n": "1.5"},), if_exists=True)),
        ("PARTITION (n=1) RENAME TO PARTITION (n=2)", RenamePartition(old={"n": "1"}, new={"n": "2"})),
        ("SET LOCATION 's3://b/'", SetLocation(location="s3://b/")),
        ("PARTITION (n=1) SET LOCATION 's3://b/'", SetLocation(location="s3://b/", partition={"n": "1"})),
        ("SET TBLPROPERTIES ('a'='b', 'c' = \"d\")", SetProperties(properties={"a": "b", "c": "d"})),
        ("ADD COLUMNS (X int)", AddColumns(columns=(X,))),
        ("PARTITION (n=1) ADD COLUMNS (x int)", AddColumns(columns=(X,), partition={"n": "1"})),
        ("REPLACE COLUMNS (x int)", ReplaceColumns(columns=(X,))),
        ("PARTITION (n=1) REPLACE COLUMNS (x int)", ReplaceColumns(columns=(X,), partition={"n": "1"})),
        ("CHANGE a x int", ChangeColumn(old="a", new=X)),
        ("CHANGE COLUMN a x int FIRST", ChangeColumn(old="a", new=X, is_first=True)),
        ("CHANGE COLUMN a x int AFTER `b`", ChangeColumn(old="a", new=X, after="b")),
        ("DROP COLUMN x", DropColumn(name="x")),
        ("RENAME TO other.u", RenameTable(database="other", name="u")),
    ],
)
def test_changes(words: str, change: Change) -> None:
    assert read_alter(f"ALTER TABLE Shop.`T` {words}") == AlterTable(database="shop", name="t", change=change)
