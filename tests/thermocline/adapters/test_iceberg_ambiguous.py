"""A commit whose answer is lost: the table stays readable, and each generation is in it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.emulator import emulator
from tests.fakes.warm_tables import LosingGlue, WarmTable, row, with_column
from thermocline.errors import CommitFailed

EIGHT, NINE = "2026-11-26-08", "2026-11-26-09"
FAILURES = ("before", "after", "again", "late")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


@pytest.fixture
def losing(url: str) -> tuple[WarmTable, LosingGlue]:
    return losing_table(url)


def losing_table(url: str) -> tuple[WarmTable, LosingGlue]:
    clients: list[LosingGlue] = []

    def lose(true: object) -> LosingGlue:
        clients.append(LosingGlue(true))
        return clients[0]

    table = WarmTable(url, glue=lose)
    return table, clients[0]


def failing(table: WarmTable, glue: LosingGlue, failure: str, gen: str, token: int, numbers: list[int]) -> bool:
    """Commit with a failure, and tell whether the table says that it landed."""
    base = table.catalog.load(table.name)
    change = table.replace(gen, token, numbers, base)
    before = table.object_keys()
    glue.failure = failure
    with pytest.raises(CommitFailed):
        table.catalog.commit(base, change)
    assert before <= table.object_keys(), "nothing is deleted after an error"
    return (gen, token) in table.catalog.load(table.name).commits


@pytest.mark.parametrize("failure", FAILURES)
def test_the_table_itself_says_whether_a_commit_landed(losing: tuple[WarmTable, LosingGlue], failure: str) -> None:
    table, glue = losing
    table.put(EIGHT, 1, [1, 2])
    landed = failing(table, glue, failure, NINE, 2, [3])
    assert landed == (failure in ("after", "again"))
    nine = [(NINE, "e0003")] if landed else []
    assert table.rows() == [(EIGHT, "e0001"), (EIGHT, "e0002"), *nine]
    assert table.catalog.load(table.name).fence == (2 if landed else 1)
    assert (NINE in table.catalog.load(table.name).ids) == landed
    table.put(NINE, 2, [3])
    assert table.rows() == [(EIGHT, "e0001"), (EIGHT, "e0002"), (NINE, "e0003")]


def test_a_commit_that_arrives_after_the_next_holders_is_refused(losing: tuple[WarmTable, LosingGlue]) -> None:
    table, glue = losing
    table.put(EIGHT, 1, [1])
    assert not failing(table, glue, "late", NINE, 2, [3])
    table.put(NINE, 3, [4])
    with pytest.raises(ClientError, match="ConcurrentModification"):
        glue.arrive()
    assert table.rows() == [(EIGHT, "e0001"), (NINE, "e0004")]


def test_a_commit_that_arrives_before_the_next_holders_makes_that_one_start_again(
    losing: tuple[WarmTable, LosingGlue],
) -> None:
    table, glue = losing
    assert not failing(table, glue, "late", EIGHT, 1, [1])
    base = table.catalog.load(table.name)
    change = table.replace(EIGHT, 2, [2], base)
    glue.arrive()
    with pytest.raises(CommitFailed):
        table.catalog.commit(base, change)
    assert table.rows() == [(EIGHT, "e0001")]
    table.put(EIGHT, 2, [2])
    assert table.rows() == [(EIGHT, "e0002")]


def test_a_token_below_the_fence_is_refused(losing: tuple[WarmTable, LosingGlue]) -> None:
    table, _ = losing
    table.put(EIGHT, 5, [1])
    with pytest.raises(CommitFailed, match="token 4 is behind 5"):
        table.put(NINE, 4, [2])
    table.put(NINE, 5, [2])
    assert table.rows() == [(EIGHT, "e0001"), (NINE, "e0002")]


def with_more_columns(table: WarmTable) -> None:
    table.catalog_with(table.glue, with_column(table.contract, "later", "double")).ensure(table.name)


def described(table: WarmTable) -> None:
    known = table.definition()
    kept = {key: known[key] for key in ("Name", "TableType", "Parameters", "StorageDescriptor")}
    table.glue.update_table(DatabaseName=known["DatabaseName"], TableInput=kept | {"Description": "Changed by hand."})


@pytest.mark.parametrize("change_table", [with_more_columns, described])
def test_a_commit_is_refused_after_any_other_change_of_the_table(
    losing: tuple[WarmTable, LosingGlue], change_table: Callable[[WarmTable], None]
) -> None:
    table, _ = losing
    table.put(EIGHT, 1, [1])
    base = table.catalog.load(table.name)
    change = table.replace(NINE, 2, [2], base)
    change_table(table)
    with pytest.raises(CommitFailed, match="concurrent update"):
        table.catalog.commit(base, change)
    table.put(NINE, 2, [2])
    assert table.rows() == [(EIGHT, "e0001"), (NINE, "e0002")]


def test_a_commit_of_a_file_that_is_gone_is_refused(losing: tuple[WarmTable, LosingGlue]) -> None:
    table, _ = losing
    base = table.catalog.load(table.name)
    change = table.replace(EIGHT, 1, [1], base)
    table.s3.delete_object(Bucket="warm-lake", Key=change.add[0].path.removeprefix("s3://warm-lake/"))
    with pytest.raises(CommitFailed, match=r"\.parquet"):
        table.catalog.commit(base, change)
    assert table.rows() == []


@pytest.mark.parametrize("failure", FAILURES)
def test_columns_are_added_whatever_becomes_of_the_answer(losing: tuple[WarmTable, LosingGlue], failure: str) -> None:
    table, glue = losing
    table.put(EIGHT, 1, [1])
    glue.failure = failure
    table.catalog_with(glue, with_column(table.contract, "later", "double")).ensure(table.name)
    assert "later" in table.catalog.schema_of(table.name).names
    if failure == "late":
        with pytest.raises(ClientError, match="ConcurrentModification"):
            glue.arrive()
    assert table.rows() == [(EIGHT, "e0001")]


@pytest.mark.long
@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.sampled_from((EIGHT, NINE)), st.lists(st.integers(0, 99), max_size=2, unique=True)).flatmap(
            lambda change: st.sampled_from((None, None, *FAILURES)).map(lambda failure: (*change, failure))
        ),
        max_size=6,
    )
)
def test_a_generation_has_the_rows_of_its_last_commit_that_landed(
    url: str, changes: list[tuple[str, list[int], str | None]]
) -> None:
    table, glue = losing_table(url)
    wanted: dict[str, list[int]] = {}
    for token, (gen, numbers, failure) in enumerate(changes, start=1):
        if failure is None:
            table.put(gen, token, numbers)
        elif not failing(table, glue, failure, gen, token, numbers):
            continue
        wanted[gen] = numbers
    assert table.rows() == sorted((gen, row(number)["event_id"]) for gen in wanted for number in wanted[gen])
    assert table.catalog.referenced(table.name) >= set(table.catalog.load(table.name).ids.values())
