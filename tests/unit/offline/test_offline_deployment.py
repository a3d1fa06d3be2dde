import json
from pathlib import Path

from offline.cors import CorsConfiguration
from offline.deployment import load_deployment, offline_deployment, save_deployment
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
    deployment = offline_deployment(
        inputs_hash="abc", ingest_url="http://1234abcd.execute-api.127.0.0.1:4566/v9/", assembly=tmp_path
    )
    assert deployment.api_host == "1234abcd.execute-api.127.0.0.1:4566"
    assert deployment.api_path == "/v9"
    assert deployment.cors == CorsConfiguration(allow_origins=("*",), max_age=60)


def test_a_saved_record_is_loaded_as_it_was(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    assert load_deployment(folder) is None
    deployment = offline_deployment(inputs_hash="abc", ingest_url="http://api:1", assembly=tmp_path)
    save_deployment(folder, deployment)
    assert load_deployment(folder) == deployment
