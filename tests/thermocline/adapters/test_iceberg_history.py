"""What trace reads of a table's metadata is what the catalog committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.emulator import emulator
from tests.fakes.warm_tables import BUCKET, DATABASE, WarmTable, row
from thermocline.adapters.iceberg_history import IcebergHistory, KnownFile

GENS = ("2026-11-26-08", "2026-11-26-09")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmTable]:
    folder: Path = tmp_path_factory.mktemp("history")
    with emulator(folder) as url:
        yield WarmTable(url)


def history(table: WarmTable) -> IcebergHistory:
    contracts = {table.name: table.contract}
    return IcebergHistory(glue=table.glue, s3=table.s3, bucket=BUCKET, database=DATABASE, contracts=contracts)


def test_a_table_has_its_files_commits_and_identities(table: WarmTable) -> None:
    assert (state := history(table).load(table.name)) is not None
    assert (state.files, state.commits, state.ids) == ([], [], {})
    for token, gen in enumerate(GENS, start=1):
        base = table.catalog.load(table.name)
        change = table.replace(gen, token, [token], base)
        table.catalog.commit(base, change)
    assert (state := history(table).load(table.name)) is not None
    base = table.catalog.load(table.name)
    known = {file.path.removeprefix(f"s3://{BUCKET}/") for file in table.catalog.files(base)}
    assert {file.key for file in state.files} == known
    assert [(commit.gens, commit.token) for commit in state.commits] == [((GENS[1],), 2), ((GENS[0],), 1)]
    assert state.ids == base.ids
    assert GENS[1] in state.files[0].key, "the newest file comes first"
    assert [file.may_have(row(2)["event_id"]) for file in state.files] == [True, False]


def test_a_file_that_was_replaced_is_gone(table: WarmTable) -> None:
    table.put(GENS[1], 3, [4])
    assert (state := history(table).load(table.name)) is not None
    assert len(state.files) == len(table.catalog.files(table.catalog.load(table.name)))
    assert any(file.may_have(row(4)["event_id"]) for file in state.files)


def test_a_table_that_is_not_there_is_none(table: WarmTable) -> None:
    other = replace(table.contract, table="nothing")
    reader = IcebergHistory(
        glue=table.glue, s3=table.s3, bucket=BUCKET, database=DATABASE, contracts={table.name: other}
    )
    assert reader.load(table.name) is None


def test_bounds_that_were_cut_short_hide_nothing() -> None:
    file = KnownFile(key="k", sequence=1, first=b"aaaa", last=b"bbbb")
    assert [file.may_have(text) for text in ("aaaa", "aaab", "bbbbzz", "bbbc", "a")] == [True, True, True, False, False]
    assert KnownFile(key="k", sequence=1, first=None, last=None).may_have("x")
