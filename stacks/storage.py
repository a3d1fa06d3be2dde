"""Storage: the key, the buckets, the ledger and the queue of arrivals."""

from __future__ import annotations

from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_dynamodb, aws_iam, aws_kms, aws_s3
from constructs import Construct

from stacks.base import LakeStack
from stacks.config import Config
from stacks.constructs import Queue
from stacks.constructs.acknowledge import acknowledge
from stacks.lifecycle import expiring_rules, lake_rules
from thermocline.tiers.layout import RAW

_RESULTS_EXPIRE_AFTER_DAYS = 7
_ACCESS_LOGS_EXPIRE_AFTER_DAYS = 90


class StorageStack(LakeStack):
    """Where everything is kept."""

    def __init__(self, scope: Construct, *, config: Config) -> None:
        super().__init__(
            scope, "storage", config=config, description="Thermocline: buckets, ledger, arrivals queue, key"
        )
        self.key = self._key()
        access_logs = self._access_logs()
        self.lake = self._bucket("lake", access_logs, lake_rules(config.lake), versioned=True)
        self.results = self._bucket("results", access_logs, expiring_rules(_RESULTS_EXPIRE_AFTER_DAYS), versioned=False)
        acknowledge(self.results, {"CKV_AWS_21": "a result is written once and can be had again until it expires"})
        self.ledger = self._ledger()
        self.arrivals = self._arrivals()
        self._acknowledge_string_typed_size()
        self._announce_arrivals()
        self._outputs()

    def _key(self) -> aws_kms.Key:
        key = aws_kms.Key(
            self,
            "Key",
            alias=f"alias/{self.name('lake')}",
            description=f"Everything that {self.config.stage}-thermocline keeps",
            enable_key_rotation=True,
            removal_policy=self.data_removal,
        )
        key.add_to_resource_policy(self._log_groups_may_use_the_key())
        return key

    def _log_groups_may_use_the_key(self) -> aws_iam.PolicyStatement:
        log_groups = self.format_arn(
            service="logs", resource="log-group", resource_name="*", arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME
        )
        return aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal(f"logs.{self.region}.amazonaws.com")],
            actions=["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            resources=["*"],  # in a key's policy this is the key itself
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )

    def _access_logs(self) -> aws_s3.Bucket:
        """S3 delivers its access logs only to a bucket with its own encryption."""
        bucket = aws_s3.Bucket(
            self,
            "AccessLogs",
            bucket_name=self.global_name("access-logs"),
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            lifecycle_rules=expiring_rules(_ACCESS_LOGS_EXPIRE_AFTER_DAYS),
            removal_policy=self.data_removal,
        )
        own_log = "it is where the others log; its own log would log itself for ever"
        acknowledge(bucket, {"CKV_AWS_18": own_log, "CKV_AWS_21": "S3 writes each log once, and never again"})
        return bucket

    def _bucket(
        self, role: str, access_logs: aws_s3.IBucket, rules: list[aws_s3.LifecycleRule], *, versioned: bool
    ) -> aws_s3.Bucket:
        return aws_s3.Bucket(
            self,
            role.title(),
            bucket_name=self.global_name(role),
            encryption=aws_s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=versioned,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{role}/",
            lifecycle_rules=rules,
            removal_policy=self.data_removal,
        )

    def _ledger(self) -> aws_dynamodb.Table:
        return aws_dynamodb.Table(
            self,
            "Ledger",
            table_name=self.name("ledger"),
            partition_key=aws_dynamodb.Attribute(name="pk", type=aws_dynamodb.AttributeType.STRING),
            billing_mode=aws_dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=aws_dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=self.key,
            point_in_time_recovery_specification=aws_dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self.config.protected,
            removal_policy=self.data_removal,
        )

    def _arrivals(self) -> Queue:
        """AWS advises a visibility timeout of six times the consumer's, and the time that a batch is gathered."""
        convert = self.config.convert
        return Queue(
            self,
            "Arrivals",
            queue_name=self.name("arrivals"),
            visibility_timeout=6 * convert.timeout_seconds + convert.batch_window_seconds,
            max_receive_count=convert.max_receive_count,
        )

    def _announce_arrivals(self) -> None:
        """Send raw arrivals to the queue by the bucket's own property.

        CDK's ``add_event_notification`` would need a Lambda function of its own. The bucket's ARN is made from its
        name, because the bucket depends on the queue's policy.
        """
        bucket_arn = self.format_arn(service="s3", region="", account="", resource=self.global_name("lake"))
        queue = self.arrivals.cdk
        queue.add_to_resource_policy(
            aws_iam.PolicyStatement(
                principals=[aws_iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[queue.queue_arn],
                conditions={
                    "ArnEquals": {"aws:SourceArn": bucket_arn},
                    "StringEquals": {"aws:SourceAccount": self.account},
                },
            )
        )
        below_raw = aws_s3.CfnBucket.S3KeyFilterProperty(
            rules=[aws_s3.CfnBucket.FilterRuleProperty(name="prefix", value=f"{RAW}/")]
        )
        created = aws_s3.CfnBucket.QueueConfigurationProperty(
            event="s3:ObjectCreated:*",
            queue=queue.queue_arn,
            filter=aws_s3.CfnBucket.NotificationFilterProperty(s3_key=below_raw),
        )
        bucket = cast(aws_s3.CfnBucket, self.lake.node.default_child)
        bucket.notification_configuration = aws_s3.CfnBucket.NotificationConfigurationProperty(
            queue_configurations=[created]
        )
        bucket.node.add_dependency(queue.node.find_child("Policy"))

    def _acknowledge_string_typed_size(self) -> None:
        cdk.Validations.of(self.lake).acknowledge(
            cdk.Acknowledgment(
                id="CloudFormation-Validate::W9003",
                reason="CDK renders ObjectSizeGreaterThan as a number; CloudFormation turns it into its string",
            )
        )

    def _outputs(self) -> None:
        self.output("LakeBucket", self.lake.bucket_name)
        self.output("ResultsBucket", self.results.bucket_name)
        self.output("LedgerTable", self.ledger.table_name)
        self.output("ArrivalsQueueUrl", self.arrivals.cdk.queue_url)
        if self.arrivals.dead_letters:
            self.output("ArrivalsDlqUrl", self.arrivals.dead_letters.queue_url)
