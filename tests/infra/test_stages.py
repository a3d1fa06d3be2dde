"""What holds for all stacks of a stage: names, protection, logs, functions, and what the emulator can do."""

from __future__ import annotations

from tests.infra.assembly import LAYERS, Stage, synthesise

# Types that the emulator makes; any other fails the whole stack there.
EMULATED = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Athena::WorkGroup",
    "AWS::CloudWatch::Alarm",
    "AWS::DynamoDB::Table",
    "AWS::Events::Rule",
    "AWS::Glue::Database",
    "AWS::Glue::Table",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::KMS::Alias",
    "AWS::KMS::Key",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::Logs::LogStream",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
    "AWS::Scheduler::Schedule",
    "AWS::SecretsManager::Secret",
    "AWS::StepFunctions::StateMachine",
    "Custom::Views",
}

HOLDS_DATA = ("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SecretsManager::Secret")


def test_stack_names_carry_the_stage(stage: Stage) -> None:
    layers = {*LAYERS, *(() if stage.config.offline else ("edge",))}
    assert set(stage.stacks) == {f"{stage.config.stage}-thermocline-{layer}" for layer in layers}


def test_offline_template_holds_only_what_the_emulator_makes(local: Stage) -> None:
    assert {resource["Type"] for _, resource in local.resources()} <= EMULATED


def test_offline_functions_have_no_layers_and_few_workers(local: Stage) -> None:
    for _, function in local.resources("AWS::Lambda::Function"):
        assert "Layers" not in function["Properties"]
        assert function["Properties"]["ReservedConcurrentExecutions"] <= 4


def test_functions_on_aws_have_their_packages_and_reserve_nothing(prod: Stage) -> None:
    for _, function in prod.resources("AWS::Lambda::Function"):
        reads_and_commits = function["Properties"]["FunctionName"].endswith("-recover")
        assert len(function["Properties"]["Layers"]) == 1 + reads_and_commits
        assert "ReservedConcurrentExecutions" not in function["Properties"]


def test_functions_are_traced_on_arm_from_one_asset(stage: Stage) -> None:
    functions = [function["Properties"] for _, function in stage.resources("AWS::Lambda::Function")]
    assert {function["FunctionName"] for function in functions} == {
        f"{stage.config.stage}-thermocline-backfill",
        f"{stage.config.stage}-thermocline-balance",
        f"{stage.config.stage}-thermocline-erase",
        f"{stage.config.stage}-thermocline-ingest",
        f"{stage.config.stage}-thermocline-convert",
        f"{stage.config.stage}-thermocline-promote",
        f"{stage.config.stage}-thermocline-publish",
        f"{stage.config.stage}-thermocline-recover",
        f"{stage.config.stage}-thermocline-replay",
        f"{stage.config.stage}-thermocline-sweep",
        f"{stage.config.stage}-thermocline-upkeep",
    }
    assert all(function["TracingConfig"] == {"Mode": "Active"} for function in functions)
    assert all(function["Architectures"] == ["arm64"] for function in functions)
    assert len({function["Code"]["S3Key"] for function in functions}) == 1


def test_function_code_is_the_same_for_every_stage() -> None:
    keys = {
        function["Properties"]["Code"]["S3Key"]
        for name in ("local", "prod")
        for _, function in synthesise(name).resources("AWS::Lambda::Function")
    }
    assert len(keys) == 1


def test_every_log_group_expires_and_is_encrypted(stage: Stage) -> None:
    groups = [group["Properties"] for _, group in stage.resources("AWS::Logs::LogGroup")]
    names = {group["LogGroupName"] for group in groups}
    assert {f"/aws/lambda/{stage.config.stage}-thermocline-{name}" for name in ("ingest", "convert", "sweep")} < names
    assert {group["RetentionInDays"] for group in groups} == {stage.config.log_retention_days}
    assert all("KmsKeyId" in group for group in groups)


def test_every_function_writes_to_a_log_group_of_its_own(stage: Stage) -> None:
    for _, function in stage.resources("AWS::Lambda::Function"):
        assert "Logs" in function["Properties"]["LoggingConfig"]["LogGroup"]["Ref"]


def test_protected_stage_keeps_its_data_and_its_stacks(prod: Stage) -> None:
    assert all(prod.termination_protection.values())
    kept = [resource for kind in HOLDS_DATA for _, resource in prod.resources(kind)]
    assert len(kept) == 9
    assert {(resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) for resource in kept} == {
        ("Retain", "Retain")
    }


def test_unprotected_stage_can_be_removed(local: Stage) -> None:
    assert not any(local.termination_protection.values())
    assert not [key for key, resource in local.resources() if resource.get("DeletionPolicy") == "Retain"]


def test_data_go_or_stay_as_the_stage_says(stage: Stage) -> None:
    wanted = "Retain" if stage.config.removal == "retain" else "Delete"
    found = {key: resource["DeletionPolicy"] for kind in HOLDS_DATA for key, resource in stage.resources(kind)}
    assert set(found.values()) == {wanted}, found


def test_names_are_unique_among_accounts_where_they_must_be(stage: Stage) -> None:
    for _, bucket in stage.resources("AWS::S3::Bucket"):
        if not stage.config.offline:
            parts = bucket["Properties"]["BucketName"]["Fn::Join"][1]
            assert {"Ref": "AWS::AccountId"} in parts
            assert {"Ref": "AWS::Region"} in parts


def test_stack_tags_say_whose_everything_is(stage: Stage) -> None:
    assert set(stage.tags) == set(stage.stacks)
    assert all(tags == {"project": "thermocline", "stage": stage.config.stage} for tags in stage.tags.values())
