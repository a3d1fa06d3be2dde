"""Whose a line is."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.fakes import HASHER
from tests.thermocline.erase.lake import CONTRACTS, STREAM, click, refused
from thermocline.adapters.raw_fits import ReadsLines
from thermocline.erase.lines import Lines, identity_of
from thermocline.streams import QUARANTINE
from thermocline.subjects import Subjects, erasure_keys

ANN = "ann@example.com"


def owned(line: bytes, stream: str = STREAM, *, has_bad_rows: bool = True, column: str = "user_id") -> bool:
    subjects = Subjects(HASHER, [HASHER.digest(column, ANN)], erasure_keys(CONTRACTS))
    fits = ReadsLines(CONTRACTS)
    lines = Lines(subjects, CONTRACTS[stream], lambda each: fits(stream, each))
    return lines.owned(line.rstrip(b"\n"), has_bad_rows=has_bad_rows)


@pytest.mark.parametrize("has_bad_rows", [True, False])
def test_a_line_is_whose_its_erasure_keys_say(*, has_bad_rows: bool) -> None:
    assert owned(click("e", ANN), has_bad_rows=has_bad_rows)
    assert not owned(click("e", "bob"), has_bad_rows=has_bad_rows)
    assert owned(click("e", None, anonymous_id=ANN), has_bad_rows=has_bad_rows, column="anonymous_id")


def test_a_good_line_of_another_that_names_the_subject_stays() -> None:
    assert not owned(click("e", "bob", properties=json.dumps({"friend": ANN})))
    assert not owned(click("e", ANN), column="anonymous_id")


@pytest.mark.parametrize(
    "line",
    [
        b'{"event_id": 7, "user_id": "bob", "x": "%s"}' % ANN.encode(),
        b'{"event_id": "e", "user_id": ["%s"]}' % ANN.encode(),
        b"broken %s" % ANN.encode(),
        b'["%s"]' % ANN.encode(),
    ],
)
def test_a_bad_line_is_whom_it_names(line: bytes) -> None:
    assert owned(line)
    assert not owned(line.replace(ANN.encode(), b"bob"))


def test_a_bad_row_is_whom_its_payload_or_its_context_names() -> None:
    assert owned(refused(b"say " + ANN.encode()), QUARANTINE)
    assert owned(refused(b"\xff" + ANN.encode()), QUARANTINE)
    assert owned(refused(b"{}", {"path": f"/devices/{ANN}"}), QUARANTINE)
    assert not owned(refused(b"{}"), QUARANTINE)


def test_an_identity_is_that_of_the_files_of_identities() -> None:
    expected = hashlib.md5(b"shop\x1f-5\x1fe1", usedforsecurity=False).digest()
    assert identity_of(b'{"event_id":"e1","source":"shop","fingerprint":-5}') == expected
    assert identity_of(b"{}") == hashlib.md5(b"\x1f\x1f", usedforsecurity=False).digest()
    assert identity_of(b"no") is None
