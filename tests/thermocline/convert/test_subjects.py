from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.fakes import HASHER, FixedClock, MemoryLedger, MemoryStore
from tests.thermocline.convert.rows import clicks, read
from thermocline.contracts import load_contracts
from thermocline.contracts.validator import validator_for
from thermocline.convert.use_case import Convert
from thermocline.events.batch import Refused
from thermocline.events.quarantine import MAX_PAYLOAD_BYTES, quarantine_row
from thermocline.layout import generation_of, stream_of, table_prefix
from thermocline.ledger import Entry
from thermocline.streams import QUARANTINE
from thermocline.subjects import decode_digests

KEY = "raw/clickstream/2026/11/22/11/shop-1.ndjson.zst"
PEOPLE = [{"user_id": "ann"}, {"user_id": "bob", "anonymous_id": "b-1"}, {"anonymous_id": "ann"}, {}]
ANN = HASHER.digest("user_id", "ann")


class Lake:
    """A lake with one raw object, and a list of suppressed subjects."""

    def __init__(self, body: bytes, *suppressed: str, key: str = KEY) -> None:
        self.store, self.ledger, self.key = MemoryStore({key: body}), MemoryLedger(), key
        self.ledger.suppress(suppressed)
        clock = FixedClock()
        self._convert = Convert(
            store=self.store, ledger=self.ledger, contracts=load_contracts(), hasher=HASHER, clock=clock
        )

    def convert(self) -> Entry:
        entry = self._convert(self.key)
        assert entry
        return entry

    def events(self, table: str) -> list[str]:
        mine = [body for key, body in self.store.writes if key.startswith(table_prefix(table)) and generation_of(key)]
        return [row["event_id"] for body in mine for row in read(body)]


def lines(*bad: bytes) -> bytes:
    rows = [msgspec.json.decode(click) | person for click, person in zip(clicks(len(PEOPLE)), PEOPLE, strict=True)]
    return b"".join([*(msgspec.json.encode(row) + b"\n" for row in rows), *bad])


def test_the_digests_of_all_erasure_keys_are_kept_beside_the_files() -> None:
    lake = Lake(lines())
    entry = lake.convert()
    assert entry.subjects
    values = [(column, value) for person in PEOPLE for column, value in person.items()]
    looked_at = HASHER.looked_at(load_contracts()["clickstream"].erasure_keys)
    assert decode_digests(lake.store.written[entry.subjects]) - looked_at == {HASHER.digest(*each) for each in values}
    assert looked_at <= decode_digests(lake.store.written[entry.subjects])


def test_lines_of_suppressed_subjects_are_left_out_and_counted() -> None:
    lake = Lake(lines(), ANN, HASHER.digest("anonymous_id", "b-1"))
    entry = lake.convert()
    assert lake.events("clickstream") == ["e2", "e3"]
    assert (entry.lines, entry.suppressed, entry.suppression, entry.files[0].rows) == (4, 2, 1, 2)
    assert ANN in decode_digests(lake.store.written[entry.subjects or ""])


def test_an_object_of_suppressed_lines_only_has_no_file() -> None:
    lake = Lake(lines().split(b"\n")[0] + b"\n", ANN)
    entry = lake.convert()
    assert (entry.done, entry.files, entry.suppressed) == (True, (), 1)


@pytest.mark.parametrize(
    ("bad", "suppressed"),
    [
        (b'{"user_id": "ann", "event_time": 7}\n', True),
        (b'{"user_id": "eve", "event_time": 7}\n', False),
        (b'{"user_id": ["ann"]}\n', True),
        (b'{"user_id": "ann"\n', True),
        (b'{"page": {"mail_of": "ann"}}\n', True),
        (b"to ann, as agreed\n", True),
        (b"YW5u\n", True),
        (b"to anna, as agreed\n", False),
    ],
)
def test_a_bad_line_is_left_out_if_it_names_a_suppressed_subject_anywhere(bad: bytes, suppressed: bool) -> None:
    lake = Lake(lines(bad), ANN)
    entry = lake.convert()
    assert entry.suppressed == 1 + suppressed
    assert len(lake.events(QUARANTINE)) == 1 - suppressed
    assert entry.lines == sum(file.rows for file in entry.files) + entry.suppressed


def test_a_bad_line_is_left_out_although_its_payload_is_cut_before_its_subject() -> None:
    line = b'{"event_time": 7, "pad": "' + bytes(b"x" * MAX_PAYLOAD_BYTES) + b'", "user_id": "ann"}\n'
    lake = Lake(lines(line), ANN)
    assert lake.convert().suppressed == 2
    assert lake.events(QUARANTINE) == []


def test_without_erasure_keys_there_are_no_digests() -> None:
    key = "raw/cdc_log/2026/11/22/11/db-1.ndjson.zst"
    lake = Lake(b'{"x": 1}\n', ANN, key=key)
    assert stream_of(key) == "cdc_log"
    assert lake.convert().subjects == ""


def refused(payload: bytes, context: dict[str, object]) -> bytes:
    bad = Refused(raw=payload, reason="malformed", detail="no JSON", context=context)
    received = dt.datetime(2026, 11, 22, 11, tzinfo=dt.UTC)
    row = quarantine_row(bad, stream="clickstream", source="shop", protocol="rows", stage="ingest", received=received)
    return validator_for(load_contracts()[QUARANTINE]).encode(row)


def test_a_bad_row_of_ingest_is_left_out_if_it_names_a_suppressed_subject_anywhere() -> None:
    rows = (refused(b'{"user": "ann"', {}), refused(b"x", {"path": "/of/ann"}), refused(b"y", {"path": "/of/bob"}))
    lake = Lake(b"".join(rows), ANN, key="raw/quarantine/2026/11/22/11/bad-1")
    entry = lake.convert()
    assert (entry.lines, entry.suppressed, entry.files[0].rows) == (3, 2, 1)


def test_of_a_quarantined_request_nobody_looked() -> None:
    lake = Lake(b"x\n", ANN, key="raw/quarantine/2026/11/22/11/bad-1")
    assert lake.convert().subjects is None
