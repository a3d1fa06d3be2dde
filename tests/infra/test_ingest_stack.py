from __future__ import annotations

import json
from typing import Any

from stacks.cors import request_headers
from tests.infra.assembly import Stage
from thermocline.contracts import load_contracts
from thermocline.ingest.routes import ROUTES
from thermocline.ingest.settings import IngestSettings
from thermocline.streams import load_streams


def streams(stage: Stage) -> list[dict[str, Any]]:
    return [resource["Properties"] for _, resource in stage.resources("AWS::KinesisFirehose::DeliveryStream")]


def destinations(stage: Stage) -> dict[str, dict[str, Any]]:
    return {
        stream["DeliveryStreamName"].rpartition("-")[2]: stream["ExtendedS3DestinationConfiguration"]
        for stream in streams(stage)
    }


def function(stage: Stage) -> dict[str, Any]:
    return stage.one("ingest", "AWS::Lambda::Function")


def test_one_delivery_stream_a_table(stage: Stage) -> None:
    assert destinations(stage).keys() == set(load_contracts())


def test_errors_land_outside_raw(stage: Stage) -> None:
    for name, destination in destinations(stage).items():
        assert destination["Prefix"].startswith(f"raw/{name}/!{{timestamp:")
        assert destination["ErrorOutputPrefix"].startswith(f"firehose-errors/{name}/!{{firehose:error-output-type}}/")


def test_delivery_joins_frames_encrypted_and_logged(stage: Stage) -> None:
    for stream in streams(stage):
        assert stream["DeliveryStreamType"] == "DirectPut"
        assert stream["DeliveryStreamEncryptionConfigurationInput"]["KeyType"] == "CUSTOMER_MANAGED_CMK"
    for destination in destinations(stage).values():
        assert destination["CompressionFormat"] == "UNCOMPRESSED"
        assert destination["FileExtension"] == ".ndjson.zst"
        assert "AWSKMSKeyARN" in destination["EncryptionConfiguration"]["KMSEncryptionConfig"]
        assert destination["CloudWatchLoggingOptions"]["Enabled"] is True
        assert destination["BufferingHints"] == {
            "IntervalInSeconds": stage.config.firehose.buffer_seconds,
            "SizeInMBs": stage.config.firehose.buffer_mib,
        }


def test_a_delivery_role_writes_only_its_own_prefixes(stage: Stage) -> None:
    for key, policy in stage.resources("AWS::IAM::Policy"):
        name = key.split("/")[1]
        if "-ingest/" not in key or "RoleDefaultPolicy" not in name or name.startswith("Function"):
            continue
        table = {"cdclog": "cdc_log"}.get(found := name.split("Role")[0].lower(), found)
        (puts,) = [s for s in policy["Properties"]["PolicyDocument"]["Statement"] if "s3:PutObject" in s["Action"]]
        suffixes = {resource["Fn::Join"][1][-1] for resource in puts["Resource"]}
        assert suffixes == {f"/raw/{table}/*", f"/firehose-errors/{table}/*"}


def test_a_delivery_role_has_the_rights_of_firehoses_manual_and_no_more(stage: Stage) -> None:
    policies = [policy["Properties"] for key, policy in stage.resources("AWS::IAM::Policy") if "-ingest/" in key]
    of_streams = [policy["PolicyDocument"] for policy in policies if not policy["PolicyName"].startswith("Function")]
    assert len(of_streams) == len(streams(stage))
    for document in of_streams:
        assert {action for statement in document["Statement"] for action in statement["Action"]} == {
            *(f"s3:{action}" for action in ("AbortMultipartUpload", "GetBucketLocation", "GetObject", "ListBucket")),
            *("s3:ListBucketMultipartUploads", "s3:PutObject", "kms:Decrypt", "kms:GenerateDataKey"),
            *("logs:CreateLogStream", "logs:PutLogEvents"),
        }


def test_delivery_logs_go_to_a_log_stream_of_the_stage(stage: Stage) -> None:
    template = stage.stacks[f"{stage.config.stage}-thermocline-ingest"]["Resources"]
    for destination in destinations(stage).values():
        options = destination["CloudWatchLoggingOptions"]
        log_stream = template[options["LogStreamName"]["Ref"]]
        assert log_stream["Properties"]["LogGroupName"] == options["LogGroupName"]
        assert template[options["LogGroupName"]["Ref"]]["Type"] == "AWS::Logs::LogGroup"


def test_a_delivery_stream_waits_for_its_roles_rights(stage: Stage) -> None:
    for key, stream in stage.resources("AWS::KinesisFirehose::DeliveryStream"):
        assert [name for name in stream["DependsOn"] if "RoleDefaultPolicy" in name], key


def test_access_logs_go_to_an_encrypted_log_group(stage: Stage) -> None:
    destination = stage.one("ingest", "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["DestinationArn"]
    group = stage.stacks[f"{stage.config.stage}-thermocline-ingest"]["Resources"][destination["Fn::GetAtt"][0]]
    assert group["Properties"]["LogGroupName"].startswith("/aws/vendedlogs/")
    assert "KmsKeyId" in group["Properties"]


def test_function_settings_can_be_read_back(stage: Stage) -> None:
    variables = dict(function(stage)["Environment"]["Variables"])
    assert variables["LAKE_WRITE_KEY_SECRET"].keys() == {"Ref"}
    settings = IngestSettings.from_env({**variables, "LAKE_WRITE_KEY_SECRET": "arn"})
    assert settings.sources == stage.config.sources
    names = {f"{settings.delivery_prefix}{stream}" for stream in load_streams()}
    assert names == {stream["DeliveryStreamName"] for stream in streams(stage)}


def test_function_may_put_records_and_read_its_secret_and_no_more(stage: Stage) -> None:
    template = stage.stacks[f"{stage.config.stage}-thermocline-ingest"]["Resources"]
    (policy,) = [r["Properties"]["PolicyDocument"] for name, r in template.items()
                 if name.startswith("FunctionRoleDefaultPolicy")]  # fmt: skip
    actions = {a for s in policy["Statement"] for a in ([s["Action"]] if isinstance(s["Action"], str) else s["Action"])}
    assert actions == {
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "firehose:PutRecordBatch",
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "secretsmanager:GetSecretValue",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
    (puts,) = [s for s in policy["Statement"] if s["Action"] == "firehose:PutRecordBatch"]
    assert len(puts["Resource"]) == len(load_contracts())


def test_the_secrets_of_write_keys_the_edge_and_subjects_are_generated_and_encrypted(stage: Stage) -> None:
    secrets = [found["Properties"] for _, found in stage.resources("AWS::SecretsManager::Secret")]
    assert {secret["Name"].rpartition("-")[2] for secret in secrets} == {"keys", "edge", "key"}
    for secret in secrets:
        assert secret["GenerateSecretString"]["PasswordLength"] >= 32
        assert "SecretString" not in secret
        assert "KmsKeyId" in secret


def test_the_declared_routes_are_the_apis_and_lead_to_the_one_function(stage: Stage) -> None:
    routes = [route["Properties"] for _, route in stage.resources("AWS::ApiGatewayV2::Route")]
    assert sorted(route["RouteKey"] for route in routes) == sorted(ROUTES)
    assert len({json.dumps(route["Target"]) for route in routes}) == 1
    assert stage.one("ingest", "AWS::ApiGatewayV2::Integration")["PayloadFormatVersion"] == "2.0"


def test_api_is_throttled_and_logs_no_personal_data(stage: Stage) -> None:
    api_stage = stage.one("ingest", "AWS::ApiGatewayV2::Stage")
    throttle = stage.config.ingest.throttle
    assert api_stage["StageName"] == "$default"
    assert api_stage["DefaultRouteSettings"] == {
        "ThrottlingRateLimit": throttle.rate,
        "ThrottlingBurstLimit": throttle.burst,
    }
    logged = json.loads(api_stage["AccessLogSettings"]["Format"]).values()
    assert "$context.status" in logged
    unsafe = ("identity", "authorizer", "path", "querystring", "params", "header")  # write keys stand in some URLs
    assert not [field for field in logged if any(part in field.lower() for part in unsafe)]


def test_browsers_may_send_with_credentials(stage: Stage) -> None:
    cors = stage.one("ingest", "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert cors["AllowCredentials"] is True
    assert "*" not in (*cors["AllowOrigins"], *cors["AllowMethods"], *cors["AllowHeaders"])
    assert cors["AllowHeaders"] == request_headers()
    assert cors["ExposeHeaders"] == ["retry-after"]
