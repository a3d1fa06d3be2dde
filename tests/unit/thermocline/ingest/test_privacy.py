"""Whose address and agent are stored, and that no address is ever stored whole."""

from __future__ import annotations

import msgspec
import pytest

from tests.events import sample
from tests.fakes.requests import ADDRESS
from tests.unit.thermocline.events.test_user_agent import CHROME
from tests.unit.thermocline.ingest.test_use_case import Endpoint, endpoint
from thermocline.events.pack import unpack

USER = "203.0.113.77"


def stored(lake: Endpoint) -> bytes:
    return b"".join(line for records in lake.sink.records.values() for line in unpack(records))


def test_a_browsers_address_is_masked_and_located() -> None:
    lake = endpoint()
    lake.post("/v1/track", b'{"event":"E"}', headers={"user-agent": CHROME})
    (row,) = lake.sink.rows("clickstream")
    assert (row["ip_masked"], row["country_code"], row["browser_name"]) == ("8.8.8.0", "US", "Chrome")
    assert ADDRESS.encode() not in stored(lake)


@pytest.mark.parametrize("agent", ["analytics-python/2.4.0", "Boto3/1.43.106 md/Botocore#1.43.106", "curl/8.14"])
def test_a_servers_own_address_and_agent_are_not_its_users(agent: str) -> None:
    lake = endpoint()
    lake.post("/v1/track", b'{"event":"E"}', headers={"user-agent": agent})
    (row,) = lake.sink.rows("clickstream")
    assert not row.keys() & {"ip_masked", "country_code", "user_agent", "browser_name", "is_bot"}


def test_what_a_server_says_of_its_user_goes_before_the_connection() -> None:
    lake = endpoint()
    lake.post("/v1/batch", sample("segment_batch.json"), headers={"user-agent": "Mozilla/5.0 proxy"})
    row = lake.sink.rows("clickstream")[1]
    assert (row["ip_masked"], row["browser_name"]) == ("203.0.113.0", "Chrome")


@pytest.mark.parametrize("path", ["/v1/track", "/v1/events"])
@pytest.mark.parametrize("refused", [{}, {"messageId": 7, "event_id": 7}, {"timestamp": "soon", "event_time": "soon"}])
def test_the_users_address_is_in_no_output(path: str, refused: dict[str, object]) -> None:
    lake = endpoint()
    native = path == "/v1/events"
    event = {"context": {"ip": USER, "a": 1}} | ({"ip": USER} if native else {})
    names = {"event_id", "event_time"} if native else {"messageId", "timestamp"}
    body = msgspec.json.encode(event | {name: value for name, value in refused.items() if name in names})
    assert lake.post(path, body).body["quarantined"] == bool(refused)
    assert stored(lake)
    assert USER.encode() not in stored(lake)
