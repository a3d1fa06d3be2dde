"""CloudFront in front of the HTTP API: nothing is cached or lost on the way, and the secret is in no template."""

from __future__ import annotations

import json
from typing import Any, cast

import msgspec
import pytest

from checks.templates import built
from stacks.code import ROOT
from stacks.config import Edge, load_config
from stacks.ingest import IngestStack
from stacks.lake import build_lake, lake_app
from tests.infra.assembly import Stage, synthesise
from thermocline.ingest.settings import EDGE_SECRET_HEADER, IngestSettings


@pytest.fixture(params=["dev", "prod"])
def deployed(request: pytest.FixtureRequest) -> Stage:
    return synthesise(cast(str, request.param))


def distribution(stage: Stage) -> dict[str, Any]:
    return cast(dict[str, Any], stage.one("edge", "AWS::CloudFront::Distribution")["DistributionConfig"])


def test_every_method_goes_through_uncached_and_uncompressed(deployed: Stage) -> None:
    behaviour = distribution(deployed)["DefaultCacheBehavior"]
    assert set(behaviour["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    assert behaviour["ViewerProtocolPolicy"] == "https-only"
    assert behaviour["Compress"] is False
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled"
    errors = distribution(deployed)["CustomErrorResponses"]
    assert {503, 404, 403} < {error["ErrorCode"] for error in errors}
    assert {error["ErrorCachingMinTTL"] for error in errors} == {0}, "by default an error is kept for ten seconds"
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac", "AllViewerExceptHostHeader"


def test_the_function_is_the_one_that_the_front_door_runs(deployed: Stage) -> None:
    (association,) = distribution(deployed)["DefaultCacheBehavior"]["FunctionAssociations"]
    function = deployed.one("edge", "AWS::CloudFront::Function")
    assert association["EventType"] == "viewer-request"
    assert function["FunctionConfig"]["Runtime"] == "cloudfront-js-2.0"
    assert function["FunctionCode"] == (ROOT / "edge" / "viewer_request.js").read_text()
    assert len(function["FunctionCode"]) < 10 * 1024, "CloudFront's limit"


def test_the_origin_is_the_api_over_tls_with_a_secret_that_no_template_holds(deployed: Stage) -> None:
    (origin,) = distribution(deployed)["Origins"]
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert origin["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]
    assert origin["CustomOriginConfig"]["OriginReadTimeout"] > 30, "the API's own timeout comes first"
    (header,) = origin["OriginCustomHeaders"]
    name = f"{deployed.config.stage}-thermocline-edge"
    assert header["HeaderName"] == EDGE_SECRET_HEADER
    assert header["HeaderValue"] == f"{{{{resolve:secretsmanager:{name}:SecretString:::}}}}"
    function = deployed.function("ingest")["Environment"]["Variables"]
    assert function["LAKE_EDGE_SECRET"] == name


def test_clients_are_told_the_distributions_address(deployed: Stage) -> None:
    edge = deployed.stacks[f"{deployed.config.stage}-thermocline-edge"]["Outputs"]
    ingest = deployed.stacks[f"{deployed.config.stage}-thermocline-ingest"]["Outputs"]
    assert "DomainName" in json.dumps(edge["IngestUrl"])
    assert "IngestUrl" not in ingest


def test_offline_the_front_door_is_the_edge(local: Stage) -> None:
    assert not [key for key, _ in local.resources() if "CloudFront" in key]
    assert local.function("ingest")["Environment"]["Variables"]["LAKE_EDGE_SECRET"] == "local-thermocline-edge"


def test_a_new_secret_version_changes_the_template_so_that_cloudformation_reads_it(deployed: Stage) -> None:
    assert distribution(deployed)["Comment"].endswith(f"(secret {deployed.config.edge.secret_version})")


def test_a_producer_of_an_apps_own_is_not_behind_the_edge() -> None:
    with built("prod") as app:
        ingest = cast(IngestStack, app.node.find_child("prod-thermocline-ingest"))
        settings = ingest.producer_props["settings"]
    assert isinstance(settings, IngestSettings)
    assert settings.edge_secret == "", "it would refuse its own events"


def test_the_edge_is_off_by_option_and_can_be_taken_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    config = msgspec.structs.replace(load_config("dev"), edge=Edge(enabled=False))
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = lake_app("dev", context=context, outdir=str(tmp_path_factory.mktemp("off") / "cdk.out"))
    layer = tmp_path_factory.mktemp("layer")
    (layer / "x.txt").write_text("x")
    build_lake(app, config, layer_builder=lambda _: layer)
    stacks = {stack.stack_name: stack.template for stack in app.synth().stacks}
    ingest = stacks["dev-thermocline-ingest"]
    assert "dev-thermocline-edge" not in stacks
    assert "IngestUrl" in ingest["Outputs"]
    assert "EdgeSecretName" not in ingest["Outputs"]
    secrets = [r["Properties"] for r in ingest["Resources"].values() if r["Type"] == "AWS::SecretsManager::Secret"]
    assert "dev-thermocline-edge" in {secret["Name"] for secret in secrets}, "it would collide with a retained one"
    exported = {output["Export"]["Name"] for output in ingest["Outputs"].values() if "Export" in output}
    assert "dev-thermocline-ingest-api-id" in exported, "what the deployed edge imports"
    (function,) = [r for r in ingest["Resources"].values() if r["Type"] == "AWS::Lambda::Function"]
    assert function["Properties"]["Environment"]["Variables"]["LAKE_EDGE_SECRET"] == ""
