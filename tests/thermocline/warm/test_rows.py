from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import HASHER
from tests.thermocline.warm.tables import CONTRACT, GEN, NEXT_GEN, NOON, OLD_COLUMNS, Lake, Row, row
from thermocline.errors import HotFileMissing, WarmColumnMissing
from thermocline.ledger import Suppression
from thermocline.warm.identities import NO_KEY

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


# -- a generation, against a few lines of Python

_rows = st.builds(
    row,
    st.sampled_from(["a", "b", "c", "d", "é'\x1f"]),
    fingerprint=st.sampled_from([1, -1]),
    source=st.sampled_from(["shop", "app"]),
    visitor=st.sampled_from([None, "", "v1", "v'2"]),
    quantity=st.none() | st.integers(-(2**31), 2**31 - 1),
    event_time=st.sampled_from(
        [NOON, NOON + HOUR, NOON - DAY, NOON - 40 * DAY, dt.datetime(1969, 12, 31, 23, 59, tzinfo=dt.UTC)]
    ),
    received_at=st.sampled_from([NOON, NOON + HOUR]),
)
_hot_files = st.lists(st.tuples(st.lists(_rows, max_size=6), st.booleans(), st.booleans()), max_size=4)


def _put(lake: Lake, files: list[tuple[list[Row], bool, bool]], gen: str = GEN) -> dict[str, list[Row]]:
    """Put hot files, of which some are old (columns are missing) or narrow; return what each holds."""
    held = {}
    for number, (rows, old, narrow) in enumerate(files):
        key = f"hot/visits/gen={gen}/{number}.parquet"
        stored = [each | {"_src": f"raw/{gen}/{number}"} for each in rows]
        if old:
            stored = [each | {"visitor": None, "quantity": None} for each in stored]
        lake.put_hot(key, stored, columns=OLD_COLUMNS if old else (), narrow=narrow)
        held[key] = stored
    return held


def _identity(each: Row) -> bytes:
    return hashlib.md5("\x1f".join([each["source"], str(each["fingerprint"]), each["event_id"]]).encode()).digest()


def _kept(held: dict[str, list[Row]], earlier: set[bytes]) -> list[Row]:
    """Return the rows that stay, in the order of their key for the tie between twins."""
    seen = set(earlier)
    kept = []
    placed = [(each, number) for key in sorted(held) for number, each in enumerate(held[key])]
    for each, _ in sorted(placed, key=lambda item: (item[0]["received_at"], item[0]["_src"], item[1])):
        if _identity(each) not in seen:
            kept.append(each)
            seen.add(_identity(each))
    return kept


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda each: (each["gen"], each["_src"], repr(sorted(each.items(), key=str))))


@settings(max_examples=40)
@given(first=_hot_files, second=_hot_files, rnd=st.randoms(use_true_random=False))
def test_two_generations_have_every_row_once(first: list[Any], second: list[Any], rnd: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        earlier: set[bytes] = set()
        ids: tuple[str, ...] = ()
        for gen, files in ((GEN, first), (NEXT_GEN, second)):
            held = _put(lake, files, gen)
            keys = sorted(held)
            rnd.shuffle(keys)
            written = lake.rows.write(lake.work(keys, gen=gen, earlier=ids))
            kept = _kept(held, earlier)
            assert _sorted(lake.read(written.files)) == _sorted([each | {"gen": gen} for each in kept])
            everything = [each for rows in held.values() for each in rows]
            assert (written.read, written.kept) == (len(everything), len(kept))
            assert written.read == written.kept + written.dropped + written.suppressed
            stored = lake.ids(written.ids)
            assert [each["key"] for each in stored] == sorted(map(_identity, everything))
            assert [each["key"] for each in stored if each["kept"]] == sorted(map(_identity, kept))
            assert sorted((e["key"], e["_src"]) for e in stored) == sorted(
                (_identity(e), e["_src"]) for e in everything
            )
            _check_files(lake, written.files)
            earlier |= {_identity(each) for each in everything}
            ids = (*ids, written.ids)
        assert list(lake.work_folder.iterdir()) == []


def _check_files(lake: Lake, files: Any) -> None:
    for file in files:
        rows = lake.rows_of(file)
        months = {each["event_time"].strftime("%Y-%m") for each in rows}
        assert months == {file.path.split("event_time_month=")[1][:7]}
        assert (file.rows, file.bytes) == (len(rows), lake.path(file.path).stat().st_size)
        times, gens = [each["event_time"] for each in rows], [each["gen"] for each in rows]
        assert (file.first_time, file.last_time) == (min(times), max(times))
        assert (file.first_gen, file.last_gen) == (min(gens), max(gens))
        order = [(t.date(), (e["visitor"] is not None, e["visitor"]), t) for t, e in zip(times, rows, strict=True)]
        assert order == sorted(order, key=lambda key: (key[0], key[1][0], key[1][1] or "", key[2]))


@settings(max_examples=20)
@given(files=_hot_files, rnd=st.randoms(use_true_random=False))
def test_files_are_the_same_in_whatever_order_their_inputs_come(files: list[Any], rnd: Any) -> None:
    contents = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            lake = Lake(Path(folder))
            keys = list(_put(lake, files))
            rnd.shuffle(keys)
            written = lake.rows.write(lake.work(keys))
            contents.append([lake.path(address).read_bytes() for address in [f.path for f in written.files]])
            contents[-1].append(lake.path(written.ids).read_bytes())
    assert contents[0] == contents[1]


@settings(max_examples=25)
@given(first=_hot_files, second=_hot_files, again=_hot_files, sealed=st.booleans())
def test_rows_of_other_generations_outlive_a_generation_that_is_replaced(
    first: list[Any], second: list[Any], again: list[Any], sealed: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        old = lake.rows.write(lake.work(list(_put(lake, first))))
        other = lake.rows.write(lake.work(list(_put(lake, second, NEXT_GEN)), gen=NEXT_GEN))
        merged = lake.rows.merge("visits", (*old.files, *other.files), sealed=sealed)
        assert all(file.sealed is sealed for file in merged)
        assert _sorted(lake.read(merged)) == _sorted(lake.read((*old.files, *other.files)))
        _check_files(lake, merged)
        held = _put(lake, again)
        written = lake.rows.write(lake.work(list(held), rest=merged))
        assert all(file.sealed is (sealed and not file.holds_only(GEN)) for file in written.files)
        ours = [each | {"gen": GEN} for each in _kept(held, set())]
        assert _sorted(lake.read(written.files)) == _sorted(ours + lake.read(other.files))
        _check_files(lake, written.files)
        assert all(file.holds_only(GEN) or not file.holds(GEN) for file in written.files)


# -- single cases


def test_of_twins_the_first_received_stays(lake: Lake) -> None:
    late = row("a", received_at=NOON + HOUR, quantity=2, _src="raw/0")
    early = row("a", received_at=NOON, quantity=1, _src="raw/1")
    keys = [lake.put_hot("hot/0", [late]), lake.put_hot("hot/1", [early])]
    written = lake.rows.write(lake.work(keys))
    assert [each["quantity"] for each in lake.read(written.files)] == [1]


def test_a_column_that_a_hot_file_had_not_yet_is_null(lake: Lake) -> None:
    old = lake.put_hot("hot/0", [row("a")], columns=OLD_COLUMNS)
    narrow = lake.put_hot("hot/1", [row("b", quantity=1)], narrow=True)
    wide = lake.put_hot("hot/2", [row("c", quantity=2**40, visitor="v")])
    rows = lake.read(lake.rows.write(lake.work([old, narrow, wide])).files)
    assert [(each["event_id"], each["quantity"]) for each in rows] == [("a", None), ("b", 1), ("c", 2**40)]


def test_values_of_a_column_that_the_warm_table_has_not_yet_are_not_left_out(tmp_path: Path) -> None:
    columns = tuple(column for column in CONTRACT.columns if column.name not in ("visitor", "quantity"))
    lake = Lake(tmp_path, table=msgspec.structs.replace(CONTRACT, columns=columns, sorted_by=()))
    empty = lake.put_hot("hot/0", [row("a")])
    assert lake.rows.write(lake.work([empty])).kept == 1
    filled = lake.put_hot("hot/1", [row("b", visitor="v", quantity=1)])
    before = lake.files.keys()
    with pytest.raises(WarmColumnMissing, match="visits has no column quantity, visitor yet"):
        lake.rows.write(lake.work([empty, filled]))
    assert lake.files.keys() == before


def test_a_merged_file_gives_its_other_generations_back(lake: Lake) -> None:
    first = lake.rows.write(lake.work([lake.put_hot("hot/0", [row("a")])]))
    second = lake.rows.write(lake.work([lake.put_hot("hot/1", [row("b")])], gen=NEXT_GEN))
    (merged,) = lake.rows.merge("visits", (*first.files, *second.files))
    assert (merged.first_gen, merged.last_gen) == (GEN, NEXT_GEN)
    again = lake.rows.write(lake.work(["hot/0"], rest=(merged,)))
    assert [(file.first_gen, each["event_id"]) for file in again.files for each in lake.rows_of(file)] == [
        (GEN, "a"),
        (NEXT_GEN, "b"),
    ]


def test_a_row_that_an_earlier_generation_dropped_is_dropped_again(lake: Lake) -> None:
    first = lake.rows.write(lake.work([lake.put_hot("hot/0", [row("a")])]))
    hot = [lake.put_hot("hot/1", [row("a")])]
    second = lake.rows.write(lake.work(hot, gen=NEXT_GEN, earlier=(first.ids,)))
    assert [each["kept"] for each in lake.ids(second.ids)] == [False]
    third = lake.rows.write(lake.work(hot, gen="2026-11-22-14", earlier=(second.ids,)))
    assert (third.kept, third.dropped) == (0, 1)


def test_the_same_id_with_another_fingerprint_or_source_is_another_event(lake: Lake) -> None:
    rows = [row("a"), row("a", fingerprint=2), row("a", source="app")]
    assert lake.rows.write(lake.work([lake.put_hot("hot/0", rows)])).kept == 3


def test_nothing_is_written_when_a_hot_file_is_missing(lake: Lake) -> None:
    keys = [lake.put_hot("hot/0", [row("a")]), "hot/gone"]
    before = lake.files.keys()
    with pytest.raises(HotFileMissing, match="hot/gone is not there"):
        lake.rows.write(lake.work(keys))
    assert lake.files.keys() == before
    assert list(lake.work_folder.iterdir()) == []


def test_a_generation_is_not_decided_without_the_identities_before_it(lake: Lake) -> None:
    with pytest.raises(FileNotFoundError, match="ids/gone"):
        lake.rows.write(lake.work([lake.put_hot("hot/0", [row("a")])], earlier=("ids/gone",)))


def test_a_generation_without_rows_has_identities_without_rows(lake: Lake) -> None:
    written = lake.rows.write(lake.work([]))
    assert (written.files, written.read, lake.ids(written.ids)) == ((), 0, [])


def test_quarantine_keeps_twins_and_lists_them(tmp_path: Path) -> None:
    contract = msgspec.structs.replace(CONTRACT, name="quarantine")
    lake = Lake(tmp_path, contract)
    hot = [lake.put_hot("hot/0", [row("a"), row("a")]), lake.put_hot("hot/1", [row("a")])]
    first = lake.rows.write(lake.work(hot))
    second = lake.rows.write(lake.work(hot, gen=NEXT_GEN, earlier=(first.ids,)))
    assert [(each.kept, each.dropped) for each in (first, second)] == [(3, 0), (3, 0)]
    assert [each["kept"] for each in lake.ids(second.ids)] == [True] * 3


TEXTS = ("payload", "context")


def _suppressed(**values: object) -> Suppression:
    return Suppression(version=1, subjects=frozenset(HASHER.digest(*each) for each in values.items()))


def test_rows_of_suppressed_subjects_are_only_counted(lake: Lake) -> None:
    rows = [row("a", visitor="v'1"), row("b", visitor="v2"), row("c")]
    list_of_one = _suppressed(visitor="v'1")
    written = lake.rows.write(lake.work([lake.put_hot("hot/0", rows)], suppression=list_of_one))
    assert sorted(each["event_id"] for each in lake.read(written.files)) == ["b", "c"]
    assert (written.read, written.kept, written.dropped, written.suppressed) == (3, 2, 0, 1)
    ids = lake.ids(written.ids)
    assert [(each["key"], each["kept"], each["_src"]) for each in ids if not each["kept"]] == [
        (NO_KEY, None, "raw/visits/a")
    ]
    assert len(ids) == 3


def test_a_list_of_subjects_asks_for_no_column_that_hot_files_lack(lake: Lake) -> None:
    list_of_one = _suppressed(visitor="v1")
    old = lake.put_hot("hot/0", [row("a")], columns=OLD_COLUMNS)
    assert lake.rows.write(lake.work([old], suppression=list_of_one)).kept == 1


def test_a_subject_may_be_named_by_a_number(tmp_path: Path) -> None:
    lake = Lake(tmp_path, msgspec.structs.replace(CONTRACT, erasure_keys=("quantity", "visitor")))
    list_of_two = _suppressed(visitor="v1", quantity=7)
    hot = lake.put_hot("hot/0", [row("a", quantity=7), row("b", quantity=8), row("c", visitor="v1")])
    written = lake.rows.write(lake.work([hot], suppression=list_of_two))
    assert [each["event_id"] for each in lake.read(written.files)] == ["b"]


def test_bad_rows_that_name_a_suppressed_subject_anywhere_are_only_counted(tmp_path: Path) -> None:
    bad = msgspec.structs.replace(
        CONTRACT,
        name="quarantine",
        erasure_keys=(),
        columns=(*CONTRACT.columns[:6], *(msgspec.structs.replace(CONTRACT.columns[3], name=name) for name in TEXTS),
                 *CONTRACT.columns[6:]),
    )  # fmt: skip
    lake = Lake(tmp_path, bad, others=[CONTRACT])
    hot = [
        row("a", payload='{"who": {"is": "v\'1"}}'),
        row("b", payload="{}", context='{"path": "/of/v\'1"}'),
        row("c", payload="of v'12"),
        row("d", payload="dicx"),
    ]
    written = lake.rows.write(lake.work([lake.put_hot("hot/0", hot)], suppression=_suppressed(visitor="v'1")))
    assert [each["event_id"] for each in lake.read(written.files)] == ["c"]
    assert (written.read, written.kept, written.suppressed) == (4, 1, 3)
    assert [each["kept"] for each in lake.ids(written.ids)] == [None, None, None, True]


def test_merging_leaves_out_rows_before_a_time(lake: Lake) -> None:
    rows = [row("a", event_time=NOON - DAY), row("b", event_time=NOON), row("c", event_time=NOON + HOUR)]
    written = lake.rows.write(lake.work([lake.put_hot("hot/0", rows)]))
    merged = lake.rows.merge("visits", written.files, since=NOON)
    assert [each["event_id"] for each in lake.read(merged)] == ["b", "c"]
    assert lake.rows.merge("visits", written.files, since=NOON + DAY) == ()


@pytest.mark.parametrize(("by", "folders"), [("day", ["day=2026-11-21", "day=2026-11-22"]), ("year", ["year=2026"])])
def test_a_contract_says_what_the_partitions_are(tmp_path: Path, by: str, folders: list[str]) -> None:
    lake = Lake(tmp_path, msgspec.structs.replace(CONTRACT, partitioned_by=by))
    hot = lake.put_hot("hot/0", [row("a", event_time=NOON - DAY), row("b")])
    written = lake.rows.write(lake.work([hot]))
    names = [file.path.split("/data/event_time_")[1].split("/")[0] for file in written.files]
    assert names == folders


def test_a_file_has_the_ids_of_icebergs_fields_bloom_filters_and_page_indexes(lake: Lake) -> None:
    (file,) = lake.rows.write(lake.work([lake.put_hot("hot/0", [row("a", visitor="v1")])])).files
    parquet = pq.ParquetFile(lake.path(file.path))
    ids = [int((field.metadata or {})[b"PARQUET:field_id"]) for field in parquet.schema_arrow]
    assert ids == list(range(1, len(CONTRACT.columns) + 1))
    group: Any = parquet.metadata.row_group(0)
    columns = {column.path_in_schema: column for column in map(group.column, range(len(ids)))}
    assert all(column.has_column_index and column.has_offset_index for column in columns.values())
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    assert {name for name, column in columns.items() if column.bloom_filter_offset} == {"event_id", "visitor"}
    assert columns["event_time"].statistics.min == NOON.replace(tzinfo=None)
    assert str(parquet.schema_arrow.field("gen").type) == "string"


def test_a_required_column_without_a_value_is_an_error(lake: Lake) -> None:
    hot = lake.put_hot("hot/0", [row("a")], columns=[name for name in OLD_COLUMNS if name != "source"])
    with pytest.raises(Exception, match=r"source.*null"):
        lake.rows.write(lake.work([hot]))
    assert list(lake.work_folder.iterdir()) == []


@pytest.mark.parametrize("broken", ["store", "fetch"])
def test_nothing_stays_on_this_machine_after_an_error(lake: Lake, broken: str) -> None:
    hot = [lake.put_hot("hot/0", [row("a")])]

    def fail(*arguments: Any) -> None:
        raise OSError("broken")

    setattr(lake.files, broken, fail)
    with pytest.raises(OSError, match="broken"):
        lake.rows.write(lake.work(hot))
    assert list(lake.work_folder.iterdir()) == []
