"""The front door before an emulator that answers as a test says."""

from __future__ import annotations

import asyncio
import base64
import gzip
import io
import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from botocore.exceptions import EndpointConnectionError
from yarl import URL

from offline.cors import CorsConfiguration
from offline.deployment import DeployedApi, DeployedRoute, OfflineDeployment, save_deployment
from offline.edge.cloudfront import EDGE_ADDRESS
from offline.edge.door import EdgeDoor, ReadSecret
from offline.edge.function import EdgeFunction, EdgeFunctionError
from offline.frontdoor import SERVER_OPTIONS, FrontDoor, frontdoor_app
from offline.gateway.request import MAX_BODY_BYTES
from offline.state import LakeFolder
from stacks.code import ROOT
from tests.offline.emulators import FakeEmulator, served

ROUTES = (
    DeployedRoute(key="GET /healthz", function="ingest"),
    DeployedRoute(key="POST /v1/events", function="ingest"),
    DeployedRoute(key="POST /topics/{topic+}", function="ingest"),
    DeployedRoute(key="PUT /things/{id}", function="things"),
    DeployedRoute(key="GET /guarded"),
)
DEPLOYMENT = OfflineDeployment(
    inputs_hash="x",
    ingest=DeployedApi(
        construct="app/Api",
        name="ingest",
        host="1234abcd.execute-api.127.0.0.1:4566",
        path="",
        api_id="1234abcd",
        cors=CorsConfiguration(allow_origins=("https://shop.example",), allow_methods=("POST",)),
        routes=ROUTES,
    ),
    others=(
        DeployedApi(
            construct="app/Notes",
            name="notes",
            host="5678.execute-api.127.0.0.1:4566",
            path="/v1",
            api_id="5678",
            routes=(DeployedRoute(key="$default", function="notes"),),
            port=1,
        ),
    ),
)
ORIGIN = {"Origin": "https://shop.example"}
PREFLIGHT = ORIGIN | {"Access-Control-Request-Method": "POST"}

Check = Callable[[ClientSession, URL, FakeEmulator], Awaitable[None]]


def through_the_door(
    folder: LakeFolder,
    check: Check,
    *,
    emulator_runs: bool = True,
    construct: str | None = None,
    read_secret: ReadSecret = "{}'s value".format,
) -> None:
    async def run() -> None:
        emulator = FakeEmulator()
        async with served(emulator.app()) as url:
            emulator_url = str(url).rstrip("/") if emulator_runs else "http://127.0.0.1:1"
            edge = EdgeDoor(folder.root / "edge" / "viewer_request.js", read_secret)
            door = FrontDoor(folder, emulator_url, construct, edge=edge)
            async with served(frontdoor_app(door), **SERVER_OPTIONS) as door_url, ClientSession() as session:
                await check(session, door_url, emulator)

    asyncio.run(run())


@pytest.fixture
def folder(tmp_path: Path) -> LakeFolder:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_deployment(folder, DEPLOYMENT)
    return folder


@pytest.fixture
def edged(folder: LakeFolder) -> LakeFolder:
    shutil.copytree(ROOT / "edge", folder.root / "edge")
    save_deployment(
        folder,
        replace(DEPLOYMENT, ingest=replace(DEPLOYMENT.ingest, edge_secret="edge", edge_header="x-lake-edge-secret")),
    )
    return folder


def test_a_function_gets_the_event_that_aws_gives_it(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        url = URL(f"{door}/topics/a%2Fb%20c?q=%2F", encoded=True)
        sent = {"X-Forwarded-For": "203.0.113.9", "Connection": "keep-alive", "X-Own": "1", "Cookie": "a=1; b=2"}
        async with client.post(url, data=b"12345", headers=sent) as response:
            assert (response.status, await response.text()) == (201, "made")
            assert len(response.headers["apigw-requestid"]) == 16
        (event,) = emulator.events
        assert (event["routeKey"], event["rawPath"]) == ("POST /topics/{topic+}", "/topics/a/b c")
        assert event["pathParameters"] == {"topic": "a/b c"}
        assert (event["rawQueryString"], event["queryStringParameters"]) == ("q=%2F", {"q": "/"})
        assert event["cookies"] == ["a=1", "b=2"]
        assert (base64.b64decode(event["body"]), event["isBase64Encoded"]) == (b"12345", True)
        assert event["headers"]["host"] == "1234abcd.execute-api.127.0.0.1"
        assert event["headers"]["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"
        assert event["headers"]["x-own"] == "1"
        assert "connection" not in event["headers"]
        assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"
        assert emulator.functions == ["ingest"]

    through_the_door(folder, check)


def test_a_body_without_a_type_is_base64(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        await client.post(door / "v1/events", data=b"{}", skip_auto_headers=["Content-Type"])
        await client.post(door / "v1/events", data=b"{}", headers={"Content-Type": "application/json"})
        assert [event["isBase64Encoded"] for event in emulator.events] == [True, False]
        assert "content-type" not in emulator.events[0]["headers"]

    through_the_door(folder, check)


@pytest.mark.parametrize(("status", "error"), [(200, "Unhandled"), (200, "Handled"), (404, None), (500, None)])
def test_an_error_of_a_function_is_never_told(folder: LakeFolder, status: int, error: str | None) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        emulator.status, emulator.error = status, error
        emulator.payload = b'{"errorMessage": "password is 123", "stackTrace": ["file.py"], "statusCode": 200}'
        async with client.post(door / "v1/events", headers=ORIGIN) as response:
            assert response.status == 500
            assert await response.text() == '{"message":"Internal Server Error"}'
            assert response.headers["Content-Type"] == "application/json"
            assert response.headers["Access-Control-Allow-Origin"] == "https://shop.example"

    through_the_door(folder, check)


def test_an_error_behind_an_authorizer_is_not_told_either(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        emulator.gateway_status = 502
        async with client.get(door / "guarded") as response:
            assert (response.status, await response.text()) == (500, '{"message":"Internal Server Error"}')
        (request,) = emulator.forwarded
        assert request.headers["Host"] == DEPLOYMENT.ingest.host

    through_the_door(folder, check)


def test_a_throttled_function_says_so(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        emulator.status = 429
        async with client.post(door / "v1/events") as response:
            assert (response.status, await response.json()) == (429, {"message": "Too Many Requests"})

    through_the_door(folder, check)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_a_route_that_is_not_there_is_404(folder: LakeFolder, method: str) -> None:
    save_deployment(folder, replace(DEPLOYMENT, ingest=replace(DEPLOYMENT.ingest, cors=CorsConfiguration())))

    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async with client.request(method, door / "v1/events", headers=PREFLIGHT) as response:
            assert response.status == 404
            assert await response.text() == ("" if method == "HEAD" else '{"message":"Not Found"}')
        assert emulator.events == []

    through_the_door(folder, check)


def test_an_escaped_slash_is_a_slash_to_a_route(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async with client.put(URL(f"{door}/things/a%2Fb", encoded=True)) as response:
            assert response.status == 404
        async with client.put(URL(f"{door}/things/a%20b", encoded=True)) as response:
            assert response.status == 201
        assert emulator.events[0]["pathParameters"] == {"id": "a b"}

    through_the_door(folder, check)


def test_with_cors_the_headers_are_the_gateways_and_not_the_functions(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        emulator.payload = b'{"statusCode": 200, "headers": {"access-control-allow-origin": "*", "X-Own": "1"}}'
        async with client.options(door / "v1/events", headers=PREFLIGHT) as response:
            assert response.status == 204
            assert response.headers["Access-Control-Allow-Methods"] == "POST"
        async with client.options(door / "v1/events") as response:
            assert response.status == 204
            assert "Access-Control-Allow-Methods" not in response.headers
        assert emulator.events == []
        async with client.post(door / "v1/events", headers=ORIGIN) as response:
            assert response.headers.getall("Access-Control-Allow-Origin") == ["https://shop.example"]
            assert response.headers["X-Own"] == "1"
        for headers in ({"Origin": "https://evil.example"}, {}):
            async with client.post(door / "v1/events", headers=headers) as response:
                assert "Access-Control-Allow-Origin" not in response.headers

    through_the_door(folder, check)


def test_without_cors_options_are_routed_and_the_functions_headers_kept(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        emulator.payload = b'{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}'
        async with client.options(door / "anything", headers=PREFLIGHT) as response:
            assert response.status == 200
            assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert emulator.events[0]["requestContext"]["http"]["method"] == "OPTIONS"
        assert emulator.functions == ["notes"]

    through_the_door(folder, check, construct="app/Notes")


def test_the_limits_are_aws_s(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async def post(size: int, content_type: str, letter: bytes = b"x") -> tuple[int, str]:
            body = io.BytesIO(letter * size)
            async with client.post(door / "v1/events", data=body, headers={"Content-Type": content_type}) as response:
                return response.status, await response.text()

        too_large = (413, '{"message":"Request Entity Too Large"}')
        assert await post(4 * 1024 * 1024, "application/octet-stream") == (201, "made")
        assert await post(5 * 1024 * 1024, "application/octet-stream") == too_large, "as base64 it fits no event"
        assert await post(6 * 1024 * 1024 - 4096, "text/plain") == (201, "made")
        assert await post(6 * 1024 * 1024, "text/plain") == too_large
        assert await post(4 * 1024 * 1024, "text/plain", b'"') == too_large, "each quote is escaped"
        assert await post(MAX_BODY_BYTES + 1, "text/plain") == too_large
        for where in ("header", "path"):
            long = {"X-Long": "x" * 10_240} if where == "header" else {}
            url = door / ("v1/events" if where == "header" else "v" * 10_240)
            async with client.post(url, headers=long) as response:
                assert response.status == 431
        async with client.post(door / "v1/events", headers={"X-Long": "x" * 9_000}) as response:
            assert response.status == 201

    through_the_door(folder, check)


def test_an_emulator_that_is_gone_is_a_503_with_one_sentence(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, _: FakeEmulator) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
            assert "lake up" in json.loads(await response.text())["message"]

    through_the_door(folder, check, emulator_runs=False)


def test_before_a_deployment_it_says_so_and_after_it_works(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="fresh")

    async def check(client: ClientSession, door: URL, _: FakeEmulator) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
        save_deployment(folder, DEPLOYMENT)
        async with client.get(door / "healthz") as response:
            assert response.status == 201

    through_the_door(folder, check)


def test_an_api_that_is_no_longer_deployed_says_so(folder: LakeFolder) -> None:
    save_deployment(folder, replace(DEPLOYMENT, others=()))

    async def check(session: ClientSession, url: URL, _: FakeEmulator) -> None:
        async with session.get(url / "notes") as answer:
            assert answer.status == 503
            assert "lake up" in await answer.text()

    through_the_door(folder, check, construct="app/Notes")


PACKED = gzip.compress(b'{"a": 1}')
GZIP_AS_JSON = {"Content-Type": "application/json", "Content-Encoding": "gzip"}


def test_without_the_edge_gzip_under_a_text_type_is_destroyed(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        await client.post(door / "v1/events", data=PACKED, headers=GZIP_AS_JSON)
        (event,) = emulator.events
        assert event["isBase64Encoded"] is False
        assert event["body"] == PACKED.decode(errors="replace")
        assert event["headers"]["content-encoding"] == "gzip"

    through_the_door(folder, check)


def test_with_the_edge_it_arrives_whole_and_the_address_and_the_secret_with_it(edged: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        forged = {"x-lake-edge-viewer": "6.6.6.6", "x-lake-edge-secret": "guess", "Cookie": "a=1"}
        await client.post(door / "v1/events", data=PACKED, headers=GZIP_AS_JSON | forged)
        (event,) = emulator.events
        assert base64.b64decode(event["body"]) == PACKED
        ours = {name: value for name, value in event["headers"].items() if name.startswith("x-lake-")}
        assert ours == {
            "x-lake-edge-content-type": "application/json",
            "x-lake-edge-secret": "edge's value",
            "x-lake-edge-viewer": "127.0.0.1",
        }
        assert event["requestContext"]["http"]["sourceIp"] == EDGE_ADDRESS
        assert event["headers"]["x-forwarded-for"] == f"127.0.0.1, {EDGE_ADDRESS}"
        assert event["cookies"] == ["a=1"]
        assert "content-type" in event["headers"]

    through_the_door(edged, check)


def test_an_error_of_the_edges_function_is_a_503_of_cloudfront(edged: LakeFolder) -> None:
    (edged.root / "edge" / "viewer_request.js").write_text("function handler() { throw new Error('no') }")

    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
            assert response.headers["X-Cache"] == "FunctionExecutionError from cloudfront"
        assert emulator.events == []

    through_the_door(edged, check)


def test_a_function_of_the_edge_that_never_returns_does_not_stop_the_front_door(tmp_path: Path) -> None:
    file = tmp_path / "endless.js"
    file.write_text("function handler(event) { while (event.request.uri === '/endless') {} return event.request }")

    async def asked() -> object:
        function = EdgeFunction(file, patience=1)
        try:
            with pytest.raises(EdgeFunctionError, match="does not return"):
                await function({"request": {"uri": "/endless"}})
            return await function({"request": {"uri": "/next"}})
        finally:
            await function.close()

    assert asyncio.run(asked()) == {"uri": "/next"}


def test_a_secret_that_cannot_be_read_is_a_503_with_one_sentence(edged: LakeFolder) -> None:
    def unreadable(name: str) -> str:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
            assert "lake up" in (await response.json())["message"]

    through_the_door(edged, check, read_secret=unreadable)


def test_the_edge_is_only_before_the_api_that_has_one(edged: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        await client.post(door / "any", data=PACKED, headers=GZIP_AS_JSON)
        names: list[str] = [name for name in emulator.events[0]["headers"] if name.startswith("x-lake-")]
        assert names == []

    through_the_door(edged, check, construct="app/Notes")


def test_results_reach_the_client_as_the_gateway_sends_them(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL, emulator: FakeEmulator) -> None:
        async def get() -> Any:
            async with client.get(door / "healthz") as response:
                return response.status, response.headers, await response.read()

        emulator.payload = json.dumps({"statusCode": 200, "cookies": ["a=1", "b=2"], "body": "x"}).encode()
        status, headers, body = await get()
        assert (status, body, headers.getall("Set-Cookie")) == (200, b"x", ["a=1", "b=2"])
        assert headers["Content-Type"] == "text/plain; charset=utf-8"
        emulator.payload = b'{"status": "ok"}'
        status, headers, body = await get()
        assert (status, body, headers["Content-Type"]) == (200, b'{"status": "ok"}', "application/json")
        emulator.payload = (
            b'{"statusCode": 204, "body": "nothing", "headers": {"Content-Length": "1", "Connection": "x"}}'
        )
        assert [(await get())[position] for position in (0, 2)] == [204, b""]
        emulator.payload = b'{"statusCode": 200, "body": {"not": "text"}}'
        assert (await get())[0] == 500

    through_the_door(folder, check)
