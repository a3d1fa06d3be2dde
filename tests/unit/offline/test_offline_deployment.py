import json
from dataclasses import replace
from pathlib import Path

from offline.cors import CorsConfiguration
from offline.deployment import OfflineDeployment, load_deployment, offline_deployment, save_deployment
from offline.state import LakeFolder


def test_the_record_has_the_apis_host_path_and_cors(tmp_path: Path) -> None:
    api = {"CorsConfiguration": {"AllowOrigins": ["*"], "MaxAge": 60}, "Name": "ingest"}
    template = {
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {}},
            "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": api},
        }
    }
    (tmp_path / "ingest.template.json").write_text(json.dumps(template))
    (tmp_path / "empty.template.json").write_text("{}")
    deployment = record(tmp_path)
    assert deployment.ingest.host == "1234abcd.execute-api.127.0.0.1:4566"
    assert deployment.ingest.path == "/v9"
    assert deployment.ingest.cors == CorsConfiguration(allow_origins=("*",), max_age=60)
    assert deployment.others == ()


def test_every_other_api_has_a_port_which_it_keeps(tmp_path: Path) -> None:
    names = ("ingest", "notes", "admin", "not deployed")
    apis = {name: {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": name}} for name in names}
    (tmp_path / "app.template.json").write_text(json.dumps({"Resources": apis}))
    first = record(tmp_path)
    assert [(api.name, api.host) for api in first.others] == [("notes", "5678.api:1"), ("admin", "9.api:1")]
    assert len({api.port for api in first.others} - {None}) == 2
    again = record(tmp_path, before=replace(first, others=first.others[:1]))
    assert again.others[0] == first.others[0]
    assert again.api("notes") == first.others[0]
    assert again.api(None) == again.ingest
    assert again.api("no such") is None


def record(assembly: Path, before: OfflineDeployment | None = None) -> OfflineDeployment:
    urls = {
        "ingest": "http://1234abcd.execute-api.127.0.0.1:4566",
        "notes": "http://5678.api:1",
        "admin": "http://9.api:1",
    }
    return offline_deployment(
        inputs_hash="abc",
        ingest_url="http://1234abcd.execute-api.127.0.0.1:4566/v9/",
        api_urls=urls,
        assembly=assembly,
        before=before,
    )


def test_a_saved_record_is_loaded_as_it_was(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    assert load_deployment(folder) is None
    apis = {"a": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "notes"}}}
    (tmp_path / "app.template.json").write_text(json.dumps({"Resources": apis}))
    deployment = record(tmp_path)
    assert deployment.others
    save_deployment(folder, deployment)
    assert load_deployment(folder) == deployment
