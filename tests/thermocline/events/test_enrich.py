from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.fakes import NOW
from tests.thermocline.events.test_user_agent import CHROME
from thermocline.errors import RefusedEvent
from thermocline.events.batch import Event
from thermocline.events.enrich import canonical
from thermocline.events.times import Relative
from thermocline.sources import Source

SOURCE = Source(stream="clickstream")


def enrich(
    columns: dict[str, Any] | None = None,
    stream: str = "clickstream",
    received: dt.datetime = NOW,
    position: int = 0,
    source_name: str = "shop",
    **event: Any,
) -> dict[str, Any]:
    given = Event(columns=columns or {}, raw=b"{}", identity=event.pop("identity", b"{}"), **event)
    return canonical(given, stream=stream, source_name=source_name, source=SOURCE, received=received, position=position)


def test_an_event_without_times_happened_when_it_was_received() -> None:
    found = enrich()
    assert (found["event_time"], found["received_at"], found["original_time"]) == (NOW, NOW, None)
    assert (found["sent_at"], found["time_clamped"], found["source"]) == (None, False, "shop")


def test_the_producers_id_is_kept_and_a_missing_one_is_stable() -> None:
    assert enrich({"event_id": "mine"})["event_id"] == "mine"
    assert enrich(identity=b"a")["event_id"] == enrich({"event_id": ""}, identity=b"a")["event_id"]
    assert enrich(identity=b"a")["event_id"] != enrich(identity=b"b")["event_id"]


def test_a_measurements_id_is_of_its_source() -> None:
    """It is made of what the message says, and two sources may publish the same message."""
    first = enrich({"event_id": "m"}, stream="telemetry")["event_id"]
    assert first == enrich({"event_id": "m"}, stream="telemetry", position=7)["event_id"]
    assert first != enrich({"event_id": "m"}, stream="telemetry", source_name="plant")["event_id"]


@pytest.mark.parametrize("time", [None, Relative(Decimal(-5))])
def test_a_measurements_number_without_a_time_counts_within_an_hour(time: object) -> None:
    """A device without a clock counts from the start again after a restart."""
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    ids = [
        enrich({"event_id": "m"}, stream="telemetry", time=time, received=hour + dt.timedelta(minutes=minutes))[
            "event_id"
        ]
        for minutes in (0, 59, 60)
    ]
    assert ids[0] == ids[1] != ids[2]
    local = hour.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert ids[0] == enrich({"event_id": "m"}, stream="telemetry", time=time, received=local)["event_id"]


def test_a_measurements_number_with_a_time_counts_for_ever() -> None:
    event: dict[str, Any] = {"stream": "telemetry", "time": 1795658000}
    later = enrich({"event_id": "m"}, **event, received=NOW + dt.timedelta(hours=1))
    assert enrich({"event_id": "m"}, **event)["event_id"] == later["event_id"]


def test_an_event_with_a_time_is_itself_when_it_is_sent_again() -> None:
    time, later = "2026-11-22T10:00:00Z", NOW + dt.timedelta(seconds=5)
    assert enrich(time=time)["event_id"] == enrich(time=time, received=later, position=7)["event_id"]


@pytest.mark.parametrize("time", [None, Relative(Decimal(-5))])
def test_an_event_without_a_time_of_its_own_may_be_another_one_each_time(time: object) -> None:
    later = NOW + dt.timedelta(seconds=5)
    ids = {enrich(time=time, **at)["event_id"] for at in ({}, {"received": later}, {"position": 1})}
    assert len(ids) == 3


def test_a_wrong_time_names_its_column() -> None:
    with pytest.raises(RefusedEvent, match="event_time: is not a time"):
        enrich(time="soon")


@pytest.mark.parametrize("sent", ["soon", "2026-11-22T3:04:05 PMZ", "{}", True, "", 0, "0001-01-01T00:00:00Z", 10**30])
def test_a_sending_time_that_says_nothing_corrects_nothing(sent: object) -> None:
    found = enrich(time="2026-11-22T10:00:00Z", sent_at=sent)
    assert (found["event_time"], found["sent_at"]) == (dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC), None)


def test_an_exact_time_is_not_corrected_by_the_sending_time() -> None:
    times: dict[str, Any] = {"time": "2026-11-20T10:00:00Z", "sent_at": "2026-11-22T12:34:00Z"}
    exact = enrich(**times, time_is_exact=True)
    assert exact["event_time"] == exact["original_time"] == dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    assert exact["sent_at"] == enrich(**times)["sent_at"] == dt.datetime(2026, 11, 22, 12, 34, tzinfo=dt.UTC)
    assert enrich(**times)["event_time"] != exact["event_time"]


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://Shop.example:8443/a/b?q#f", "shop.example", "/a/b"),
        ("https://shop.example", "shop.example", None),
        ("/relative", None, "/relative"),
        ("https://[broken/", None, None),
        # As browsers read them.
        ("http://www.shop.example/20%-off/?a=1", "www.shop.example", "/20%-off/"),
        ("http://www.shop.example/?k=TC|5314|x||S|b|38", "www.shop.example", "/"),
        ("http://www.shop.example/a.html#one#two", "www.shop.example", "/a.html"),
        ("https://evil.example\\@good.example/p", "evil.example", "/@good.example/p"),
        ("https://jane:s3cret@shop.example/p", "shop.example", "/p"),
        ("https://exa mple.com/p", None, "/p"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_hosts_and_paths_are_read_from_addresses(url: str | None, host: str | None, path: str | None) -> None:
    found = enrich({"page_url": url, "page_referrer": url})
    assert (found.get("page_host"), found.get("referrer_host"), found.get("page_path")) == (host, host, path)
    assert enrich({"page_url": url, "page_path": "/own"})["page_path"] == "/own"


def test_the_country_is_looked_up_and_the_address_masked() -> None:
    found = enrich(ip=" 8.8.8.8 ", user_agent=CHROME)
    assert (found["country_code"], found["ip_masked"]) == ("US", "8.8.8.0")
    assert (found["browser_name"], found["user_agent"], found["is_bot"]) == ("Chrome", CHROME, False)
    assert "8.8.8.8" not in str(found)


@pytest.mark.parametrize("ip", ["unknown", "8.8.8", "x" * 300_000])
def test_what_is_no_address_is_left_out(ip: str) -> None:
    found = enrich(ip=ip)
    assert (found.get("ip_masked"), found.get("country_code")) == (None, None)


def test_telemetry_has_no_client() -> None:
    found = enrich(stream="telemetry", ip="8.8.8.8", user_agent=CHROME)
    assert not found.keys() & {"ip_masked", "country_code", "user_agent", "page_host", "sent_at"}
