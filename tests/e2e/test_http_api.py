"""HTTP APIs offline and for real: what a function gets, and what a client does, as on AWS (docs/http-api.md)."""

from __future__ import annotations

import base64
import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from yarl import URL

from offline.apis import deployed_apis, stacks_of
from offline.cdk import Cdk
from offline.deployment import OfflineDeployment, offline_deployment, save_deployment
from offline.environment import client_environment
from offline.functions import aws_client, hand_over, stack_outputs
from offline.lifecycle import down, launch, wait_until_running
from offline.ports import wait_until_open
from offline.state import LakeFolder
from stacks.code import ROOT
from tests.e2e.lake import wait_for

APP = Path(__file__).parent / "http_api"
PREFIX = "local-doors-"
ERROR = (500, '{"message":"Internal Server Error"}')


class Doors(NamedTuple):
    """The deployed app."""

    url: str
    deployment: OfflineDeployment
    functions: list[str]
    logs: Path

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(f"{self.url}{path}", timeout=30, **options)

    def other(self, path: str, method: str = "GET", **headers: str) -> requests.Response:
        """Ask the other API."""
        (api,) = self.deployment.others
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(method, f"http://127.0.0.1:{api.port}{path}", headers=named, timeout=30)

    def wait_for_log(self, function: str, text: str) -> None:
        """Wait until a function's log, which is written a moment later, has a text."""
        path = self.logs / f"lambda-{function}.log"
        wait_for(lambda: path.read_text() if path.exists() else "", lambda found: text in found, seconds=10)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    root = tmp_path_factory.mktemp("doors") / "project"
    shutil.copytree(APP, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    folder = LakeFolder(root=root, name=f"e2e-doors-{root.stat().st_ino}")
    try:
        launch(folder, "local")
        yield deployed(folder)
    finally:
        down(folder)


def deployed(folder: LakeFolder) -> Doors:
    state = wait_until_running(folder)
    aws = client_environment(state)
    cdk = Cdk(root=folder.root, log=folder.logs / "cdk.log", aws=aws, tools=ROOT)
    cdk.bootstrap()
    assembly, inputs_hash = cdk.synth("local")
    cdk.deploy(assembly)
    stacks = [name for name, _ in stacks_of(assembly)]
    functions = hand_over(PREFIX, state.url("runner"), aws, stacks)
    apis = deployed_apis(assembly, aws_client("cloudformation", aws), aws_client("apigatewayv2", aws))
    url = stack_outputs(PREFIX, aws)["IngestUrl"]
    deployment = offline_deployment(inputs_hash=inputs_hash, ingest_url=url, apis=apis)
    save_deployment(folder, deployment)
    assert all(wait_until_open(api.port or 0, seconds=10) for api in deployment.others)
    return Doors(state.url("frontdoor"), deployment, functions, folder.logs)


def test_two_apis_of_one_name_and_functions_with_names_of_their_own_are_all_there(doors: Doors) -> None:
    apis = (doors.deployment.ingest, *doors.deployment.others)
    assert [api.construct for api in apis] == [
        "local-doors-open/Api/Api/Resource",
        "local-doors-withcors/Api/Api/Resource",
    ]
    assert len({api.name for api in apis}) == len({api.api_id for api in apis}) == 2
    assert {"legacy_Echo", "another-team-results"} < set(doors.functions)
    assert doors.get("/echo/1").json()["requestContext"]["apiId"] == doors.deployment.ingest.api_id
    assert doors.other("/who").text == doors.deployment.others[0].api_id


def test_the_event_is_that_of_aws(doors: Doors) -> None:
    url = f"{doors.url}/echo/Summer%20Sale?tag=a&tag=b%20c&empty="
    headers = {"Cookie": "session=1; theme=dark", "X-Several": "a, b"}
    event = requests.get(url, headers=headers, timeout=30).json()
    assert event["cookies"] == ["session=1", "theme=dark"]
    assert "cookie" not in event["headers"]
    assert event["headers"]["x-several"] == "a, b"
    assert (event["rawPath"], event["routeKey"]) == ("/echo/Summer Sale", "ANY /echo/{id}")
    assert event["pathParameters"] == {"id": "Summer Sale"}
    assert event["rawQueryString"] == "tag=a&tag=b%20c&empty="
    assert event["queryStringParameters"] == {"tag": "a,b c", "empty": ""}
    assert not {"body", "stageVariables", "multiValueHeaders"} & event.keys()
    assert event["isBase64Encoded"] is False


def test_an_escaped_slash_is_a_slash(doors: Doors) -> None:
    def get(path: str) -> requests.Response:
        prepared = requests.Request("GET", doors.url).prepare()
        prepared.url = str(URL(f"{doors.url}{path}", encoded=True))
        with requests.Session() as session:
            return session.send(prepared, timeout=30)

    assert get("/echo/a%2Fb").status_code == 404
    event = get("/greedy/a%2Fb%25").json()
    assert (event["rawPath"], event["pathParameters"]) == ("/greedy/a/b%25", {"rest": "a/b%25"})


@pytest.mark.parametrize("content_type", [None, "application/x-www-form-urlencoded", "application/x-ndjson"])
def test_what_is_no_text_is_base64(doors: Doors, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    event = requests.post(f"{doors.url}/bodies", data=b"\x00\xff", headers=headers, timeout=30).json()
    assert (event["isBase64Encoded"], base64.b64decode(event["body"])) == (True, b"\x00\xff")


def test_what_is_said_to_be_text_is_text_and_gzip_destroyed(doors: Doors) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    packed = gzip.compress(b"{}")
    event = requests.post(f"{doors.url}/bodies", data=packed, headers=headers, timeout=30).json()
    assert (event["isBase64Encoded"], event["body"]) == (False, packed.decode(errors="replace"))


def told(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.text


@pytest.mark.parametrize("path", ["/results/error", "/node/error"])
def test_an_error_is_in_the_log_and_never_in_the_answer(doors: Doors, path: str) -> None:
    assert told(doors.get(path)) == ERROR
    function = "another-team-results" if "results" in path else f"{PREFIX}Node"
    doors.wait_for_log(function, "hunter2")


@pytest.mark.parametrize("kind", ["date", "set", "object-body", "large"])
def test_a_result_that_lambda_or_the_gateway_refuses_is_500(doors: Doors, kind: str) -> None:
    assert told(doors.get(f"/results/{kind}")) == ERROR


@pytest.mark.parametrize("kind", ["bigint", "circle"])
def test_a_result_that_node_cannot_write_is_500(doors: Doors, kind: str) -> None:
    assert told(doors.get(f"/node/{kind}")) == ERROR
    doors.wait_for_log(f"{PREFIX}Node", "Unable to stringify response body")


def test_the_reasons_are_in_the_log(doors: Doors) -> None:
    for kind in ("date", "large"):
        doors.get(f"/results/{kind}")
    name = "another-team-results"
    doors.wait_for_log(name, "MarshalError: Unable to marshal response: Object of type date is not JSON serializable")
    doors.wait_for_log(name, "exceeded maximum allowed payload size (6291556 bytes)")


def test_results_of_every_form(doors: Doors) -> None:
    assert doors.get("/results/decimal").headers["X-Decimal"] == "1.5"
    for kind, body in (("bare", b'{"price": 1.1}'), ("string", b"Hello"), ("none", b"null")):
        answer = doors.get(f"/results/{kind}")
        assert (answer.status_code, answer.content) == (200, body)
        assert answer.headers["Content-Type"] == "application/json"
    image = doors.get("/results/base64")
    assert (image.content, image.headers["Content-Type"]) == (b"\x01\x02\xff", "image/png")
    assert doors.get("/results/cookies").cookies.get_dict() == {"a": "1", "b": "2"}
    assert len(doors.get("/results/nearly-large").content) == 6 * 1024 * 1024 - 4096
    assert doors.get("/results/nan").text.endswith("NaN}"), "no JSON, so the gateway takes it for the body"
    for kind, result in (("bare", {"a": 1}), ("undefined", None), ("nan", {"n": None})):
        assert doors.get(f"/node/{kind}").json() == result
    assert doors.get("/node/date").json() == {"at": "1970-01-01T00:00:00.000Z"}


def test_without_cors_of_its_own_an_api_routes_options_and_keeps_the_functions_headers(doors: Doors) -> None:
    preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "PUT"}
    answer = requests.options(f"{doors.url}/echo/1", headers=preflight, timeout=30)
    assert answer.json()["requestContext"]["http"]["method"] == "OPTIONS"
    assert told(requests.options(f"{doors.url}/bodies", headers=preflight, timeout=30)) == (
        404,
        '{"message":"Not Found"}',
    )
    kept = doors.get("/results/cors", headers={"Origin": "https://a.example"})
    assert kept.headers["Access-Control-Allow-Origin"] == "https://own.example"
    head = requests.head(f"{doors.url}/echo/1", timeout=30)
    assert (head.status_code, head.content) == (200, b"")
    assert requests.head(f"{doors.url}/results/string", timeout=30).status_code == 404, "GET is not HEAD"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_with_cors_of_its_own_it_answers_and_replaces_them(doors: Doors, method: str) -> None:
    preflight = doors.other("/who", "OPTIONS", Origin="https://a.example", Access_Control_Request_Method=method)
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert method in preflight.headers["Access-Control-Allow-Methods"].split(",")
    answer = doors.other("/who", "PUT", Origin="https://a.example")
    assert (answer.headers["Access-Control-Allow-Origin"], answer.headers["X-Own"]) == ("*", "1")
    assert "Access-Control-Allow-Origin" not in doors.other("/who").headers
    assert doors.other("/own", "OPTIONS").status_code == 200, "no preflight, and there is a route"
