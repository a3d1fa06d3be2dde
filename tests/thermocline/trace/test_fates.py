"""Ten events of ten fates, and what trace says of each."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.fakes.clock import NOW
from tests.thermocline.trace.lake import CLICKS, GEN, LAST, TracedLake, event
from thermocline.generations import hour_of, moved
from thermocline.ledger import Suppression
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Step, Story

HOUR = dt.timedelta(hours=1)
REFUSED: dict[str, Any] = {"reason": "invalid", "stage": "convert", "detail": "page_url: is no text", "stream": CLICKS}
BAD: dict[str, Any] = {**REFUSED, "replayable": True, "replay_event_id": "e1", "replay_fingerprint": 1}


@pytest.fixture
def lake() -> TracedLake:
    return TracedLake()


def steps(story: Story) -> list[str]:
    return [step.step for step in story.steps]


def step(story: Story, name: str) -> Step:
    (found,) = [step for step in story.steps if step.step == name]
    return found


def test_a_fresh_event_is_shown_from_hot(lake: TracedLake) -> None:
    raw = lake.arrive(event("e0"), event("e1"), request="JKJa=")
    key = lake.convert(raw, event("e0"), event("e1"))
    story = lake.trace("e1")
    assert (story.fate, story.place, story.visible, story.missing) == ("fresh", "hot", True, None)
    assert steps(story) == ["request", "record", "raw", "ledger", "hot", "generation", "view"]
    assert step(story, "request").facts["request"] == "JKJa="
    assert step(story, "record").facts == {"number": 1, "at": 0, "bytes": len(lake.bodies[raw]), "line": 2}
    assert step(story, "ledger").facts["gen"] == GEN
    assert step(story, "hot").facts == {"key": key, "row": 1}
    assert "is open until" in step(story, "generation").text


def test_a_promoted_event_has_snapshot_file_and_row_group(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("e1"))
    lake.promote()
    story = lake.trace("e1")
    assert (story.fate, story.place, story.visible) == ("promoted", "warm", True)
    assert steps(story) == ["request", "record", "raw", "ledger", "hot", "generation", "snapshot", "warm", "view"]
    assert step(story, "snapshot").facts == {"snapshot": "7", "token": 3, "gens": [GEN]}
    assert step(story, "warm").facts == {"key": lake.tables[CLICKS].files[0].key, "group": 0, "row": 0}


def test_a_promoted_event_that_the_view_does_not_show_yet_is_told(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("e1"))
    lake.promote()
    lake.views.watermarks[CLICKS] = GEN
    story = lake.trace("e1")
    assert (story.place, story.visible) == ("warm", False)
    assert story.missing
    assert story.missing.step == "view"
    assert story.missing.next == "`lake promote clickstream` publishes the view"


def test_a_sealed_event(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("e1"))
    lake.promote(name="sealed-w1")
    assert lake.trace("e1").fate == "sealed"


def test_a_duplicate_says_which_arrival_stayed_and_why(lake: TracedLake) -> None:
    first, second = lake.arrive(event("e1")), lake.arrive(event("e1", received_at=NOW + HOUR))
    lake.convert(first, event("e1"), gen=LAST)
    lake.convert(second, event("e1", received_at=NOW + HOUR), gen=GEN)
    lake.promote(LAST)
    lake.promote(GEN)
    story = lake.trace("e1")
    assert (story.fate, story.place) == ("duplicate", "warm")
    assert step(story, "raw").facts["key"] == first
    assert step(story, "twin").facts == {"raw_key": second, "gen": GEN, "kept": False}
    assert step(story, "twin").text.endswith(f"dropped: generation {LAST} had it")


def test_a_dropped_twin_that_is_asked_for_says_where_the_other_is(lake: TracedLake) -> None:
    first, second = lake.arrive(event("e1")), lake.arrive(event("e1"), request="r2")
    for key in (first, second):
        lake.convert(key, event("e1"))
    lake.promote()
    story = lake.trace("e1", raw_key=second)
    assert story.fate == "duplicate"
    assert step(story, "request").facts["request"] == "r2"
    kept = [step.facts["raw_key"] for step in story.steps if step.step == "twin" and step.facts["kept"]]
    assert kept == [first]


def test_twins_in_hot_are_told(lake: TracedLake) -> None:
    first, second = lake.arrive(event("e1")), lake.arrive(event("e1"))
    for key in (first, second):
        lake.convert(key, event("e1"))
    story = lake.trace("e1")
    assert (story.fate, step(story, "twin").facts["raw_key"]) == ("duplicate", second)


def test_a_late_event_says_how_late(lake: TracedLake) -> None:
    old = event("e1", event_time=NOW - 50 * HOUR)
    lake.convert(lake.arrive(old), old)
    lake.promote()
    story = lake.trace("e1")
    assert (story.fate, story.place, step(story, "late").facts["days"]) == ("late", "warm", 2)


def test_a_quarantined_event_says_where_and_why(lake: TracedLake) -> None:
    raw = lake.arrive(event("e1"))
    lake.convert(raw, event("q1"), **BAD)
    story = lake.trace("e1")
    assert (story.fate, story.place, story.event.event_id) == ("quarantined", "quarantine", "e1")
    assert step(story, "quarantine").text == "refused by convert: invalid, page_url: is no text; it can be replayed"
    assert story.missing
    assert "lake replay clickstream --from-quarantine" in story.missing.next
    assert lake.trace("q1").fate == "quarantined", "quarantine's own id finds it, too"


def test_a_cut_quarantined_event_cannot_be_replayed(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("q1"), **{**BAD, "replayable": False})
    story = lake.trace("e1")
    assert story.missing
    assert "cannot come back" in story.missing.next


def test_a_row_that_was_taken_back_is_replayed(lake: TracedLake) -> None:
    raw = lake.arrive(event("e1"))
    lake.convert(raw, event("q1"), **BAD)
    lake.owners[raw] = {"q1": "raw/clickstream/recovered-1"}
    assert lake.trace("e1").fate == "replayed"
    lake.convert(lake.arrive(event("e1")), event("e1"))
    story = lake.trace("e1")
    assert (story.fate, story.place, story.visible) == ("replayed", "hot", True)


def test_an_event_of_a_recovered_object_is_replayed_and_has_no_request(lake: TracedLake) -> None:
    raw = lake.arrive(event("e1"), request="", name="recovered-1")
    lake.convert(raw, event("e1"))
    story = lake.trace("e1")
    assert (story.fate, step(story, "request").facts["request"]) == ("replayed", None)
    assert "a replay brought it back" in step(story, "request").text


def test_a_generation_that_was_replayed_says_so(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("e1"))
    lake.promote(replayed=[moved(GEN, 1)])
    story = lake.trace("e1")
    assert (story.fate, "a replay of 2 generations" in step(story, "snapshot").text) == ("replayed", True)


def test_a_suppressed_event_is_known_by_its_digest_and_nobody_is_named(lake: TracedLake) -> None:
    raw = lake.arrive(event("e1", user_id="ada"))
    lake.convert(raw, suppressed=1)
    lake.ledger.listed = Suppression(version=4, subjects=frozenset({"user_id=ada"}))
    story = lake.trace("e1")
    assert (story.fate, story.place, story.visible) == ("suppressed", "raw", False)
    assert story.missing
    assert story.missing.why == "a subject of it is suppressed: list version 4"
    assert b"ada" not in msgspec.json.encode(story)


@pytest.mark.parametrize(
    ("status", "why", "next_"),
    [
        (None, "no entry", "sweeper"),
        ("pending", f"generation {GEN} waits for it", "sweeper"),
        ("parked", "is parked", "lake redrive"),
    ],
)
def test_a_stuck_event_says_what_it_waits_for(lake: TracedLake, status: str | None, why: str, next_: str) -> None:
    raw = lake.arrive(event("e1"))
    if status:
        entry = lake.begin(raw)
        lake.ledger.by_key[raw] = replace(entry, status=status, gen=GEN if status == "pending" else None)
    story = lake.trace("e1")
    assert (story.found, story.fate, story.place) == (True, "stuck", "raw")
    assert story.missing
    assert why in story.missing.why
    assert next_ in story.missing.next
    assert step(story, "request").facts["request"] == "r1"


def test_an_event_that_never_arrived_says_how_far_that_is_known(lake: TracedLake) -> None:
    done, waiting = lake.arrive(event("e1")), lake.arrive(event("e2"))
    lake.convert(done, event("e1"))
    lake.begin(waiting)
    story = lake.trace("e3")
    assert (story.found, story.fate, story.place, story.steps) == (False, "never arrived", "nowhere", ())
    assert story.missing
    assert "2 raw objects from" in story.missing.why
    assert "all lines of 1 of these, which were not read" in story.missing.why
    assert lake.read_keys == [waiting]
    lake.trace("e3", thorough=True)
    assert set(lake.read_keys) == {done, waiting}


def test_a_raw_object_that_is_not_there_is_told(lake: TracedLake) -> None:
    story = lake.trace("e1", raw_key="raw/clickstream/gone")
    assert story.missing
    assert story.missing.why.startswith("there is no raw/clickstream/gone, and nothing of it is in hot")


def test_raw_objects_out_of_the_range_are_not_looked_at(lake: TracedLake) -> None:
    lake.arrive(event("e1"), at=NOW - 5 * HOUR)
    assert lake.trace("e1", since=NOW - 4 * HOUR).fate == "never arrived"
    assert lake.trace("e1", since=NOW - 5 * HOUR).fate == "stuck"


def test_what_firehose_could_not_deliver_is_found(lake: TracedLake) -> None:
    raw = lake.arrive(event("e1"))
    failure = {"errorCode": "S3.AccessDenied", "rawData": base64.b64encode(lake.bodies.pop(raw)).decode()}
    lake.bodies["firehose-errors/clickstream/processing-failed/2026/11/26/1"] = msgspec.json.encode(failure) + b"\n"
    story = lake.trace("e1")
    assert (story.fate, story.place) == ("undeliverable", "firehose-errors")


def test_what_retention_removed_is_told_when_its_raw_object_is_read(lake: TracedLake) -> None:
    lake.contracts = {**lake.contracts, CLICKS: replace(lake.contracts[CLICKS], retention_days=100)}
    for event_id, days in (("old", 101), ("young", 99)):
        raw = lake.arrive(event(event_id, event_time=NOW - dt.timedelta(days=days)))
        lake.convert(raw)
    assert lake.trace("old").fate == "never arrived"
    assert lake.trace("old", thorough=True).fate == "expired"
    assert lake.trace("young", thorough=True).fate == "missing"


def test_the_same_id_with_another_payload_is_another_event(lake: TracedLake) -> None:
    one, two = event("e1"), event("e1", fingerprint=2)
    lake.convert(lake.arrive(one), one)
    other = lake.arrive(two, request="r2")
    lake.convert(other, two)
    story = lake.trace("e1")
    assert (story.fate, story.event.fingerprint) == ("fresh", 1)
    assert [each.event.fingerprint for each in story.others] == [2]
    assert lake.trace("e1", raw_key=other).event.fingerprint == 2


def test_the_same_id_of_another_source_is_left_out_when_one_is_named(lake: TracedLake) -> None:
    one, two = event("e1"), event("e1", source="app")
    lake.convert(lake.arrive(one), one)
    lake.convert(lake.arrive(two), two)
    assert [each.event.source for each in lake.trace("e1").others] == ["shop"]
    assert lake.trace("e1", source="shop").others == ()


def test_a_record_without_a_label_says_that_its_request_is_unknown(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1"), request=""), event("e1"))
    assert step(lake.trace("e1"), "request").facts["request"] is None


def test_an_event_of_before_the_range_is_found_in_warm(lake: TracedLake) -> None:
    then = NOW - dt.timedelta(days=20)
    gen = hour_of(then)
    old = event("e1", event_time=then, received_at=then)
    raw = lake.arrive(old, at=then)
    lake.convert(raw, old, gen=gen)
    lake.promote(gen)
    del lake.bodies[raw]
    story = lake.trace("e1")
    assert (story.fate, story.place, step(story, "raw").text.endswith("which is gone")) == ("promoted", "warm", True)


def test_quarantine_counts_as_a_table(lake: TracedLake) -> None:
    lake.convert(lake.arrive(event("e1")), event("q1"), **BAD)
    lake.promote(table=QUARANTINE)
    story = lake.trace("e1")
    assert (story.fate, story.visible, "warm" in steps(story)) == ("quarantined", True, True)
