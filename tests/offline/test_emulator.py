from pathlib import Path

from offline.emulator import emulator_spec
from offline.environment import aws_environment
from offline.state import LakeFolder


def test_nothing_of_it_is_shared_with_another_environment(tmp_path: Path) -> None:
    (tmp_path / "lambdas" / "ingest").mkdir(parents=True)
    (tmp_path / "lambdas" / "ingest" / "handler.py").write_text("")
    one, two = (
        emulator_spec(
            LakeFolder(root=tmp_path, name=name),
            stage="local",
            port=port,
            aws=aws_environment(emulator_url=f"http://127.0.0.1:{port}", athena_url=f"http://127.0.0.1:{port + 1}"),
            runner_url=f"http://127.0.0.1:{port + 2}",
        ).environment
        for name, port in (("one", 4000), ("two", 5000))
    )
    apart = {"TMPDIR", "S3_DATA_DIR", "STATE_DIR", "GATEWAY_PORT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ATHENA"}
    assert all(one[variable] != two[variable] for variable in apart)
    assert one["BIND_HOST"] == "127.0.0.1"
    assert one["IOT_MTLS_ENABLED"] == one["SFTP_ENABLED"] == "0"
    assert one["MINISTACK_LAMBDA_PROXY_local-app-ingest"] == "http://127.0.0.1:4002"


def test_what_it_keeps_lies_where_down_does_not_delete_it(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="one")
    aws = aws_environment(emulator_url="http://127.0.0.1:1", athena_url="http://127.0.0.1:2")
    kept = emulator_spec(folder, stage="local", port=1, aws=aws, runner_url="", keep=True).environment
    assert (kept["PERSIST_STATE"], kept["S3_PERSIST"]) == ("1", "1")
    assert not Path(kept["STATE_DIR"]).is_relative_to(folder.temp)
    assert not Path(kept["S3_DATA_DIR"]).is_relative_to(folder.temp)
    forgetful = emulator_spec(folder, stage="local", port=1, aws=aws, runner_url="").environment
    assert "PERSIST_STATE" not in forgetful
    assert Path(forgetful["STATE_DIR"]).is_relative_to(folder.temp)
