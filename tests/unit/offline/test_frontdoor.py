import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from multidict import CIMultiDict
from yarl import URL

from offline.cors import CorsConfiguration
from offline.deployment import DeployedApi, OfflineDeployment, save_deployment
from offline.frontdoor import MAX_BODY_BYTES, FrontDoor, frontdoor_app, readable_body
from offline.state import LakeFolder

DEPLOYMENT = OfflineDeployment(
    inputs_hash="x",
    ingest=DeployedApi(
        name="ingest",
        host="1234abcd.execute-api.127.0.0.1:4566",
        path="",
        cors=CorsConfiguration(allow_origins=("https://shop.example",), allow_methods=("POST",)),
    ),
    others=(DeployedApi(name="notes", host="5678.execute-api.127.0.0.1:4566", path="/v1", port=1),),
)

Check = Callable[[ClientSession, URL], Awaitable[None]]


async def emulator(request: web.Request) -> web.Response:
    """Answer with what arrived."""
    body = await request.read()
    seen = {"path": request.raw_path, "headers": dict(request.headers), "bytes": len(body)}
    return web.json_response(seen, headers={"Access-Control-Allow-Origin": "*", "apigw-requestid": "r"}, status=201)


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[URL]:
    """Serve an app on a free port, with bodies as they came."""
    runner = web.AppRunner(app, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield URL(f"http://{host}:{port}")
    finally:
        await runner.cleanup()


def through_the_door(
    folder: LakeFolder, check: Check, *, emulator_runs: bool = True, api_name: str | None = None
) -> None:
    async def run() -> None:
        app = web.Application(client_max_size=2 * MAX_BODY_BYTES)
        app.router.add_route("*", "/{path:.*}", emulator)
        async with served(app) as url:
            emulator_url = str(url).rstrip("/") if emulator_runs else "http://127.0.0.1:1"
            door = frontdoor_app(FrontDoor(folder, emulator_url, api_name))
            async with served(door) as door_url, ClientSession() as session:
                await check(session, door_url)

    asyncio.run(run())


@pytest.fixture
def folder(tmp_path: Path) -> LakeFolder:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_deployment(folder, DEPLOYMENT)
    return folder


def test_a_request_arrives_with_the_apis_host_and_its_raw_path(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL) -> None:
        url = URL(f"{door}/topics/a%2Fb%20c?q=%2F", encoded=True)
        sent = {"X-Forwarded-For": "203.0.113.9", "Connection": "keep-alive", "X-Own": "1"}
        async with client.post(url, data=b"12345", headers=sent) as response:
            assert response.status == 201
            assert response.headers["apigw-requestid"] == "r"
            seen = await response.json()
        assert seen["path"] == "/topics/a%2Fb%20c?q=%2F"
        assert seen["bytes"] == 5
        assert seen["headers"]["Host"] == DEPLOYMENT.ingest.host
        assert seen["headers"]["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
        assert seen["headers"]["X-Forwarded-Proto"] == "http"
        assert seen["headers"]["X-Own"] == "1"

    through_the_door(folder, check)


def test_cors_is_the_gateways_and_not_the_functions(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL) -> None:
        headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
        async with client.options(door / "v1/events", headers=headers) as response:
            assert response.status == 204
            assert response.headers["Access-Control-Allow-Methods"] == "POST"
        async with client.post(door / "v1/events", headers={"Origin": "https://shop.example"}) as response:
            assert response.headers.getall("Access-Control-Allow-Origin") == ["https://shop.example"]
        async with client.post(door / "v1/events", headers={"Origin": "https://evil.example"}) as response:
            assert "Access-Control-Allow-Origin" not in response.headers

    through_the_door(folder, check)


def test_a_body_over_the_limit_is_refused_as_the_gateway_does(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL) -> None:
        async with client.post(door / "v1/events", data=io.BytesIO(b"x" * (4 * 1024 * 1024))) as response:
            assert response.status == 201
        async with client.post(door / "v1/events", data=io.BytesIO(b"x" * MAX_BODY_BYTES)) as response:
            assert response.status == 413, "as base64 it does not fit Lambda's event"
            assert await response.text() == '{"message":"Request Too Long"}'
        async with client.post(door / "v1/events", data=io.BytesIO(b"x" * (MAX_BODY_BYTES + 1))) as response:
            assert response.status == 413
            assert await response.text() == '{"message":"Request Entity Too Large"}'

    through_the_door(folder, check)


def test_an_emulator_that_is_gone_is_a_503_with_one_sentence(folder: LakeFolder) -> None:
    async def check(client: ClientSession, door: URL) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
            assert "lake up" in json.loads(await response.text())["message"]

    through_the_door(folder, check, emulator_runs=False)


def test_before_a_deployment_it_says_so_and_after_it_works(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="fresh")

    async def check(client: ClientSession, door: URL) -> None:
        async with client.get(door / "healthz") as response:
            assert response.status == 503
        save_deployment(folder, DEPLOYMENT)
        async with client.get(door / "healthz") as response:
            assert response.status == 201

    through_the_door(folder, check)


def test_gzip_stays_packed_unless_the_emulator_would_break_it(folder: LakeFolder) -> None:
    packed = gzip.compress(b'{"a": 1}')

    async def check(client: ClientSession, door: URL) -> None:
        for content_type, size in (("application/x-ndjson", len(packed)), ("application/json", 8)):
            headers = {"Content-Type": content_type, "Content-Encoding": "gzip"}
            async with client.post(door / "v1/events", data=packed, headers=headers) as response:
                seen = await response.json()
                assert seen["bytes"] == size
                assert ("Content-Encoding" in seen["headers"]) is (size != 8)

    through_the_door(folder, check)


@pytest.mark.parametrize(
    "body", [b"not gzip", gzip.compress(b"x")[:-4], gzip.compress(b"x") + b"tail"], ids=["other", "cut", "longer"]
)
def test_a_damaged_gzip_is_left_to_the_function(body: bytes) -> None:
    headers = CIMultiDict({"Content-Type": "application/json", "Content-Encoding": "gzip"})
    assert readable_body(body, headers) == body
    assert headers["Content-Encoding"] == "gzip"


def test_another_api_has_a_door_of_its_own(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_deployment(folder, DEPLOYMENT)

    async def check(session: ClientSession, url: URL) -> None:
        async with session.get(url / "notes") as answer:
            seen = await answer.json()
        assert (seen["path"], seen["headers"]["Host"]) == ("/v1/notes", "5678.execute-api.127.0.0.1:4566")

    through_the_door(folder, check, api_name="notes")


def test_an_api_that_is_no_longer_deployed_says_so(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_deployment(folder, replace(DEPLOYMENT, others=()))

    async def check(session: ClientSession, url: URL) -> None:
        async with session.get(url / "notes") as answer:
            assert answer.status == 503
            assert "lake up" in await answer.text()

    through_the_door(folder, check, api_name="notes")
