from __future__ import annotations

import datetime as dt

from tests.fakes import NOW
from thermocline.generations import following, hour_of, moved


def test_a_generation_is_the_hour_in_utc() -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    assert hour_of(NOW.astimezone(east)) == "2026-11-22-12"


def test_generations_go_on_over_the_ends_of_days_and_years() -> None:
    assert following("2026-12-31-23") == "2027-01-01-00"
    assert moved("2024-03-01-00", -24) == "2024-02-29-00"
