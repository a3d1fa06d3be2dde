from __future__ import annotations

from stacks.code import ROOT
from tests.infra.assembly import Stage


def test_workgroup_enforces_cutoff_and_encrypted_results(stage: Stage) -> None:
    workgroup = stage.one("serving", "AWS::Athena::WorkGroup")
    settings = workgroup["WorkGroupConfiguration"]
    assert workgroup["Name"] == f"{stage.config.stage}-thermocline"
    assert settings["BytesScannedCutoffPerQuery"] >= 10_000_000
    assert settings["EnforceWorkGroupConfiguration"] is True
    assert settings["PublishCloudWatchMetricsEnabled"] is True
    assert settings["BytesScannedCutoffPerQuery"] == stage.config.athena.scan_cutoff_bytes
    assert settings["ResultConfiguration"]["EncryptionConfiguration"]["EncryptionOption"] == "SSE_KMS"


def test_saved_results_of_a_protected_stage_are_not_deleted_with_it(stage: Stage) -> None:
    workgroup = stage.one("serving", "AWS::Athena::WorkGroup")
    assert workgroup["RecursiveDeleteOption"] is not stage.config.protected


def test_each_query_file_is_a_named_query_on_aws(stage: Stage) -> None:
    named = {
        query["Properties"]["Name"]: query["Properties"] for _, query in stage.resources("AWS::Athena::NamedQuery")
    }
    files = {path.stem: path.read_text() for path in (ROOT / "sql" / "queries").glob("*.sql")}
    if stage.config.offline:
        assert not named
        return
    assert {name: query["QueryString"] for name, query in named.items()} == files
    assert all(query["Database"] == f"{stage.config.stage}_thermocline" for query in named.values())
    assert all(query["Description"] for query in named.values())
