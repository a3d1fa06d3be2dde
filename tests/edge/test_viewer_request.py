"""The edge's function, run by the very host that the front door runs it in."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kit.packaging.esbuild import program
from offline.edge.cloudfront import event_of
from offline.edge.function import EdgeFunction, EdgeFunctionError
from offline.gateway.request import Headers, Received
from stacks.code import ROOT
from thermocline.ingest.edge import CONTENT_TYPE_HEADER, NO_TYPE, VIEWER_HEADER
from thermocline.ingest.settings import EDGE_SECRET_HEADER

FUNCTION = ROOT / "edge" / "viewer_request.js"
VIEWER = "203.0.113.9"


def ran(*headers: tuple[str, str]) -> dict[str, Any]:
    """Return what the function makes of a request's headers."""
    return run_all([headers])[0]


def run_all(requests: list[Headers], file: Path = FUNCTION) -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        function = EdgeFunction(file)
        try:
            return [(await function(event(headers)))["headers"] for headers in requests]
        finally:
            await function.close()

    return asyncio.run(run())


def event(headers: Headers) -> dict[str, Any]:
    received = Received(
        method="POST", path="/v1/batch", query="a=1&a=2", headers=headers, body=b"", address=VIEWER, port=1
    )
    return event_of(received)


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip", "identity, gzip", "br", "zstd", "deflate"])
def test_the_type_of_a_compressed_body_moves_aside(encoding: str) -> None:
    headers = ran(("Content-Type", "application/json; charset=utf-8"), ("Content-Encoding", encoding))
    assert headers["content-type"] == {"value": "application/octet-stream"}
    assert headers[CONTENT_TYPE_HEADER] == {"value": "application/json; charset=utf-8"}
    assert headers["content-encoding"] == {"value": encoding}


@pytest.mark.parametrize("encoding", [None, "", "identity", " Identity "])
def test_a_body_that_is_not_compressed_keeps_its_type(encoding: str | None) -> None:
    sent = [("Content-Type", "text/plain"), *([("Content-Encoding", encoding)] if encoding is not None else [])]
    headers = ran(*sent)
    assert headers["content-type"] == {"value": "text/plain"}
    assert CONTENT_TYPE_HEADER not in headers


def test_a_compressed_body_without_a_type_has_none_afterwards_either() -> None:
    headers = ran(("Content-Encoding", "gzip"))
    assert headers["content-type"] == {"value": "application/octet-stream"}
    assert headers[CONTENT_TYPE_HEADER] == {"value": NO_TYPE}


def test_an_encoding_in_a_second_header_counts_too() -> None:
    headers = ran(("Content-Encoding", "identity"), ("Content-Encoding", "gzip"), ("Content-Type", "text/plain"))
    assert headers["content-type"] == {"value": "application/octet-stream"}


def test_the_clients_address_is_the_connections() -> None:
    assert ran(("X-Forwarded-For", "6.6.6.6"))[VIEWER_HEADER] == {"value": VIEWER}


def test_what_a_client_sends_under_our_names_is_forgotten() -> None:
    forged = [VIEWER_HEADER, VIEWER_HEADER.upper(), CONTENT_TYPE_HEADER, EDGE_SECRET_HEADER, "x-lake-edge-new"]
    headers = ran(*((name, "forged") for name in forged))
    ours = {name: field for name, field in headers.items() if name.startswith("x-lake-")}
    assert ours == {VIEWER_HEADER: {"value": VIEWER}}


def test_nothing_else_is_touched() -> None:
    sent = (("Host", "d1.cloudfront.net"), ("Authorization", "Basic a"), ("Accept", "a"), ("Accept", "b"))
    headers = ran(*sent)
    del headers[VIEWER_HEADER], headers["x-forwarded-host"]
    assert headers == event(sent)["request"]["headers"]
    assert headers["accept"] == {"value": "a", "multiValue": [{"value": "a"}, {"value": "b"}]}


def test_one_process_answers_many_requests_and_an_edited_file_at_the_next(tmp_path: Path) -> None:
    file = tmp_path / "own.js"

    async def run() -> None:
        function = EdgeFunction(file)
        try:
            for word in ("first", "second"):
                code = "event.request.headers.own = {value: '" + word + "'}; return event.request;"
                file.write_text(f"function handler(event) {{ {code} }}")
                found = [await function(event((("A", str(number)),))) for number in range(5)]
                assert {each["headers"]["own"]["value"] for each in found} == {word}
                assert [each["headers"]["a"]["value"] for each in found] == ["0", "1", "2", "3", "4"]
        finally:
            await function.close()

    asyncio.run(run())


@pytest.mark.parametrize("code", ["throw new Error('no')", "return fetch('http://x')", "return require('fs')"])
def test_an_error_is_told_and_no_more_than_cloudfront_has_is_there(tmp_path: Path, code: str) -> None:
    file = tmp_path / "own.js"
    file.write_text(f"function handler(event) {{ {code}; }}")
    with pytest.raises(EdgeFunctionError):
        run_all([()], file)


def test_a_file_that_cannot_be_read_as_a_function_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.js"
    file.write_text("function handler(")
    with pytest.raises(EdgeFunctionError, match=r"own\.js"):
        run_all([()], file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EdgeFunctionError, match=r"none\.js is missing"):
        run_all([()], tmp_path / "none.js")


def test_it_is_written_in_what_every_runtime_of_cloudfront_reads() -> None:
    done = subprocess.run(
        [str(program(ROOT)), "--target=es5", str(FUNCTION)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_address_that_was_asked_is_told_and_not_what_a_client_says_of_it() -> None:
    """CloudFront sends the API's own name as Host; Segment's SDK is told in its settings where to send."""
    headers = ran(("Host", "events.shop.example"), ("X-Forwarded-Host", "evil.example"))
    assert headers["x-forwarded-host"] == {"value": "events.shop.example"}
