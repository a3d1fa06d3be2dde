"""Each rule of a replay, with the shortest history that needs it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.fakes import HASHER
from tests.thermocline.replay.lake import BIG, GENS, TABLE, ReplayLake, drive, line
from thermocline.errors import CommitFailed, FencedOff, LedgerConflict, ReplayRefused, UnknownStream
from thermocline.events.identity import digest_id
from thermocline.ledger import Suppression
from thermocline.replay.model import OWNER, Order
from thermocline.streams import QUARANTINE


@pytest.fixture
def lake(tmp_path: Path) -> ReplayLake:
    return ReplayLake(tmp_path / "lake")


def events(lake: ReplayLake, table: str = TABLE) -> list[tuple[str, str]]:
    """Return generation and event of every row; of quarantine's, the generation and the raw object's name."""
    if table == QUARANTINE:
        return [(gen, source.rpartition("/")[2]) for gen, _, source, _ in lake.rows(table)]
    return [(gen, event) for gen, event, _, _ in lake.rows(table)]


def bad_id(written: bytes) -> str:
    """Return the id that a refused line has in quarantine."""
    return digest_id("shop", TABLE, written.removesuffix(b"\n"))


# -- which generations


def test_a_generation_that_readers_may_still_have_from_hot_is_not_replayed(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("a")])
    lake.promote()
    lake.settled = GENS[0]
    with pytest.raises(ReplayRefused, match=f"{GENS[0]} is not settled"):
        drive(lake, GENS[0], GENS[1])
    assert lake.runs.current(TABLE) is None


def test_quarantine_must_be_settled_too(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("a", quantity=BIG)])
    lake.promote()
    lake.settled_of[QUARANTINE] = GENS[0]
    with pytest.raises(ReplayRefused, match=f"^quarantine {GENS[0]} is not settled"):
        drive(lake, GENS[0], GENS[0])


def test_a_range_whose_raw_has_expired_is_refused_as_a_whole(lake: ReplayLake) -> None:
    keys = [lake.arrive(GENS[0], name, [line(name)]) for name in ("a", "b", "c")]
    lake.promote()
    lake.bucket.delete(keys[1:])
    with pytest.raises(ReplayRefused, match=f"^{keys[1]} is not in the bucket any more, and 1 others"):
        drive(lake, GENS[0], GENS[0])
    assert lake.runs.current(TABLE) is None


def test_what_is_no_stream_or_has_no_objects_is_refused(lake: ReplayLake) -> None:
    replay, _ = lake.replay()
    with pytest.raises(ReplayRefused, match="quarantine is replayed with the streams"):
        replay.plan(QUARANTINE, GENS[0], GENS[0], dry=False)
    with pytest.raises(ReplayRefused, match="has no objects"):
        replay.plan(TABLE, GENS[0], GENS[0], dry=False)
    with pytest.raises(UnknownStream):
        replay.plan("nothing", GENS[0], GENS[0], dry=False)


def test_a_generation_whose_identities_have_left_the_index_is_refused(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("a")])
    lake.promote()
    lake.tables.by_name[TABLE].ids.clear()
    with pytest.raises(ReplayRefused, match="its identities have left the table's index"):
        drive(lake, GENS[0], GENS[0])


# -- later generations


def test_a_later_twin_goes_in_the_same_commit_as_its_row_comes(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("x"), line("y")])
    lake.promote()
    assert events(lake) == [(GENS[1], "x"), (GENS[1], "y")]
    before = len(lake.tables.by_name[TABLE].changes)
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x"), (GENS[1], "y")]
    (change,) = lake.tables.by_name[TABLE].changes[before:]
    assert change.gens == (GENS[0], GENS[1])
    assert lake.told == [(TABLE, (GENS[0], GENS[1]))]
    assert lake.books_balance()


def test_a_later_twin_comes_back_when_its_row_goes(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)], wide=True)
    key = lake.arrive(GENS[1], "b", [line("x", quantity=5), line("x", quantity=6, received=1)])
    lake.promote()
    assert events(lake) == [(GENS[0], "x")]
    drive(lake, GENS[0], GENS[0], wide=False)
    assert lake.rows(TABLE) == [(GENS[1], "x", key, 5)]
    assert events(lake, QUARANTINE) == [(GENS[0], "a")]
    assert lake.books_balance()


def test_a_generation_that_is_committed_and_not_published_is_decided_again(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.promote()
    lake.arrive(GENS[1], "b", [line("x")])
    lake.promote()
    lake.ledger._marks.clear()  # the promoter died before it moved the watermark
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x")]


def test_rows_outside_the_window_stay(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.arrive(GENS[3], "b", [line("x")])
    lake.promote()
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x"), (GENS[3], "x")]


def test_rows_of_other_generations_in_a_merged_file_stay(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG), line("z", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("y"), line("w", quantity=BIG)])
    lake.promote()
    lake.compact(TABLE)
    lake.compact(QUARANTINE)
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x"), (GENS[0], "z"), (GENS[1], "y")]
    assert events(lake, QUARANTINE) == [(GENS[1], "b")]


# -- the suppression list


def test_a_list_that_changed_after_the_conversion_is_applied(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", visitor="v"), line("y")])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False).run
    convert(lake.backfills.orders.popleft())
    assert replay.progress(TABLE, run).ready == GENS[0]
    lake.ledger.listed = Suppression(version=1, subjects=frozenset({HASHER.digest("visitor", "v")}))
    assert replay.commit(TABLE, run, GENS[0]).state == "converting"
    assert events(lake) == [(GENS[0], "x"), (GENS[0], "y")]
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "y")]
    assert lake.books_balance()


def test_what_an_erasure_deleted_is_converted_again(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x"), line("y", quantity=BIG)])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False).run
    convert(lake.backfills.orders.popleft())
    lake.bucket.delete(list(lake.bucket.keys("replay/")))
    assert replay.commit(TABLE, run, GENS[0]).state == "converting"
    convert(lake.backfills.orders.popleft())
    assert replay.commit(TABLE, run, GENS[0]).state == "done"
    assert events(lake) == [(GENS[0], "x"), (GENS[0], "y")]


def test_what_was_converted_under_an_older_list_is_converted_again(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", visitor="v")])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False).run
    convert(lake.backfills.orders.popleft())
    lake.ledger.listed = Suppression(version=1, subjects=frozenset({HASHER.digest("visitor", "v")}))
    state = replay.progress(TABLE, run)
    assert (state.converted, state.ready, len(lake.backfills.orders)) == (0, None, 1)
    assert len(lake.backfills.orders) == 1
    replay.progress(TABLE, run)
    assert len(lake.backfills.orders) == 1  # it waits already


def test_an_erasure_knows_of_a_conversion_until_it_ends(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x")])
    lake.promote()
    replay, convert = lake.replay()
    replay.plan(TABLE, GENS[0], GENS[0], dry=False)
    order = lake.backfills.orders.popleft()
    lake.ledger.before_write = lambda: lake.ledger.suppress([HASHER.digest("visitor", "v")])
    with pytest.raises(LedgerConflict):
        convert(order)
    assert not list(lake.bucket.keys("replay/"))
    convert(order)
    assert lake.ledger.open == {}


# -- claims


def test_a_row_that_a_recovery_has_is_left_out(lake: ReplayLake) -> None:
    bad = line("x", quantity=BIG)
    key = lake.arrive(GENS[0], "a", [bad, line("y")])
    lake.promote()
    lake.claims.claim(key, [bad_id(bad)], "raw/visits/recovered-1")
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "y")]
    assert events(lake, QUARANTINE) == [(GENS[0], "a")]  # the recovery lets it leave
    entry = lake.ledger.entry(key)
    assert entry
    assert {file.table: file.rows for file in entry.files} == {TABLE: 1, QUARANTINE: 1}
    assert lake.books_balance()


def test_what_a_recovery_took_out_of_quarantine_stays_in_the_books(lake: ReplayLake) -> None:
    bad = line("x", quantity=BIG)
    key = lake.arrive(GENS[0], "a", [bad, line("y"), line("z", quantity=BIG)])
    lake.promote()
    lake.claims.claim(key, [bad_id(bad)], "raw/visits/recovered-1")
    lake.recovered(key, bad)
    drive(lake, GENS[0], GENS[0])
    assert (events(lake), events(lake, QUARANTINE)) == ([(GENS[0], "y"), (GENS[0], "z")], [])
    assert [(source, kept) for _, source, kept in lake.ids(QUARANTINE)[GENS[0]]] == [(key, False)]


def test_a_recovery_that_is_quicker_than_the_commit_has_the_row(lake: ReplayLake) -> None:
    bad = line("x", quantity=BIG)
    key = lake.arrive(GENS[0], "a", [bad, line("y")])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False).run
    convert(lake.backfills.orders.popleft())
    lake.claims.claim(key, [bad_id(bad)], "raw/visits/recovered-1")
    assert replay.commit(TABLE, run, GENS[0]).state == "converting"
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "y")]


def test_rows_that_became_good_are_claimed_and_stay_in_every_later_replay(lake: ReplayLake) -> None:
    bad = line("x", quantity=BIG)
    key = lake.arrive(GENS[0], "a", [bad, line("y")])
    lake.promote()
    drive(lake, GENS[0], GENS[0], dry=True)
    assert lake.claims.owners == {}
    drive(lake, GENS[0], GENS[0])
    assert lake.claims.owners == {key: {bad_id(bad): OWNER}}
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x"), (GENS[0], "y")]


# -- commits


def test_a_commit_whose_answer_is_lost_is_found_by_generation_and_token(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.promote()
    warm = lake.tables.by_name[TABLE]
    before = len(warm.changes)
    warm.fates.append("lands, answer lost")
    drive(lake, GENS[0], GENS[0])
    assert len(warm.changes) == before + 1
    assert events(lake) == [(GENS[0], "x")]


def test_a_commit_that_is_refused_is_prepared_anew(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.promote()
    lake.tables.by_name[TABLE].fates.append("refused")
    lake.tables.by_name[QUARANTINE].fates.extend(["refused", "lands later"])
    drive(lake, GENS[0], GENS[0])
    lake.tables.by_name[QUARANTINE].land_late()
    assert events(lake) == [(GENS[0], "x")]
    assert events(lake, QUARANTINE) == []


def test_who_lost_the_lease_changes_nothing(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.promote()
    lake.tables.by_name[TABLE].fence = 99
    with pytest.raises(FencedOff):
        drive(lake, GENS[0], GENS[0])
    assert events(lake) == []
    assert lake.leases.holder is None


# -- runs


def test_a_dry_run_tells_what_a_replay_changes_and_changes_nothing(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG), line("z", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("x"), line("y"), line("w", quantity=BIG)])
    lake.arrive(GENS[2], "c", [line("w")])
    lake.promote()
    lake.compact(TABLE)
    tables, objects = {t: (lake.rows(t), lake.ids(t)) for t in (TABLE, QUARANTINE)}, list(lake.bucket.keys())
    told = [each for done in drive(lake, GENS[0], GENS[1], dry=True) for each in done.differences]
    assert {t: (lake.rows(t), lake.ids(t)) for t in (TABLE, QUARANTINE)} == tables
    assert list(lake.bucket.keys()) == objects
    counts = [(each.table, each.gen, each.appear, each.change, each.vanish) for each in told]
    assert counts == [
        (TABLE, GENS[0], 2, 0, 0),
        (QUARANTINE, GENS[0], 0, 0, 2),
        (TABLE, GENS[1], 1, 0, 1),
        (TABLE, GENS[2], 0, 0, 1),
        (QUARANTINE, GENS[1], 0, 0, 1),
    ]
    assert told[0].examples == {"appear": ("x", "z")}
    drive(lake, GENS[0], GENS[1])
    assert events(lake) == [(GENS[0], "x"), (GENS[0], "z"), (GENS[1], "w"), (GENS[1], "y")]


def test_a_value_that_changed_is_a_change(lake: ReplayLake) -> None:
    key = lake.arrive(GENS[0], "a", [line("x", quantity=1), line("y")])
    lake.promote()
    (lake.bucket.folder / key).write_bytes(line("x", quantity=2) + line("y"))
    (done,) = drive(lake, GENS[0], GENS[0])
    (told,) = done.differences
    assert (told.appear, told.change, told.vanish, told.examples) == (0, 1, 0, {"change": ("x",)})


def test_a_run_of_another_range_waits_for_one_that_has_begun_to_replace(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("y")])
    lake.promote()
    replay, convert = lake.replay()
    untouched = replay.plan(TABLE, GENS[0], GENS[0], dry=False)
    run = replay.plan(TABLE, GENS[0], GENS[1], dry=False)
    assert run.run != untouched.run
    assert replay.plan(TABLE, GENS[0], GENS[1], dry=False) == run
    while lake.backfills.orders:
        convert(lake.backfills.orders.popleft())  # those of the run that was given up are dropped
    assert {name for name, _ in lake.runs.told} == {run.run}
    replay.commit(TABLE, run.run, GENS[0])
    with pytest.raises(ReplayRefused, match=f"lake replay visits --from {GENS[0]} --to {GENS[1]}` ends it"):
        replay.plan(TABLE, GENS[1], GENS[1], dry=False)
    drive(lake, GENS[0], GENS[1])
    with pytest.raises(ReplayRefused, match="is over"):
        replay.progress(TABLE, run.run)


def test_a_run_that_died_between_its_two_commits_is_ended_by_itself_alone(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("y")])
    lake.promote()
    lake.tables.by_name[QUARANTINE].fates.extend(["refused"] * 5)
    with pytest.raises(CommitFailed):
        drive(lake, GENS[0], GENS[0])
    with pytest.raises(ReplayRefused, match=f"--from {GENS[0]} --to {GENS[0]}` ends it"):
        drive(lake, GENS[1], GENS[1])
    drive(lake, GENS[0], GENS[0])
    assert (events(lake), events(lake, QUARANTINE)) == ([(GENS[0], "x"), (GENS[1], "y")], [])


def test_an_object_that_is_gone_by_its_turn_ends_the_run_before_anything_is_replaced(lake: ReplayLake) -> None:
    key = lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False).run
    body = (lake.bucket.folder / key).read_bytes()
    lake.bucket.delete([key])
    convert(lake.backfills.orders.popleft())
    state = replay.progress(TABLE, run)
    assert (state.problems, state.ready) == ((f"{key} is not in the bucket any more",), None)
    (lake.bucket.folder / key).write_bytes(body)  # brought back from the bucket's versions
    drive(lake, GENS[0], GENS[0])
    assert events(lake) == [(GENS[0], "x")]


def test_a_conversion_that_ends_after_its_run_leaves_no_result(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x")])
    lake.promote()
    replay, convert = lake.replay()
    run = replay.plan(TABLE, GENS[0], GENS[0], dry=False)
    order = lake.backfills.orders.popleft()
    lake.ledger.before_write = lambda: lake.runs.remove(run)
    convert(order)
    assert lake.runs.told == {}
    convert(Order(run="another", table=TABLE, gen=GENS[0], raw_key=order.raw_key))
    assert lake.runs.told == {}


def test_identities_are_spelt_as_promotion_spells_them(lake: ReplayLake) -> None:
    lake.arrive(GENS[0], "a", [line("x", quantity=BIG)])
    lake.arrive(GENS[1], "b", [line("x")])
    lake.promote()
    drive(lake, GENS[0], GENS[0])
    key = hashlib.md5(b"shop\x1f1\x1fx").digest()
    assert {gen: [(each, kept) for each, _, kept in rows] for gen, rows in lake.ids(TABLE).items()} == {
        GENS[0]: [(key, True)],
        GENS[1]: [(key, False)],
    }
