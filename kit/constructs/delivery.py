"""A Firehose delivery stream that writes records to a bucket, with a role that may do only that."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_kms, aws_logs, aws_s3
from aws_cdk import aws_kinesisfirehose as firehose
from constructs import Construct

from kit.constructs.acknowledge import acknowledge_objects
from kit.constructs.logs import log_group


class DeliveryStream(Construct):
    """Direct put → objects below a prefix; undeliverable records go below an error prefix.

    Firehose only joins the records: whoever puts them has compressed them.

    Parameters
    ----------
    prefix, error_prefix
        In Firehose's notation; the role may write only below the part before the first ``!{``.
    file_extension
        What the objects' names end with, e.g. ``.ndjson.zst``.
    buffer_seconds, buffer_mib
        An object is closed when the first of these is reached.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stream_name: str,
        bucket: aws_s3.IBucket,
        encryption_key: aws_kms.IKey,
        prefix: str,
        error_prefix: str,
        file_extension: str,
        buffer_seconds: int,
        buffer_mib: int,
        log_retention_days: int,
    ) -> None:
        super().__init__(scope, construct_id)
        self.name = stream_name
        logs = log_group(
            self,
            "Logs",
            name=f"/aws/kinesisfirehose/{stream_name}",
            retention_days=log_retention_days,
            encryption_key=encryption_key,
        )
        log_stream = aws_logs.LogStream(
            self, "LogStream", log_group=logs, log_stream_name="S3Delivery", removal_policy=cdk.RemovalPolicy.DESTROY
        )
        self._role = aws_iam.Role(self, "Role", assumed_by=aws_iam.ServicePrincipal("firehose.amazonaws.com"))
        self._allow_delivery(bucket, encryption_key, prefix, error_prefix)
        logs.grant_write(self._role)
        self.cdk = firehose.CfnDeliveryStream(
            self,
            "Stream",
            delivery_stream_name=stream_name,
            delivery_stream_type="DirectPut",
            delivery_stream_encryption_configuration_input=(
                firehose.CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty(
                    key_type="CUSTOMER_MANAGED_CMK", key_arn=encryption_key.key_arn
                )
            ),
            extended_s3_destination_configuration=firehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty(
                bucket_arn=bucket.bucket_arn,
                role_arn=self._role.role_arn,
                prefix=prefix,
                error_output_prefix=error_prefix,
                compression_format="UNCOMPRESSED",
                file_extension=file_extension,
                buffering_hints=firehose.CfnDeliveryStream.BufferingHintsProperty(
                    interval_in_seconds=buffer_seconds, size_in_m_bs=buffer_mib
                ),
                encryption_configuration=_encryption(encryption_key),
                cloud_watch_logging_options=_logging(logs, log_stream),
            ),
        )
        # Firehose checks the role's permissions when the stream is created.
        self.cdk.node.add_dependency(self._role.node.find_child("DefaultPolicy"))

    @property
    def delivery_stream_arn(self) -> str:
        """ARN of the stream."""
        return self.cdk.attr_arn

    def grant_put_records(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee put batches of records."""
        return aws_iam.Grant.add_to_principal(
            grantee=grantee, actions=["firehose:PutRecordBatch"], resource_arns=[self.delivery_stream_arn]
        )

    def _allow_delivery(self, bucket: aws_s3.IBucket, key: aws_kms.IKey, *prefixes: str) -> None:
        """Allow the actions that Firehose's manual lists; CDK's grants would allow more."""
        written = [f"{prefix.split('!{')[0]}*" for prefix in prefixes]
        objects = [bucket.arn_for_objects(keys) for keys in written]
        self._allow(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], objects)
        self._allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [bucket.bucket_arn])
        self._allow(["kms:Decrypt", "kms:GenerateDataKey"], [key.key_arn])
        acknowledge_objects(self._role, bucket, dict.fromkeys(written, "Firehose names the objects below its prefixes"))

    def _allow(self, actions: list[str], resources: list[str]) -> None:
        self._role.add_to_policy(aws_iam.PolicyStatement(actions=actions, resources=resources))


def _encryption(key: aws_kms.IKey) -> firehose.CfnDeliveryStream.EncryptionConfigurationProperty:
    return firehose.CfnDeliveryStream.EncryptionConfigurationProperty(
        kms_encryption_config=firehose.CfnDeliveryStream.KMSEncryptionConfigProperty(awskms_key_arn=key.key_arn)
    )


def _logging(
    logs: aws_logs.ILogGroup, stream: aws_logs.LogStream
) -> firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty:
    return firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty(
        enabled=True, log_group_name=logs.log_group_name, log_stream_name=stream.log_stream_name
    )
