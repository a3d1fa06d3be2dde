"""A whole erasure: nothing of the subject is left in any object or version, and everything else is as it was."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from tests.thermocline.erase.lake import STREAM, SmallLake, click, refused, warm_properties
from thermocline.erase.findings import Findings
from thermocline.erase.model import Turn
from thermocline.events.frames import framed
from thermocline.streams import QUARANTINE

ANN, BOB = "ann@example.com/7", "bob-4711"


def filled(lake: SmallLake) -> SmallLake:
    """Fill every place with something of Ann, and of Bob."""
    one = lake.arrive([click("e1", ANN), click("e2", BOB)], [click("e3", BOB)], [click("e4", ANN), click("e5", None)])
    bad = lake.arrive([b'{"event_id": 7, "user_id": {"name": "%s"}}\n' % ANN.encode(), b'{"event_id": 8}\n'])
    rows = [
        refused(json.dumps({"a": [{"user": ANN}]}).encode(), {"path": "/v1/x"}),
        refused(b"\x00\xff" + ANN.encode() + b" broken"),
        refused(b"{}", {"path": f"/devices/{ANN.replace('/', '%2F')}/state"}),
        refused(b"bob only " + BOB.encode()),
    ]
    quarantined = lake.arrive(rows, stream=QUARANTINE)
    for key in (one, bad, quarantined):
        lake.convert(key)
    lake.promote()
    twin = lake.arrive([click("e1", ANN), click("e6", BOB)])
    lake.convert(twin)
    lake.promote()
    hot = lake.arrive([click("e7", ANN), click("e8", BOB), refused(b"x")], [click("e9", ANN)])
    lake.convert(hot)
    lake.clean(one)
    lake.arrive([click("e10", ANN), click("e11", BOB)])  # not converted yet
    record = framed(click("e12", ANN) + click("e13", BOB))
    failed = json.dumps({"errorCode": "x", "rawData": base64.b64encode(record).decode()}).encode() + b"\n"
    lake.s3.put_object(Bucket=lake.name, Key="firehose-errors/clickstream/failed/2026/11/26/a", Body=failed)
    lake.s3.put_object(Bucket=lake.name, Key="replay/r1/x.parquet", Body=b"anything")
    for name, text in (("1.csv", f'"user_id"\n"{ANN}"\n'), ("2.csv", f'"user_id"\n"{BOB}"\n')):
        lake.s3.put_object(Bucket=lake.results, Key=f"q/{name}", Body=text.encode())
        lake.s3.put_object(Bucket=lake.results, Key=f"q/{name}.metadata", Body=b"user_id")
    return lake


def finished(turn: Turn) -> Turn:
    assert turn.next == "done", turn.reason
    return turn


def test_nothing_of_the_subject_is_left_and_the_rest_is_as_it_was(new_lake: Callable[[], SmallLake]) -> None:
    lake = filled(new_lake())
    before = lake.rows()
    assert len(lake.places_of(ANN)) > 10
    bobs = {place for place in lake.places_of(BOB) if "/warm/" not in place and place not in lake.cleaned}

    turn = finished(lake.erased(ANN))

    assert lake.places_of(ANN) == []
    others = {
        STREAM: [row for row in before[STREAM] if row["user_id"] != ANN],
        QUARANTINE: [
            row
            for row in before[QUARANTINE]
            if "bob" in row["payload"] or row["payload"] == '{"event_id": 8}' or '"payload":"x"' in row["payload"]
        ],
    }
    after = lake.rows()
    assert after[STREAM] == others[STREAM]
    assert [row["payload"] for row in after[QUARANTINE]] == [row["payload"] for row in others[QUARANTINE]]
    assert bobs <= set(lake.places_of(BOB))
    assert lake.problems() == ()
    assert len(warm_properties(lake)["snapshots"]) == 1
    report = Findings(lake.erase._lake.objects, turn.run.id).report()
    assert report
    assert not report.unsearched
