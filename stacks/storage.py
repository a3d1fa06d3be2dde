"""Storage: the key, the buckets, the ledger, the epochs of connectors and the queue of arrivals."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_kms, aws_s3, aws_secretsmanager
from constructs import Construct

from kit.constructs import Bucket, Queue, Table
from kit.constructs.acknowledge import acknowledge
from stacks.base import LakeStack
from stacks.config import Config
from stacks.lifecycle import expiring_rules, lake_rules
from thermocline.layout import RAW

_RESULTS_EXPIRE_AFTER_DAYS = 7
_ACCESS_LOGS_EXPIRE_AFTER_DAYS = 90


class StorageStack(LakeStack):
    """The buckets, tables and queue of the lake, and their key."""

    def __init__(self, scope: Construct, *, config: Config) -> None:
        super().__init__(
            scope, "storage", config=config, description="Thermocline: buckets, ledger, arrivals queue, key"
        )
        self.key = self._key()
        access_logs = self._access_logs()
        self.lake = self._bucket("lake", access_logs, lake_rules(config.lake), versioned=True)
        self.results = self._bucket("results", access_logs, expiring_rules(_RESULTS_EXPIRE_AFTER_DAYS), versioned=False)
        acknowledge(self.results.cdk, {"CKV_AWS_21": "a result is written once, and its query can run again"})
        self.ledger = self._table("Ledger", sort_key="sk")
        self.epochs = self._table("Epochs")
        self.arrivals = self._arrivals()
        self.subject_key = self._subject_key()
        self._acknowledge_string_typed_size()
        self.lake.add_notifications({"arrivals": {"queue": self.arrivals, "prefix": f"{RAW}/"}})
        self._outputs()

    def _key(self) -> aws_kms.Key:
        key = aws_kms.Key(
            self,
            "Key",
            alias=f"alias/{self.name('lake')}",
            description=f"Everything that {self.name_prefix} keeps",
            enable_key_rotation=True,
            removal_policy=self.data_removal,
        )
        key.add_to_resource_policy(self._log_groups_may_use_the_key())
        return key

    def _subject_key(self) -> aws_secretsmanager.Secret:
        secret = aws_secretsmanager.Secret(
            self,
            "SubjectKey",
            secret_name=self._subject_key_name,
            description="Digests of subjects are made with this; with another value none would be found again",
            encryption_key=self.key,
            generate_secret_string=aws_secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
            removal_policy=self.data_removal,
        )
        reason = "with another value no suppressed subject would be found again (ADR 40)"
        acknowledge(secret, {"AwsSolutions-SMG4": reason})
        return secret

    @property
    def _subject_key_name(self) -> str:
        return self.name("subject-key")

    def read_subject_key(self) -> aws_iam.PolicyStatement:
        """Allow reading the secret of subjects' digests: by its name, to which Secrets Manager adds six characters.

        The secret's own grant would write the role into the policy of the key.
        """
        arn = self.format_arn(
            service="secretsmanager",
            resource="secret",
            resource_name=f"{self._subject_key_name}-??????",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        return aws_iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])

    def _log_groups_may_use_the_key(self) -> aws_iam.PolicyStatement:
        log_groups = self.format_arn(
            service="logs", resource="log-group", resource_name="*", arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME
        )
        return aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal(f"logs.{self.region}.amazonaws.com")],
            actions=["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
            resources=["*"],  # in a key's policy, "*" is the key itself
            conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )

    def _access_logs(self) -> aws_s3.Bucket:
        """Return the bucket for access logs; S3 delivers them only to a bucket with S3's own encryption."""
        bucket = Bucket(
            self,
            "AccessLogs",
            bucket_name=self.global_name("access-logs"),
            lifecycle_rules=expiring_rules(_ACCESS_LOGS_EXPIRE_AFTER_DAYS),
            removal_policy=self.data_removal,
        ).cdk
        own_log = "it is where the others log; its own log would log itself for ever"
        acknowledge(bucket, {"CKV_AWS_18": own_log, "CKV_AWS_21": "S3 writes each log once, and never again"})
        return bucket

    def _bucket(
        self, role: str, access_logs: aws_s3.IBucket, rules: list[aws_s3.LifecycleRule], *, versioned: bool
    ) -> Bucket:
        return Bucket(
            self,
            role.title(),
            bucket_name=self.global_name(role),
            encryption_key=self.key,
            versioned=versioned,
            access_logs=access_logs,
            access_logs_prefix=f"{role}/",
            lifecycle_rules=rules,
            removal_policy=self.data_removal,
        )

    def _table(self, role: str, *, sort_key: str | None = None) -> Table:
        return Table(
            self,
            role,
            table_name=self.name(role.lower()),
            sort_key=sort_key,
            encryption_key=self.key,
            deletion_protection=self.config.protected,
            removal_policy=self.data_removal,
        )

    def _arrivals(self) -> Queue:
        """Return the queue of arrivals.

        Its visibility timeout is long enough to gather a batch, to process it, and to retry once when the function is
        throttled. AWS advises six times the consumer's timeout. Convert keeps its messages hidden by a heartbeat
        instead (ADR 25). Messages of a function that was killed before its first heartbeat return after this time.
        """
        convert = self.config.convert
        return Queue(
            self,
            "Arrivals",
            queue_name=self.name("arrivals"),
            visibility_timeout=2 * convert.timeout_seconds + convert.batch_window_seconds,
            max_receive_count=convert.max_receive_count,
        )

    def _acknowledge_string_typed_size(self) -> None:
        cdk.Validations.of(self.lake.cdk).acknowledge(
            cdk.Acknowledgment(
                id="CloudFormation-Validate::W9003",
                reason="CDK renders ObjectSizeGreaterThan as a number; CloudFormation turns it into its string",
            )
        )

    def _outputs(self) -> None:
        self.output("LakeBucket", self.lake.cdk.bucket_name)
        self.output("ResultsBucket", self.results.cdk.bucket_name)
        self.output("LedgerTable", self.ledger.table_name)
        self.output("SubjectKeyArn", self.subject_key.secret_arn)
        self.output("EpochsTable", self.epochs.table_name)
        self.output("ArrivalsQueueUrl", self.arrivals.cdk.queue_url)
        if self.arrivals.dead_letters:
            self.output("ArrivalsDlqUrl", self.arrivals.dead_letters.queue_url)
