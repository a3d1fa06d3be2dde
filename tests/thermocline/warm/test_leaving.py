"""Rows leave quarantine: all others stay as they are, and the identities say what has left."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thermocline.warm.tables import GEN, NEXT_GEN, NOON, Lake, Row
from thermocline.adapters.iceberg_tables import arrow_schema, table_schema
from thermocline.contracts import load_contracts
from thermocline.events.quarantined import Quarantined, quarantined
from thermocline.warm.leaving import QuarantineFiles
from thermocline.warm.work import Written

CONTRACT = load_contracts()["quarantine"]


def bad(event_id: str, src: str = "raw/quarantine/a", **values: object) -> Row:
    return {
        "event_id": event_id,
        "source": "shop",
        "stream": "clickstream",
        "stage": "ingest",
        "reason": "invalid",
        "payload": f"payload of {event_id}",
        "payload_encoding": "utf-8",
        "payload_truncated": False,
        "received_at": NOON,
        "replayable": True,
        "_src": src,
    } | values


class Bench:
    """The warm files of quarantine in a folder."""

    def __init__(self, folder: Path) -> None:
        self.lake = Lake(folder, CONTRACT)
        self.files = QuarantineFiles(
            files=self.lake.files,
            contract=CONTRACT,
            schema_of=lambda _: arrow_schema(table_schema(CONTRACT)),
            folder=self.lake.work_folder,
            memory_mb=300,
        )

    def promote(self, *rows: Row, gen: str = GEN) -> Written:
        key = self.lake.put_hot(f"quarantine/gen={gen}/x.parquet", rows)
        return self.lake.rows.write(self.lake.work([key], gen=gen))

    def read(self, row: Row, gen: str = GEN) -> Quarantined:
        names = dict.fromkeys(column.name for column in CONTRACT.columns)
        return quarantined(names | row | {"gen": gen})


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_all_rows_of_an_object_are_read_if_one_of_them_is_chosen(bench: Bench) -> None:
    rows = [
        bad("1"),
        bad("2", reason="malformed"),
        bad("3", "raw/quarantine/b"),
        bad("4", "raw/clickstream/c", source=None),
    ]
    files = bench.promote(*rows).files
    groups = list(bench.files.groups(files, {"reason": "malformed"}, first=GEN, before=NEXT_GEN))
    assert groups == [[bench.read(rows[0]), bench.read(rows[1])]]
    all_groups = list(bench.files.groups(files, {}, first="", before=NEXT_GEN))
    assert [[row.event_id for row in group] for group in all_groups] == [["4"], ["1", "2"], ["3"]]
    assert list(bench.files.groups(files, {}, first="", before=GEN)) == []
    assert list(bench.files.groups(files, {}, first=NEXT_GEN, before="2027")) == []
    assert list(bench.files.groups((), {}, first="", before="2027")) == []


def test_a_rows_bytes_times_and_context_are_read_as_they_were_written(bench: Bench) -> None:
    base64 = bad("1", payload="/w==", payload_encoding="base64", context='{"path":"/v1/events"}', replay_fingerprint=-7)
    files = bench.promote(base64, bad("2", payload=None, replayable=True), bad("3", replayable=None)).files
    ((first, second, third),) = bench.files.groups(files, {}, first="", before=NEXT_GEN)
    assert (first.payload, first.context, first.replay_fingerprint) == (b"\xff", {"path": "/v1/events"}, -7)
    assert first.received_at == NOON
    assert [first.replayable, second.replayable, third.replayable] == [True, False, False]


def test_a_file_from_which_nothing_leaves_is_left_alone(bench: Bench) -> None:
    (file,) = bench.promote(bad("1")).files
    assert bench.files.without(file, [bench.read(bad("1", "raw/quarantine/other"))]) is None
    assert bench.files.without(file, [bench.read(bad("1"))]) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.sampled_from(["s", None])), min_size=1, max_size=12
    ),
    st.sets(st.integers(0, 11), min_size=1),
)
def test_what_leaves_leaves_and_what_stays_stays(
    tmp_path: Path, made: list[tuple[str, str, str | None]], which: set[int]
) -> None:
    bench = Bench(tmp_path)
    sources: dict[tuple[str, str], str | None] = {}
    rows = [
        bad(event_id, f"raw/quarantine/{src}", source=sources.setdefault((event_id, src), source))
        | {"received_at": NOON + dt.timedelta(seconds=number), "detail": str(number)}
        for number, (event_id, src, source) in enumerate(made)
    ]
    leaving = [bench.read(rows[number]) for number in which if number < len(rows)] or [bench.read(rows[0])]
    gone = {(row.raw_key, row.event_id) for row in leaving}
    written = bench.promote(*rows)
    (file,) = written.files
    kept = bench.files.without(file, leaving)
    assert kept is not None
    stay = [row for row in rows if (row["_src"], row["event_id"]) not in gone]
    assert [row["detail"] for row in bench.lake.read(kept)] == [row["detail"] for row in stay]
    assert all(each.first_gen == each.last_gen == GEN for each in kept)
    before, after = bench.lake.ids(written.ids), bench.lake.ids(bench.files.ids_without(GEN, written.ids, leaving))
    assert sorted((row["key"], row["_src"]) for row in after) == sorted((row["key"], row["_src"]) for row in before)
    assert sum(row["kept"] for row in after) == len(stay)
    assert sum(row["kept"] for row in before) == len(rows)


def test_who_was_left_out_for_its_subject_stays_so(bench: Bench) -> None:
    table = pa.table({"key": [bytes(16)], "_src": ["raw/quarantine/a"], "kept": pa.array([None], pa.bool_())})
    path = bench.lake.path("ids/quarantine/gen=x/1.parquet")
    path.parent.mkdir(parents=True)
    pq.write_table(table, path)
    key = bench.files.ids_without(GEN, "ids/quarantine/gen=x/1.parquet", [bench.read(bad("1"))])
    assert [row["kept"] for row in bench.lake.ids(key)] == [None]
