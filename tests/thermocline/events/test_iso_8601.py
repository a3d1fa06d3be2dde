"""Text that Python's own reader takes differently from version to version, or for something else than it is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.iso_8601 import epoch_number, read_iso_8601

moments = st.datetimes(timezones=st.just(dt.UTC)).map(lambda time: time.replace(microsecond=0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20261126", "2026-11-26T00:00:00"),
        ("20261126T0151", "2026-11-26T01:51:00"),
        ("20261126T015107Z", "2026-11-26T01:51:07"),
        ("2026-11-26 01:00", "2026-11-26T01:00:00"),
        ("2026/11/22 01:00:00", "2026-11-22T01:00:00"),
        ("2026/11/22", "2026-11-22T00:00:00"),
        ("2026/11/22T01:00:00.5+01:00", "2026-11-22T00:00:00.500000"),
        ("2026-W48-4", "2026-11-26T00:00:00"),
        ("2026-330", "2026-11-26T00:00:00"),
        ("2024-366T12:00Z", "2024-12-31T12:00:00"),
        ("2026-11-26T24:00:00Z", "2026-11-27T00:00:00"),
        ("2026-11-26T24:00:00+01:00", "2026-11-26T23:00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000"),
        ("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00"),
        ("2026-11-26 01:51:00 UTC", "2026-11-26T01:51:00"),
        ("2026-11-26 01:51:00 +0130", "2026-11-26T00:21:00"),
        ("2026-11-26T01:51:00,123-01", "2026-11-26T02:51:00.123000"),
        ("2026-11-26T01:51:00.123456999Z", "2026-11-26T01:51:00.123456"),
        ("2026-11-26T01:51:00+01:00[Europe/Paris]", "2026-11-26T00:51:00"),
        ("2026-11-26T01:51:00.5-05:00[America/New_York][u-ca=iso8601]", "2026-11-26T06:51:00.500000"),
        ("2026-11-26T01:51:00+01:30:30", "2026-11-26T00:20:30"),
    ],
)
def test_forms_that_mean_one_moment(text: str, expected: str) -> None:
    assert read_iso_8601(text).isoformat() == expected + "+00:00"


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026", "2026-11", "2026-W48", "2026W484", "2026-366", "2026-000", "2026-W54-1", "2026-W48-8"),
        *("2026/11-22", "2026-11/22", "22/11/2026", "2026/1/2", "2026/13/01", "2026/02/30", "26/11/22"),
        *("2026-11-26T1", "2026-11-26T01", "2026-11-26T01:5", "2026-11-26T25:00", "2026-11-26T24:00:01"),
        *("2026-11-26T01:60:00", "2026-11-26T01:51:61", "2026-11-26T01:51:60Z", "2016-12-31T23:59:60+01:00"),
        *(
            "2026-11-26T01:51:00+24:00",
            "2026-11-26T01:51:00+01:60",
            "2026-11-26T01:51:00 CET",
            "2026-11-26T01:51:00[Europe/Paris]",
            "2026-11-26Z",
        ),
        *("2026-11-26T3:04:05 PMZ", "2026-11-26T01:51:00.Z", "2026-11-26T01:51:00Z ", " 2026-11-26"),
        *(
            "2026-11-26T01:51:00Z\n",
            "\uff12\uff10\uff12\uff16-11-26",
            "2026-11-26T0\u0661:00",
            "2_26-11-26",
            "+2026-11-26",
            "202611260151",
        ),
        *("20261126015107", "1722101230303Z", "17641218001", "26-11-2026", "11/26/2026"),
    ],
)
def test_what_has_no_certain_meaning_is_refused(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        read_iso_8601(text)


@given(moments)
def test_every_form_of_a_moment_is_that_moment(moment: dt.datetime) -> None:
    for form in ("%Y%m%dT%H%M%S", "%Y-%m-%d %H:%M:%S UTC", "%G-W%V-%uT%H:%M:%SZ", "%Y-%jT%H:%M:%SZ"):
        year = f"{moment.year:04d}"
        text = moment.strftime(form.replace("%Y", year).replace("%G", f"{moment.isocalendar().year:04d}"))
        if moment.isocalendar().year > 0:
            assert read_iso_8601(text) == moment


@pytest.mark.parametrize(
    "text", ["1764121800", "1764121800123", "1764121800123456", "1764121800123456789", "1764121800123.5"]
)
def test_a_number_as_text_is_one_where_that_is_certain(text: str) -> None:
    assert str(epoch_number(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "20261126",
        "202611260151",
        "20261126015107",
        "0",
        "-1764121800",
        "+1764121800",
        "1e12",
        "1_764_121_800",
        "\uff11\uff17\uff16\uff14\uff11\uff12\uff11\uff18\uff10\uff10",
        "",
    ],
)
def test_other_digits_are_no_number(text: str) -> None:
    assert epoch_number(text) is None
