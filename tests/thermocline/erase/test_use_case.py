"""Erasures of a lake in memory: what is left, whatever dies, comes late or fails."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import HASHER
from tests.thermocline.erase.lake import STREAM, click, fingerprint, refused
from tests.thermocline.erase.memory import LONGEST, Calls, DiedError, MemoryLake, MemoryRuns, of_others
from thermocline.erase.model import Run
from thermocline.erase.report import StoreAnswer
from thermocline.errors import CommitFailed, Terminal
from thermocline.events.frames import framed
from thermocline.layout import hot_key, subjects_key, warm_data_key
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.subjects import decode_digests, encode_digests
from thermocline.warm.erasing import identity
from thermocline.warm.model import Change

ANN, BOB = "ann@example.com/7", "bob-4711"
ANNS = {identity("shop", fingerprint(event), event) for event in ("e1", "e4", "e7", "e9", "e10")}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> MemoryLake:
    """A lake with Ann in warm, dropped, hot, not converted, quarantined, and in an old version of each."""
    lake = MemoryLake(tmp_path_factory.mktemp("lake"))
    one = lake.arrive([click("e1", ANN), click("e2", BOB)], [click("e3", BOB)], [click("e4", ANN)])
    bad = lake.arrive([b'{"event_id": 7, "user_id": ["%s"]}\n' % ANN.encode(), b'{"event_id": 8}\n'])
    quarantined = lake.arrive([refused(b"say " + ANN.encode()), refused(BOB.encode())], stream=QUARANTINE)
    for key in (one, bad, quarantined):
        lake.convert(key)
    lake.promote()
    lake.clock.advance(hours=1)
    lake.convert(lake.arrive([click("e1", ANN), click("e6", BOB)]))
    lake.promote(tables=[STREAM])
    lake.clock.advance(hours=1)
    lake.convert(lake.arrive([click("e7", ANN), click("e8", BOB)], [click("e9", ANN)]))
    lake.convert(lake.arrive([refused(b"say " + ANN.encode())], stream=QUARANTINE))
    for file in lake.ledger.by_key[one].files:
        lake.objects.put(file.key, None)  # cleaned
    lake.arrive([click("e10", ANN), click("e11", BOB)])
    lake.results.put("1.csv", f'"x"\n"{ANN}"\n'.encode())
    lake.results.put("1.csv.metadata", b"x")
    assert not lake.books()
    return lake


def check(lake: MemoryLake, before: MemoryLake) -> None:
    assert lake.places_of(ANN) == []
    assert not lake.identities() & ANNS
    assert lake.rows(STREAM) == of_others(before.rows(STREAM), ANN)
    kept = [row for row in before.rows(QUARANTINE) if ANN not in row["payload"]]
    assert lake.rows(QUARANTINE) == kept
    assert lake.books() == []


def test_the_subject_is_gone_and_the_rest_stays(filled: MemoryLake) -> None:
    lake = filled.copied()
    assert lake.erased(ANN).next == "done"
    check(lake, filled)


def test_a_second_run_changes_nothing(filled: MemoryLake) -> None:
    lake = filled.copied()
    first = lake.erased(ANN)
    keys = {
        key: versions[-1][1] for key, versions in lake.objects.by_key.items() if not key.startswith(("erasure", "warm"))
    }
    lake.clock.advance(hours=1)
    second = lake.erased(ANN)
    assert second.run.id != first.run.id
    assert second.counts["removed"] == second.counts["rewritten"] == 0
    now = {
        key: versions[-1][1] for key, versions in lake.objects.by_key.items() if not key.startswith(("erasure", "warm"))
    }
    assert now == keys


def test_what_comes_afterwards_is_left_out_and_promoted_without_the_subject(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.erased(ANN)
    lake.convert(next(key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None))
    lake.convert(lake.arrive([click("e20", ANN), click("e21", BOB)]))
    lake.promote()
    assert [row["event_id"] for row in lake.rows(STREAM)] == ["e11", "e2", "e21", "e3", "e6", "e8"]
    assert not lake.books()


def died(lake: MemoryLake, at: int, *, after: bool) -> bool:
    """Erase in a process that dies at a call, then in one that does not; False if there are fewer calls."""
    try:
        lake.erased(ANN, calls=Calls(at, after=after))
    except DiedError:
        lake.leases.expire()
        assert lake.erased(ANN).next == "done"
        return True
    return False


@settings(max_examples=25, deadline=None)
@given(at=st.integers(1, 420), after=st.booleans())
def test_a_process_that_dies_at_any_call_is_followed_by_one_that_ends_it(
    filled: MemoryLake, at: int, *, after: bool
) -> None:
    lake = filled.copied()
    died(lake, at, after=after)
    check(lake, filled)


@pytest.mark.long
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_a_process_may_die_at_each_call(filled: MemoryLake, first: int, *, after: bool) -> None:
    at = first
    while died(lake := filled.copied(), at, after=after):
        check(lake, filled)
        at += 4
    assert at > 100


@pytest.mark.parametrize("fate", ["refused", "lands, answer lost"])
def test_a_commit_that_failed_is_looked_for(filled: MemoryLake, fate: str) -> None:
    lake = filled.copied()
    lake.catalog.fates = [fate]  # type: ignore[list-item]
    assert lake.erased(ANN).next == "done"
    check(lake, filled)


def test_every_table_is_committed_to_so_that_what_is_in_flight_is_refused(filled: MemoryLake) -> None:
    lake = filled.copied()
    before = {name: len(lake.catalog.tables[name].commits) for name in lake.catalog.tables}
    fences = {name: table.fence for name, table in lake.catalog.tables.items()}
    lake.erased("nobody at all")
    assert all(lake.catalog.tables[name].fence > fences[name] for name in before)


def test_an_attempt_under_an_older_list_is_waited_for(filled: MemoryLake) -> None:
    lake = filled.copied()
    (key,) = [key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None]
    lake.ledger.enter(key, stream=STREAM, gen="2026-11-22-14", token="old", suppression=0)
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turn = erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    assert (turn.next, turn.phase) == ("wait", "drain")
    lake.clock.advance(seconds=LONGEST.total_seconds())
    assert erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5)).phase != "drain"


def test_an_attempt_that_ends_late_leaves_nothing(filled: MemoryLake) -> None:
    """It began under the older list, read the raw object, and puts its files just before its time is up."""
    lake = filled.copied()
    (key,) = [key for key in lake.objects.keys("raw/") if lake.ledger.entry(key) is None]

    erase = lake.erasing()
    runs: list[str] = []

    class Slow:
        """The ledger of an attempt that begins before the erasure, and finishes while that one waits."""

        def __getattr__(self, name: str) -> Any:
            return getattr(lake.ledger, name)

        def enter(self, raw_key: str, **entered: Any) -> None:
            lake.ledger.enter(raw_key, **entered)
            runs.append(erase.start([HASHER.digest("user_id", ANN)]).id)

        def finish(self, entry: Entry) -> bool:
            waiting = erase.turn(runs[0], lake.clock() + dt.timedelta(minutes=5))
            assert (waiting.phase, waiting.next) == ("drain", "wait")
            return lake.ledger.finish(entry)

    lake.converting(Slow())(key)
    before = filled.copied()
    before.convert(key)
    assert lake.places_of(ANN)
    assert lake.erased(ANN).next == "done"
    check(lake, before)


def test_the_same_batch_is_the_same_run_until_it_is_done(filled: MemoryLake) -> None:
    lake = filled.copied()
    erase = lake.erasing()
    digests = [HASHER.digest("user_id", ANN), HASHER.digest("anonymous_id", ANN)]
    run = erase.start(digests)
    assert erase.start(reversed(digests)) == run  # type: ignore[arg-type]
    assert lake.ledger.suppression().version == run.version == 1
    assert [each.id for each in erase.due(lake.clock())] == [run.id]
    assert erase.start(digests[:1]).id != run.id


def test_a_run_that_begins_is_known_without_the_ledger(filled: MemoryLake) -> None:
    lake = filled.copied()
    run = lake.erasing().start([HASHER.digest("user_id", ANN)])
    told = json.loads(lake.objects.read(f"erasure/{run.id}/work/run.json"))
    assert (told["version"], told["digests"]) == (run.version, list(run.digests))


@pytest.mark.parametrize("count", [0, 1001])
def test_a_batch_has_a_size(filled: MemoryLake, count: int) -> None:
    with pytest.raises(Terminal, match="1 to 1000"):
        filled.copied().erasing().start([f"{number:032x}" for number in range(count)])


def test_a_lease_that_another_has_is_waited_for(filled: MemoryLake) -> None:
    lake = filled.copied()
    token = lake.leases.acquire(STREAM)
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turn = erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    assert (turn.next, turn.phase) == ("wait", f"hot {STREAM}")
    lake.leases.release(STREAM, token)
    lake.erased(ANN)
    check(lake, filled)


def test_a_turn_ends_at_its_deadline_and_the_next_goes_on(filled: MemoryLake) -> None:
    lake = filled.copied()
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    turns = 0
    while (turn := erase.turn(run.id, lake.clock() + dt.timedelta(milliseconds=1))).next != "done":
        lake.clock.advance(seconds=turn.wait_seconds, milliseconds=1)
        turns += 1
        lake.clock.now += dt.timedelta(milliseconds=1)
        assert turns < 500
    check(lake, filled)


# what would come back


def test_a_promotion_that_comes_late_is_refused_though_there_was_nothing_to_rewrite(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.erased(BOB)
    lake.clock.advance(hours=1)
    stale = lake.catalog.load(STREAM)  # of who lost its lease, and read hot files with rows of the subject
    lake.erased("carol")
    with pytest.raises(CommitFailed):
        lake.catalog.commit(stale, Change(token=stale.fence + 10))


def test_what_firehose_still_had_goes_in_the_second_pass(filled: MemoryLake) -> None:
    lake, before = filled.copied(), filled.copied()
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    while erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5)).run.passes == 0:
        lake.clock.advance(seconds=1)
    late = [click("e30", ANN), click("e31", BOB)], [refused(b"say " + ANN.encode())]
    for each, stream in zip(late, (STREAM, QUARANTINE), strict=True):
        lake.convert(lake.arrive(each, stream=stream))
    before.convert(before.arrive([click("e31", BOB)]))
    assert lake.places_of(ANN)
    assert not lake.runs.read(run.id).done
    assert lake.erased(ANN).next == "done"
    check(lake, before)


def test_a_late_bad_line_of_the_subject_becomes_no_row_and_leaves_raw(filled: MemoryLake) -> None:
    lake = filled.copied()
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    while erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5)).run.passes == 0:
        lake.clock.advance(seconds=1)
    key = lake.arrive([b'{"event_id": 9, "page": {"mail_of": "%s"}}\n' % ANN.encode(), click("e31", BOB)])
    lake.convert(key)
    assert lake.places_of(ANN) == [key]
    assert lake.erased(ANN).next == "done"
    assert lake.places_of(ANN) == []
    assert not lake.books()


def test_a_warm_file_that_came_after_the_search_is_searched_under_the_lease(filled: MemoryLake) -> None:
    """Another replaces a file between the search and the commit, as compaction does."""
    lake = filled.copied()
    acquire = lake.leases.acquire
    taken: list[str] = []

    def compacts_before(table: str) -> int:
        taken.append(table)
        if taken == [STREAM, STREAM]:  # the first is that of hot
            token = acquire(table)
            files = tuple(lake.catalog.tables[STREAM].files.values())
            merged = lake.rows_of_warm().merge(STREAM, files)
            lake.catalog.commit(lake.catalog.load(STREAM), Change(token=token, remove=files, add=merged))
            lake.leases.release(table, token)
        return acquire(table)

    lake.leases.acquire = compacts_before  # type: ignore[method-assign]
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    files = map(lake.objects.key_of, lake.catalog.tables[STREAM].files)
    assert not any(row["user_id"] == ANN for file in files for row in lake.read(file))  # before the second pass
    assert lake.erased(ANN).next == "done"
    check(lake, filled)


def test_files_that_nobody_names_lose_their_rows_or_go(filled: MemoryLake) -> None:
    """An attempt that died left a hot file, and a promoter that died a warm one."""
    lake = filled.copied()
    named = lake.hot_file_of("e7")
    lake.objects.put(hot_key(STREAM, "raw/x", "2026-11-22-10", "dead"), lake.objects.read(named))
    path = next(iter(lake.catalog.tables[STREAM].files))
    orphan = warm_data_key(STREAM, "event_time_month=2026-11", "dead")
    lake.objects.put(orphan, lake.objects.read(lake.objects.key_of(path)))
    lake.erased(ANN)
    assert lake.places_of(ANN) == []
    assert orphan not in lake.objects.by_key


def test_metadata_that_is_younger_than_the_lease_stays(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.clock.advance(days=1)
    lake.objects.put(f"warm/{STREAM}/metadata/of-another.avro", b"")
    lake.clock.advance(days=-1)
    lake.objects.put(f"warm/{STREAM}/metadata/old.avro", b"")
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    assert f"warm/{STREAM}/metadata/of-another.avro" in lake.objects.by_key
    assert f"warm/{STREAM}/metadata/old.avro" not in lake.objects.by_key


def test_twins_whose_row_is_not_in_warm_any_more_are_known_by_their_lines(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.catalog.tables[STREAM].files.clear()  # by retention
    assert lake.identities() & ANNS
    lake.erased(ANN)
    assert not lake.identities() & ANNS


def test_an_erasure_that_died_before_a_hot_file_leaves_books_that_balance_after_a_promotion(filled: MemoryLake) -> None:
    at = 1
    seen = False
    while not seen:
        lake = filled.copied()
        with pytest.raises(DiedError):
            lake.erased(ANN, calls=Calls(at, after=True))
        amended = [file.key for each in lake.ledger.by_key.values() if each.suppressed for file in each.files]
        seen = any("e7" in str(lake.read(key)) for key in amended)
        at += 1
    lake.leases.expire()
    lake.promote()
    lake.erased(ANN)
    assert lake.books() == []
    assert lake.places_of(ANN) == []


# every place


def test_digests_beside_raw_objects_lose_the_subject(filled: MemoryLake) -> None:
    lake = filled.copied()
    ann, bob = HASHER.digest("user_id", ANN), HASHER.digest("user_id", BOB)
    lake.erased(ANN)
    versions = [each for each in lake.objects.versions("subjects/") if not each.marker]
    digests = [decode_digests(lake.objects.read(each.key, each.id)) for each in versions]
    assert any(bob in each for each in digests)
    assert not any(ann in each for each in digests)


class LateArrival(MemoryRuns):
    """States of runs; in the second pass an object arrives once raw has been searched."""

    def __init__(self, lake: MemoryLake) -> None:
        super().__init__()
        self._lake, self.key = lake, ""

    def save(self, run: Run, *, read: Run) -> Run:
        if run.passes == 1 and not self.key and not run.step.startswith("raw"):
            self._lake.clock.advance(seconds=10)
            self.key = self._lake.arrive([click("late", ANN), click("other", BOB)])
            self._lake.convert(self.key)
        return super().save(run, read=read)


def test_an_object_that_came_after_the_search_is_found_by_the_next_erasure(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.runs = runs = LateArrival(lake)
    lake.erased(ANN)
    assert lake.places_of(ANN) == [runs.key]
    lake.clock.advance(minutes=1)
    lake.erased(ANN)
    assert lake.places_of(ANN) == []


def test_raw_objects_are_looked_into_if_nobody_looked_or_their_digests_are_gone(filled: MemoryLake) -> None:
    lake = filled.copied()
    damaged = subjects_key(STREAM, "2026-11-22-00", "raw/y", "t")
    lake.objects.put(damaged, b"no digest")
    entries = [each for each in lake.ledger.by_key.values() if each.subjects]
    nowhere = subjects_key(STREAM, "2026-11-22-00", "raw/x", "t")
    for entry, subjects in zip(entries, [None, nowhere, damaged], strict=False):
        lake.ledger.by_key[entry.raw_key] = msgspec.structs.replace(entry, subjects=subjects)
    lake.erased(ANN)
    check(lake, filled)


def test_raw_objects_of_a_contract_that_knew_fewer_erasure_keys_are_looked_into(filled: MemoryLake) -> None:
    lake = filled.copied()
    known = HASHER.looked_at(["user_id"])
    for entry in lake.ledger.by_key.values():
        if entry.subjects:  # as before the contract named the others
            lake.objects.put(entry.subjects, encode_digests(known))
    lake.erased(ANN)
    check(lake, filled)


def test_records_that_firehose_could_not_deliver_lose_their_lines(filled: MemoryLake) -> None:
    lake = filled.copied()
    record = framed(click("e40", ANN) + click("e41", BOB))
    whole = json.dumps({"rawData": base64.b64encode(framed(click("e42", ANN))).decode()}).encode()
    kept = json.dumps({"rawData": base64.b64encode(framed(click("e43", BOB))).decode()}).encode()
    mixed = json.dumps({"attempts": 3, "rawData": base64.b64encode(record).decode()}).encode()
    lake.objects.put(
        "firehose-errors/clickstream/a", b"\n".join([whole, kept, mixed, b"no JSON of " + ANN.encode(), b""])
    )
    lake.erased(ANN)
    lines = lake.objects.read("firehose-errors/clickstream/a").splitlines()
    assert lines[0] == kept
    said = json.loads(lines[1])
    assert said == {"attempts": 3, "rawData": base64.b64encode(framed(click("e41", BOB))).decode()}
    assert len(lines) == 2
    check(lake, filled)


def test_a_record_that_json_spells_otherwise_loses_its_lines_too(filled: MemoryLake) -> None:
    lake = filled.copied()
    record = base64.b64encode(framed(click("e40", ANN) + click("e41", BOB) * 2)).decode()
    spelt = '{"attempts":3,"rawData":"' + record.replace("=", "\\u003d").replace("/", "\\/") + '"}'
    assert len(spelt) > len(record) + 26
    lake.objects.put("firehose-errors/clickstream/a", spelt.encode() + b"\n")
    lake.erased(ANN)
    said = json.loads(lake.objects.read("firehose-errors/clickstream/a"))
    assert said["attempts"] == 3
    assert base64.b64decode(said["rawData"]) == framed(click("e41", BOB) * 2)
    check(lake, filled)


def test_results_that_name_the_subject_go_with_what_belongs_to_them(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.results.put("2.csv", f'"{BOB}"\n'.encode())
    lake.results.put("2.csv.metadata", b"x")
    lake.erased(ANN)
    assert sorted(lake.results.by_key) == ["2.csv", "2.csv.metadata"]


def test_what_a_replay_converted_under_an_older_list_goes(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.objects.put("replay/old/x", b"x")
    erase = lake.erasing()
    run = erase.start([HASHER.digest("user_id", ANN)])
    erase.turn(run.id, lake.clock() + dt.timedelta(minutes=5))
    lake.clock.advance(minutes=1)
    lake.objects.put("replay/new/x", b"x")
    lake.erased(ANN)
    assert lake.objects.keys("replay/") == ["replay/new/x"]


class OtherStore:
    """A store that comes later."""

    name = "sessions"

    def __init__(self, digests: Iterable[str]) -> None:
        self.digests = set(digests)

    def search(self, digests: Collection[str]) -> int:
        return len(self.digests.intersection(digests))

    def erase(self, digests: Collection[str]) -> None:
        self.digests.difference_update(digests)


def test_other_stores_are_asked(filled: MemoryLake) -> None:
    lake = filled.copied()
    ann, bob = HASHER.digest("user_id", ANN), HASHER.digest("user_id", BOB)
    store = OtherStore([ann, bob])
    turn = lake.erased(ANN, stores=[store])
    assert store.digests == {bob}
    assert lake.report(turn.run.id).stores == (StoreAnswer(name="sessions", found=1, left=0),)


def test_a_rewritten_raw_object_is_not_converted_again(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.erased(ANN)
    rows = lake.rows(STREAM)
    for key, entry in dict(lake.ledger.by_key).items():
        if entry.done:
            lake.convert(key)
    assert lake.rows(STREAM) == rows


# the proof


def test_the_proof_names_what_was_touched_by_the_hashes_of_its_bytes(filled: MemoryLake) -> None:
    lake = filled.copied()
    report = lake.report(lake.erased(ANN).run.id)
    sha256 = {
        (bucket, key): hashlib.sha256(body).hexdigest()
        for bucket, objects in (("lake", lake.objects), ("results", lake.results))
        for key in objects.keys("")
        for body in [objects.read(key)]
    }
    assert {each.level for each in report.touched} >= {
        "raw", "hot", "warm", "quarantine", "ids", "metadata", "subjects", "results",
    }  # fmt: skip
    for each in report.touched:
        there = sha256.get((each.bucket, each.by or each.key))
        assert there == (None if each.action == "deleted" and each.key not in lake.objects.by_key else each.after)
        assert not any(version in each.versions for version, *_ in lake.objects.by_key.get(each.key, []))
    assert ANN not in str(report)
    assert [table.table for table in report.tables] == [STREAM, QUARANTINE]
    prefix = next(each for each in report.prefixes if each.prefix == "raw/")
    assert prefix.objects == prefix.versions == len(lake.objects.keys("raw/"))


def test_findings_go_when_the_proof_is_there(filled: MemoryLake) -> None:
    lake = filled.copied()
    run = lake.erased(ANN).run
    assert [key for key in lake.objects.by_key if key.startswith("erasure/")] == [f"erasure/{run.id}/report.json"]


def test_findings_go_though_the_process_dies_at_its_end(filled: MemoryLake) -> None:
    lake, calls = filled.copied(), Calls()
    lake.erased(ANN, calls=calls)
    for at in range(calls.count - 12, calls.count + 1):
        lake = filled.copied()
        died(lake, at, after=True)
        left = [key for key in lake.objects.by_key if key.startswith("erasure/")]
        assert [key for key in left if not key.endswith("/report.json")] == [], at


def test_what_cannot_be_read_is_told(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.objects.put("hot/clickstream/gen=2026-11-22-14/x.parquet", b"PAR1")
    lake.objects.put("raw/clickstream/2026/11/22/14/x", framed(click("e", BOB))[:-1] + b"\0")
    report = lake.report(lake.erased(ANN).run.id)
    assert [each.key.split("/")[0] for each in report.unsearched] == ["hot", "raw"]


def test_a_snapshot_that_a_tag_keeps_is_told(filled: MemoryLake) -> None:
    lake = filled.copied()
    lake.catalog.expire = lambda table, older_than: None  # type: ignore[method-assign]
    turn = lake.erased(ANN)
    assert (turn.next, turn.phase) == ("failed", f"warm {STREAM}")
    assert "remove the tags" in turn.reason
