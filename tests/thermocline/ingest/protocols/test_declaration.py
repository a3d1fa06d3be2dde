"""Protocols declare themselves: a module with its declaration is all that a protocol is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from thermocline.contracts import Contract, load_contracts
from thermocline.errors import ConfigurationError
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.ingest.routes import PROTOCOLS, ROUTES, protocol_at, starts_of, table_of

ROOT = Path(__file__).resolve().parents[4]
ROUTE = re.compile(r"(GET|HEAD|POST) (/[^{}]*)((?:/?\{\w+\})*(?:\{\w+\+\})?(?:/\w+)?)")
HELLO = """
from thermocline.events.batch import Batch, Event
from thermocline.ingest.protocols.declaration import Protocol


def _parse(body, post):
    event = Event(columns={"event_type": "track", "event_name": body.decode()}, raw=body, identity=body)
    return Batch(protocol="hello", stream="clickstream", events=[event])


PROTOCOLS = (
    Protocol(
        routes=("POST /hello/{name}",),
        parse=_parse,
        key_in_url=lambda request: request.query,
        browser_headers=("x-hello",),
    ),
)
"""
USE = """
import msgspec
from stacks.cors import request_headers
from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.requests import SECRET, SOURCES, request, write_key
from thermocline.contracts import Contract, load_contracts
from thermocline.ingest.routes import ROUTES
from thermocline.ingest.use_case import Ingest

sink = FakeSink()
ingest = Ingest(sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES, secret=lambda: SECRET)
asked = request("/hello/you", b'"Good morning"', source=None)
assert ingest(asked).status == 401
assert ingest(msgspec.structs.replace(asked, query=write_key("shop"))).status == 200
assert [row["event_name"] for row in sink.rows("clickstream")] == ['"Good morning"']
assert "POST /hello/{name}" in ROUTES and "x-hello" in request_headers()
"""


def test_one_module_is_a_protocol(tmp_path: Path) -> None:
    for house in ("athena_local", "contracts", "kit", "stacks", "tests/fakes", "thermocline"):
        shutil.copytree(ROOT / house, tmp_path / house, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "thermocline" / "ingest" / "protocols" / "hello.py").write_text(HELLO)
    subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, check=True, timeout=60)


def test_the_health_check_is_the_first_route() -> None:
    """The API's integration belongs to its first route: another one would replace the resource."""
    assert ROUTES[0] == "GET /healthz"


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_is_one_of_api_gateways_and_leads_to_its_protocol(route: str) -> None:
    assert ROUTE.fullmatch(route)
    method, path = route.split()
    if path != "/healthz":
        real = re.sub(r"\{\w+\+?\}", "value", path)
        assert route in protocol_at(method, real).routes


def test_two_protocols_cannot_have_one_route() -> None:
    with pytest.raises(ConfigurationError, match="'POST /a'"):
        table_of([Protocol(routes=("POST /a",)), Protocol(routes=("POST /b",), other_routes=("POST /a",))])


def test_two_protocols_cannot_share_the_rest_of_a_path() -> None:
    with pytest.raises(ConfigurationError, match="'POST /a/'"):
        starts_of(table_of([Protocol(routes=("POST /a/{b}",)), Protocol(routes=("POST /a/{c}/d",))]))


def test_a_longer_beginning_goes_before_a_shorter_one() -> None:
    short, long = Protocol(routes=("POST /a/{b}",)), Protocol(routes=("POST /a/b/{c}",))
    assert [one for _, one in starts_of(table_of([short, long]))] == [long, short]


@pytest.mark.parametrize("contract", load_contracts().values(), ids=lambda contract: contract.name)
def test_one_protocol_reads_what_is_posted_for_a_contract(contract: Contract) -> None:
    readers = [one for one in PROTOCOLS if one.reads == contract.protocol]
    assert len(readers) == (contract.protocol != "none")


def test_every_protocol_is_reached() -> None:
    assert all(one.routes or one.reads or one.recognises for one in PROTOCOLS)
