from datetime import UTC, datetime

import pytest

from athena_local.tables.catalog import Partition
from athena_local.tables.local_rows import worked_out
from athena_local.tables.pruning import Pruner
from athena_local.tables.scans import Scans
from athena_local.tables.table_uses import TableUse
from tests.athena_local.fakes import FakeCatalog, FakeStore, clicks, columns

TABLE = clicks(keys=columns(n="int", d="date"), parameters={})
USE = TableUse(table=TABLE, columns=frozenset())


def scans(*values: tuple[str, str]) -> Scans:
    catalog = FakeCatalog([TABLE], [Partition(values=each, location="s3://shop/x/") for each in values])
    store = FakeStore({"clicks/a": b"12"})
    return Scans(
        Pruner(catalog=catalog, store=store, keep=lambda _, rows, __: list(rows), clock=lambda: datetime.now(UTC))
    )


def test_the_values_of_keys_are_ordered_by_their_type() -> None:
    domains = scans(("10", "2026-11-01"), ("9", "__HIVE_DEFAULT_PARTITION__"), ("9", "2026-10-01")).domains(USE)
    assert domains is not None
    assert domains["n"].ranges == (("9", "9"), ("10", "10"))
    assert (domains["d"].has_null, domains["d"].ranges) == (
        True,
        (("2026-10-01", "2026-10-01"), ("2026-11-01", "2026-11-01")),
    )


@pytest.mark.parametrize(("number", "expected"), [(32, 32), (33, 1)])
def test_many_values_are_told_by_their_bounds(number: int, expected: int) -> None:
    domains = scans(*((str(each), "2026-11-01") for each in range(number))).domains(USE)
    assert domains is not None
    assert len(domains["n"].ranges) == expected


def test_no_partition_and_no_keys() -> None:
    assert scans().domains(USE) is None
    plain = TableUse(table=clicks(keys=(), parameters={}), columns=frozenset())
    assert scans().domains(plain) == {}
    assert [each.size for each in scans().objects(plain) or []] == [2]
    made = TableUse(table=worked_out("information_schema", "tables", {}), columns=frozenset())
    assert scans().objects(made) is None
