"""A view's query over generated rows: each is there once, in order of its columns, wherever the watermark is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thermocline.contracts import load_contracts
from thermocline.publish.since import key_of
from thermocline.publish.view import view_columns, view_sql

CONTRACTS = load_contracts()
TELEMETRY = CONTRACTS["telemetry"]
GENS = [f"2026-11-26-{hour:02d}" for hour in range(8, 13)]
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
_TYPES = {"string": "varchar", "timestamp": "timestamp"}


class Row(NamedTuple):
    event: int
    gen: str
    src: int
    minute: int


ROWS = st.lists(
    st.builds(Row, st.integers(0, 3), st.sampled_from(GENS), st.integers(0, 2), st.integers(0, 2)), max_size=12
)


def tables(hot: Iterable[Row], warm: Iterable[Row]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    columns = ", ".join(f'"{column.name}" {_TYPES.get(column.type, column.type)}' for column in view_columns(TELEMETRY))
    for level, rows in (("hot", hot), ("warm", warm)):
        connection.execute(f"CREATE TABLE {level}_telemetry ({columns})")
        for row in rows:
            values: dict[str, Any] = {
                "source": "devices",
                "event_id": f"e{row.event}",
                "fingerprint": row.event,
                "received_at": (NOON + dt.timedelta(minutes=row.minute)).replace(tzinfo=None),
                "_src": f"raw/{row.src}",
                "gen": row.gen,
            }
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {level}_telemetry ({names}) VALUES ({marks})", [*values.values()])
    return connection


def promoted(rows: list[Row], watermark: str) -> list[Row]:
    """What promotion leaves of the generations below the watermark: the first row of each event."""
    below = sorted((row for row in rows if row.gen < watermark), key=lambda row: row.gen)
    return [row for place, row in enumerate(below) if row.event not in {other.event for other in below[:place]}]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, watermark=st.sampled_from(["", *GENS, "2026-11-26-13"]))
@example(rows=[Row(1, GENS[1], 0, 0), Row(1, GENS[2], 0, 0)], watermark=GENS[1])
@example(rows=[Row(1, GENS[1], 0, 0), Row(1, GENS[2], 1, 0), Row(1, GENS[2], 1, 0)], watermark=GENS[0])
@example(rows=[Row(1, GENS[1], 0, 0)], watermark=GENS[1])
@example(rows=[Row(1, GENS[0], 0, 0)], watermark=GENS[1])
def test_each_event_is_there_once_in_each_level(rows: list[Row], watermark: str) -> None:
    # Hot keeps what was promoted for a day; promotion is ahead of the view, which is one publish old.
    ahead = promoted(rows, "2026-11-26-13")
    seen = tables(rows, ahead).execute(view_sql(TELEMETRY, watermark, {}))
    assert [column[0] for column in seen.description or ()] == [column.name for column in view_columns(TELEMETRY)]
    events = [(fields[0], fields[-1]) for fields in seen.fetchall()]
    below = sorted(event for event, gen in events if gen < watermark)
    above = sorted(event for event, gen in events if gen >= watermark)
    assert below == sorted(f"e{row.event}" for row in promoted(rows, watermark))
    assert above == sorted({f"e{row.event}" for row in rows if row.gen >= watermark})


ATTEMPTS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(GENS)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(attempts=ATTEMPTS, watermark=st.sampled_from(GENS))
@example(attempts=[(0, GENS[1]), (0, GENS[1])], watermark=GENS[1])
@example(attempts=[(0, GENS[1]), (0, GENS[2]), (1, GENS[2])], watermark=GENS[1])
@example(attempts=[(0, GENS[1]), (0, GENS[2])], watermark=GENS[2])
def test_quarantined_rows_are_those_of_one_attempt_at_each_object(
    attempts: list[tuple[int, str]], watermark: str
) -> None:
    contract = CONTRACTS["quarantine"]
    columns = ", ".join(f'"{column.name}" {_TYPES.get(column.type, column.type)}' for column in view_columns(contract))
    connection = duckdb.connect()
    connection.execute(
        f'CREATE TABLE warm_quarantine ({columns}); CREATE TABLE hot_quarantine ({columns}, "$path" text)'
    )
    for number, (src, gen) in enumerate(attempts):
        for event in ("same", "same", "other"):  # each tells of a refusal of its own
            values = [f"{event} {src}", f"raw/{src}", gen, f"s3://lake/quarantine/gen={gen}/{src}-{number}.parquet"]
            connection.execute('INSERT INTO hot_quarantine (event_id, _src, gen, "$path") VALUES (?, ?, ?, ?)', values)
    rows = connection.execute(f"SELECT event_id FROM ({view_sql(contract, watermark, {})})").fetchall()
    objects = {src for src, gen in attempts if gen >= watermark}
    assert sorted(rows) == sorted((f"{event} {src}",) for src in objects for event in ("same", "same", "other"))


def test_before_the_first_promotion_only_hot_is_read_and_only_real_generations_are_compared() -> None:
    sql = view_sql(TELEMETRY, "", {})
    assert "warm_telemetry" not in sql
    assert sql.count("WHERE gen >= '1970-01-01-00'") == 2


def test_hot_rows_are_filtered_below_the_numbering() -> None:
    sql = view_sql(TELEMETRY, GENS[1], {})
    numbering = sql[sql.index("row_number") : sql.index(") hot")]
    assert f"gen >= '{GENS[1]}'" in numbering
    for name in ("gen", "received_at"):  # a condition on them passes it
        assert name in numbering[: numbering.index(") AS copy_number")]


@pytest.mark.parametrize(
    ("since", "parts"),
    [
        ({}, {f"gen < '{GENS[2]}'": True, f"gen >= '{GENS[2]}'": True}),
        ("", {f"gen < '{GENS[2]}'": False, f"gen >= '{GENS[2]}'": False}),
        (GENS[1], {
            f"gen < '{GENS[1]}'": True,
            f"gen >= '{GENS[1]}' AND gen < '{GENS[2]}'": False,
            f"gen >= '{GENS[2]}'": False,
        }),
        (GENS[3], {
            f"gen < '{GENS[2]}'": True,
            f"gen >= '{GENS[2]}' AND gen < '{GENS[3]}'": True,
            f"gen >= '{GENS[3]}'": False,
        }),
    ],
)  # fmt: skip
def test_the_generations_that_are_computed_from_the_text(since: Any, parts: dict[str, bool]) -> None:
    contract = CONTRACTS["clickstream"]
    typed = [column for column in contract.stored if column.written_by == "convert" and column.path]
    noted = since if isinstance(since, dict) else {key_of(column): since for column in typed}
    branches = view_sql(contract, GENS[2], noted).split("\nUNION ALL\n")
    found = {branch.split("WHERE ")[1].splitlines()[0]: "json_extract" in branch for branch in branches}
    assert found == parts
