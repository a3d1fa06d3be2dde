from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from offline.cors import CorsConfiguration
from offline.deployment import (
    DeployedApi,
    DeployedRoute,
    OfflineDeployment,
    load_deployment,
    offline_deployment,
    save_deployment,
)
from offline.state import LakeFolder

INGEST = DeployedApi(
    construct="ingest/Api",
    name="Api",
    host="1234abcd.execute-api.127.0.0.1:4566",
    path="",
    api_id="1234abcd",
    cors=CorsConfiguration(allow_origins=("*",), max_age=60),
    routes=(DeployedRoute(key="POST /a", function="f"),),
)
NOTES = DeployedApi(construct="app/Notes", name="Api", host="5678.api:1", path="", api_id="5678")
ADMIN = DeployedApi(construct="app/Admin", name="Api", host="9.api:1", path="", api_id="9")


def record(*apis: DeployedApi, before: OfflineDeployment | None = None, edge_secret: str = "") -> OfflineDeployment:
    url = "http://1234abcd.execute-api.127.0.0.1:4566/v9/"
    return offline_deployment(inputs_hash="abc", ingest_url=url, apis=apis, edge_secret=edge_secret, before=before)


def test_the_ingest_api_is_the_one_at_the_stacks_output() -> None:
    deployment = record(NOTES, INGEST, edge_secret="edge")
    assert deployment.ingest == replace(INGEST, path="/v9", edge_secret="edge")
    assert [api.construct for api in deployment.others] == ["app/Notes"]


def test_apis_of_one_name_have_ports_of_their_own_which_they_keep() -> None:
    first = record(INGEST, NOTES, ADMIN)
    assert [(api.construct, api.host) for api in first.others] == [
        ("app/Notes", "5678.api:1"),
        ("app/Admin", "9.api:1"),
    ]
    assert len({api.port for api in first.others} - {None}) == 2
    # An id changes when an API is made anew; its place in the app does not.
    again = record(INGEST, ADMIN, replace(NOTES, api_id="new", host="new"), before=first)
    ports = {api.construct: api.port for api in first.others}
    assert {api.construct: api.port for api in again.others} == ports
    assert again.api("app/Notes") == again.others[1]
    assert again.api(None) == again.ingest
    assert again.api("no such") is None
    assert all(api.edge_secret == "" for api in again.others)


def test_a_saved_record_is_loaded_as_it_was(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    assert load_deployment(folder) is None
    deployment = record(INGEST, NOTES, edge_secret="edge")
    save_deployment(folder, deployment)
    assert load_deployment(folder) == deployment


def test_a_record_of_another_version_is_none(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    folder.path.mkdir(parents=True)
    unknown: dict[str, list[str]] = {"allow": []}
    for cors in ({}, unknown):
        ingest = {"name": "ingest", "host": "a", "path": "", "cors": cors, "port": None}
        folder.deployment.write_text(json.dumps({"inputs_hash": "x", "ingest": ingest, "others": []}))
        assert load_deployment(folder) is None
