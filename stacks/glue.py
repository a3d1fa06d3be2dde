"""The Glue job that promotes what is too large for the function: its code, its rights, and who may start it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_glue, aws_iam

from kit.constructs import Function
from kit.constructs.acknowledge import acknowledge, acknowledge_grants, acknowledge_objects
from kit.packaging.code import package
from kit.packaging.layers import pinned
from kit.packaging.package import Project, temporary_folder
from kit.packaging.wheel import make_wheel
from stacks.base import LakeStack
from stacks.code import PACKAGES, ROOT
from stacks.layers import WARM
from stacks.storage import StorageStack
from thermocline.layout import HOT, IDS
from thermocline.layout import WARM as WARM_LEVEL
from thermocline.spark.settings import SparkSettings
from thermocline.streams import QUARANTINE

_VERSION: Final = "5.1"
_LOGS: Final = "/aws-glue/jobs/*"
_OBJECTS: Final = {
    HOT: "reads any table",
    QUARANTINE: "reads the rows that were refused",
    WARM_LEVEL: "writes files of any table",
    IDS: "keeps identities of any table",
}


def add_job(
    stack: LakeStack,
    *,
    storage: StorageStack,
    database: str,
    function: Function,
    permissions: Sequence[aws_iam.PolicyStatement],
) -> aws_glue.CfnJob:
    """Add the job to a stack.

    Parameters
    ----------
    function
        Starts the job's runs, and asks for their state.
    permissions
        What promotion may do, by either engine.
    """
    promote, name = stack.config.promote, stack.name("promote")
    script, wheel = _code(stack)
    role = _role(stack, storage, [script, wheel], permissions)
    settings = SparkSettings(
        lake_bucket=storage.lake.cdk.bucket_name,
        ledger_table=storage.ledger.table_name,
        database=database,
        subject_key_secret=storage.subject_key.secret_arn,
        storage_class=promote.storage_class,
        cold_storage_class=stack.config.upkeep.cold_storage_class,
        job_seconds=promote.glue.timeout_minutes * 60,
    )
    job = aws_glue.CfnJob(
        stack,
        "PromoteJob",
        name=name,
        description="Moves closed generations from hot to warm that are too large for the function",
        role=role.role_arn,
        glue_version=_VERSION,
        command=aws_glue.CfnJob.JobCommandProperty(name="glueetl", python_version="3", script_location=_url(script)),
        worker_type=promote.glue.worker_type,
        number_of_workers=promote.glue.workers,
        timeout=promote.glue.timeout_minutes,
        max_retries=0,  # the state machine starts it again
        execution_property=aws_glue.CfnJob.ExecutionPropertyProperty(
            max_concurrent_runs=promote.glue.max_concurrent_runs
        ),
        security_configuration=_encryption(stack, storage, name),
        default_arguments={
            "--additional-python-modules": _url(wheel),
            "--datalake-formats": "iceberg",
            "--enable-continuous-cloudwatch-log": "true",
            "--AWS_DEFAULT_REGION": stack.region,
            **{f"--{variable}": value for variable, value in settings.to_env().items()},
        },
    )
    _let_start(stack, function, name)
    return job


def _code(stack: LakeStack) -> tuple[cdk.FileAssetLocation, cdk.FileAssetLocation]:
    """Return the script, and the lake's code as a wheel, which needs no build on Glue."""
    code = package(
        Project(root=ROOT, include=PACKAGES), handler="lambdas/promote/handler.handler", runtime="python3.14",
        packages=WARM,
    )  # fmt: skip
    requires = pinned(WARM, (ROOT / "requirements.txt").read_text())
    wheel = make_wheel(code.folder, temporary_folder(), name="thermocline", requires=requires)
    script = ROOT / "glue_jobs" / "promote.py"
    return _published(stack, script, cdk.FileSystem.fingerprint(str(script))), _published(stack, wheel, wheel.stem)


def _published(stack: LakeStack, file: Path, name: str) -> cdk.FileAssetLocation:
    """Publish a file with the stack, under a name of ours: an installer reads a wheel's name, and CDK would hash it."""
    outdir = Path(cdk.Stage.of(stack).asset_outdir)  # type: ignore[union-attr]  # a stack is in an app
    shutil.copyfile(file, outdir / f"asset.{file.name}")
    return stack.synthesizer.add_file_asset(
        source_hash=name, file_name=f"asset.{file.name}", packaging=cdk.FileAssetPackaging.FILE
    )


def _url(location: cdk.FileAssetLocation) -> str:
    return f"s3://{location.bucket_name}/{location.object_key}"


def _role(
    stack: LakeStack,
    storage: StorageStack,
    code: Sequence[cdk.FileAssetLocation],
    permissions: Sequence[aws_iam.PolicyStatement],
) -> aws_iam.Role:
    role = aws_iam.Role(stack, "PromoteJobRole", assumed_by=aws_iam.ServicePrincipal("glue.amazonaws.com"))
    for statement in permissions:
        role.add_to_policy(statement)
    published = [
        stack.format_arn(service="s3", region="", account="", resource=each.bucket_name, resource_name=each.object_key)
        for each in code
    ]
    role.add_to_policy(aws_iam.PolicyStatement(actions=["s3:GetObject"], resources=published))
    role.add_to_policy(_logs(stack))
    place = ":".join(
        f"<AWS::{name}>" if cdk.Token.is_unresolved(value) else value
        for name, value in (("Region", stack.region), ("AccountId", stack.account))
    )
    finding = f"AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:{place}:log-group:{_LOGS}]"
    acknowledge(role, {finding: "Glue gives its groups of logs names of its own"})
    storage.ledger.grant(role, "dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:BatchGetItem")
    storage.key.grant_encrypt_decrypt(role)
    acknowledge_grants(role, "kms:GenerateDataKey*", "kms:ReEncrypt*")
    acknowledge_objects(role, storage.lake.cdk, {f"{prefix}/*": why for prefix, why in _OBJECTS.items()})
    return role


def _logs(stack: LakeStack) -> aws_iam.PolicyStatement:
    """Allow Glue to make and write its groups of logs, whose names it gives, and to encrypt them."""
    groups = stack.format_arn(
        service="logs", resource="log-group", resource_name=_LOGS, arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME
    )
    actions = ("AssociateKmsKey", "CreateLogGroup", "CreateLogStream", "PutLogEvents")
    return aws_iam.PolicyStatement(actions=[f"logs:{action}" for action in actions], resources=[groups])


def _encryption(stack: LakeStack, storage: StorageStack, name: str) -> str:
    """Encrypt by the stage's key what the job spills, logs and remembers."""
    key = storage.key.key_arn
    made = aws_glue.CfnSecurityConfiguration(
        stack,
        "PromoteJobEncryption",
        name=name,
        encryption_configuration=aws_glue.CfnSecurityConfiguration.EncryptionConfigurationProperty(
            cloud_watch_encryption=aws_glue.CfnSecurityConfiguration.CloudWatchEncryptionProperty(
                cloud_watch_encryption_mode="SSE-KMS", kms_key_arn=key
            ),
            job_bookmarks_encryption=aws_glue.CfnSecurityConfiguration.JobBookmarksEncryptionProperty(
                job_bookmarks_encryption_mode="CSE-KMS", kms_key_arn=key
            ),
            s3_encryptions=[
                aws_glue.CfnSecurityConfiguration.S3EncryptionProperty(s3_encryption_mode="SSE-KMS", kms_key_arn=key)
            ],
        ),
    )
    return made.ref


def _let_start(stack: LakeStack, function: Function, name: str) -> None:
    job = stack.format_arn(service="glue", resource="job", resource_name=name)
    actions = ["glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"]
    function.attach_permissions([aws_iam.PolicyStatement(actions=actions, resources=[job])])
