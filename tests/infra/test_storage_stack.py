from __future__ import annotations

from typing import Any

from aws_cdk.assertions import Match

from tests.infra.assembly import Stage


def buckets(stage: Stage) -> dict[str, dict[str, Any]]:
    """Properties by construct id, which CDK follows by eight digits."""
    return {key.split("/")[1][:-8]: resource["Properties"] for key, resource in stage.resources("AWS::S3::Bucket")}


def rules(stage: Stage) -> dict[str, dict[str, Any]]:
    return {rule["Id"]: rule for rule in buckets(stage)["Lake"]["LifecycleConfiguration"]["Rules"]}


def test_data_buckets_are_encrypted_with_the_lakes_key(stage: Stage) -> None:
    for name in ("Lake", "Results"):
        (rule,) = buckets(stage)[name]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert rule["BucketKeyEnabled"] is True
        assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
        assert "Key" in rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]["Fn::GetAtt"][0]


def test_every_bucket_blocks_public_access_and_plain_http(stage: Stage) -> None:
    assert buckets(stage).keys() == {"Lake", "Results", "AccessLogs"}
    for properties in buckets(stage).values():
        assert all(properties["PublicAccessBlockConfiguration"].values())
        assert len(properties["PublicAccessBlockConfiguration"]) == 4
    policies = [policy["Properties"]["PolicyDocument"] for _, policy in stage.resources("AWS::S3::BucketPolicy")]
    assert len(policies) == 3
    for policy in policies:
        assert {
            "Effect": "Deny",
            "Action": "s3:*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }.items() <= (policy["Statement"][0].items())


def test_lake_is_versioned_and_logs_who_reads_it(stage: Stage) -> None:
    lake = buckets(stage)["Lake"]
    assert lake["VersioningConfiguration"] == {"Status": "Enabled"}
    assert lake["LoggingConfiguration"]["LogFilePrefix"] == "lake/"


def test_raw_is_archived_when_large_enough_and_expires(stage: Stage) -> None:
    archive, expire = rules(stage)["archive-raw"], rules(stage)["expire-raw"]
    assert archive["Prefix"] == expire["Prefix"] == "raw/"
    assert archive["Transitions"] == [{"StorageClass": "GLACIER_IR", "TransitionInDays": 30}]
    assert archive["ObjectSizeGreaterThan"] >= 128 * 1024
    assert expire["ExpirationInDays"] == stage.config.lake.raw_expire_after_days
    assert "ObjectSizeGreaterThan" not in expire


def test_leftovers_go(stage: Stage) -> None:
    assert rules(stage)["remove-old-versions"]["NoncurrentVersionExpiration"]["NoncurrentDays"] == 30
    assert rules(stage)["abort-unfinished-uploads"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}


def test_rules_end_hot_files_only_while_raw_can_make_them_again(stage: Stage) -> None:
    days = {
        rule.get("Prefix"): rule["ExpirationInDays"] for rule in rules(stage).values() if "ExpirationInDays" in rule
    }
    assert days.keys() == {"raw/", "recoveries/", "firehose-errors/", "hot/", "quarantine/", "replay/"}
    assert days["replay/"] == 7
    assert days["hot/"] == days["quarantine/"] == stage.config.lake.hot_expire_after_days
    assert 30 <= days["hot/"] <= days["raw/"] - 30


def test_results_and_access_logs_expire(stage: Stage) -> None:
    for name in ("Results", "AccessLogs"):
        rules_of = {rule["Id"]: rule for rule in buckets(stage)[name]["LifecycleConfiguration"]["Rules"]}
        assert 1 <= rules_of["expire"]["ExpirationInDays"] <= 90
        assert "Prefix" not in rules_of["expire"]


def test_nothing_is_moved_to_another_class_that_is_too_small_for_it(stage: Stage) -> None:
    every = [rule for bucket in buckets(stage).values() for rule in bucket["LifecycleConfiguration"]["Rules"]]
    moving = [rule for rule in every if "Transitions" in rule]
    assert moving
    assert all(rule["ObjectSizeGreaterThan"] >= 128 * 1024 for rule in moving)


def test_every_bucket_but_that_of_the_logs_logs_who_reads_it(stage: Stage) -> None:
    assert {name for name, bucket in buckets(stage).items() if "LoggingConfiguration" in bucket} == {"Lake", "Results"}


def test_dead_letters_stay_longer_than_arrivals(stage: Stage) -> None:
    queues = [queue["Properties"] for _, queue in stage.resources("AWS::SQS::Queue")]
    kept = {"RedrivePolicy" in queue: queue["MessageRetentionPeriod"] for queue in queues}
    assert kept[True] < kept[False] == 14 * 24 * 3600


def tables(stage: Stage) -> list[dict[str, Any]]:
    found = [table["Properties"] for _, table in stage.resources("AWS::DynamoDB::Table")]
    assert sorted(table["TableName"].rpartition("-")[2] for table in found) == ["epochs", "ledger"]
    return found


def test_tables_of_a_protected_stage_cannot_be_deleted(stage: Stage) -> None:
    assert {table["DeletionProtectionEnabled"] for table in tables(stage)} == {stage.config.protected}


def test_only_raw_arrivals_are_announced(stage: Stage) -> None:
    (announced,) = buckets(stage)["Lake"]["NotificationConfiguration"]["QueueConfigurations"]
    assert announced["Event"] == "s3:ObjectCreated:*"
    assert announced["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "raw/"}]


def test_the_queues_policy_is_there_before_the_bucket_needs_it(stage: Stage) -> None:
    (lake,) = [resource for key, resource in stage.resources("AWS::S3::Bucket") if "/Lake" in key]
    assert any(name.startswith("ArrivalsQueuePolicy") for name in lake["DependsOn"])


def test_only_the_lake_may_send_to_the_arrivals_queue(stage: Stage) -> None:
    stage.template("storage").has_resource_properties(
        "AWS::SQS::QueuePolicy",
        {
            "PolicyDocument": {
                "Statement": Match.array_with(
                    [
                        Match.object_like(
                            {
                                "Action": "sqs:SendMessage",
                                "Principal": {"Service": "s3.amazonaws.com"},
                                "Condition": {
                                    "ArnEquals": {"aws:SourceArn": Match.any_value()},
                                    "StringEquals": {"aws:SourceAccount": stage.account},
                                },
                            }
                        )
                    ]
                )
            }
        },
    )


def queues_of(stage: Stage) -> dict[str, dict[str, Any]]:
    """Properties of the stack's queues."""
    queues = ([*key.split("/"), queue["Properties"]] for key, queue in stage.resources("AWS::SQS::Queue"))
    return {name: properties for stack, name, properties in queues if stack.endswith("storage")}


def test_arrivals_have_a_dead_letter_queue(stage: Stage) -> None:
    queues = queues_of(stage)
    (arrivals,) = [properties for properties in queues.values() if "RedrivePolicy" in properties]
    assert len(queues) == 2
    assert arrivals["RedrivePolicy"]["maxReceiveCount"] == stage.config.convert.max_receive_count
    assert arrivals["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0] in queues
    assert all(properties["SqsManagedSseEnabled"] for properties in queues.values())


def test_a_batch_of_a_convert_that_never_began_comes_back_within_five_minutes(stage: Stage) -> None:
    (arrivals,) = [queue for queue in queues_of(stage).values() if "RedrivePolicy" in queue]
    convert = stage.function("convert")
    least = 2 * convert["Timeout"] + stage.config.convert.batch_window_seconds
    assert least <= arrivals["VisibilityTimeout"] <= 300


def test_tables_are_on_demand_recoverable_and_encrypted(stage: Stage) -> None:
    keys = {"pk": "HASH", "sk": "RANGE"}
    for table in tables(stage):
        wanted = keys if table["TableName"].endswith("-ledger") else {"pk": "HASH"}
        assert {key["AttributeName"]: key["KeyType"] for key in table["KeySchema"]} == wanted
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert table["SSESpecification"]["SSEType"] == "KMS"


def test_key_rotates_and_serves_only_this_accounts_logs(stage: Stage) -> None:
    key = stage.one("storage", "AWS::KMS::Key")
    assert key["EnableKeyRotation"] is True
    (logs,) = [s for s in key["KeyPolicy"]["Statement"] if "Service" in s["Principal"]]
    assert "kms:EncryptionContext:aws:logs:arn" in logs["Condition"]["ArnLike"]


def test_outputs_have_the_names_that_others_read(stage: Stage) -> None:
    outputs = {
        layer: {name for name in stage.stacks[f"{stage.config.stage}-thermocline-{layer}"].get("Outputs", {})
                if not name.startswith("Export")}
        for layer in ("storage", "ingest", "catalog", "serving")
    }  # fmt: skip
    assert outputs == {
        "storage": {
            "LakeBucket",
            "ResultsBucket",
            "LedgerTable",
            "EpochsTable",
            "ArrivalsQueueUrl",
            "ArrivalsDlqUrl",
            "SubjectKeyArn",
        },
        "ingest": {"ApiUrl", "EdgeSecretName", "WriteKeySecretArn"}
        | ({"EdgeSecretHeader", "IngestUrl"} if stage.config.offline else set()),
        "catalog": {"Database"},
        "serving": {"WorkGroup"},
    }
