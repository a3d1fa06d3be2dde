"""An S3 bucket with named notifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_iam, aws_kms, aws_s3
from constructs import Construct
from msgspec import UNSET

from kit.constructs.definition import FunctionProps
from kit.constructs.group import FunctionGroup, to_target
from kit.constructs.notifications import Notification, NotificationDefinition, Notifications, Target
from kit.constructs.queue import Queue
from kit.constructs.topic import Topic
from kit.errors import DefinitionError

_OTHERS: Final = frozenset(("queue", "topic"))


class Bucket(FunctionGroup):
    """A private bucket over TLS only, encrypted, whose owner is the account.

    Parameters
    ----------
    notifications
        By name: a function definition, a `Queue`, a `Topic`, ``{function, queue or topic, events, prefix, suffix}`` or
        a `Notification`.
    encryption_key
        A key of your own instead of S3's; it is used as a bucket key, which saves calls of KMS.
    access_logs, access_logs_prefix
        The bucket that requests are logged to, and the prefix of its keys.
    default_function_props
        Defaults of the functions that notifications define.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        bucket_name: str | None = None,
        notifications: Mapping[str, NotificationDefinition] | None = None,
        encryption_key: aws_kms.IKey | None = None,
        versioned: bool | None = None,
        lifecycle_rules: Sequence[aws_s3.LifecycleRule] | None = None,
        access_logs: aws_s3.IBucket | None = None,
        access_logs_prefix: str | None = None,
        removal_policy: cdk.RemovalPolicy = cdk.RemovalPolicy.RETAIN,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        own, aws = aws_s3.BucketEncryption.KMS, aws_s3.BucketEncryption.S3_MANAGED
        self.cdk = aws_s3.Bucket(
            self,
            "Default",
            bucket_name=bucket_name,
            encryption=own if encryption_key else aws,
            encryption_key=encryption_key,
            bucket_key_enabled=True if encryption_key else None,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=versioned,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=access_logs_prefix,
            lifecycle_rules=lifecycle_rules,
            removal_policy=removal_policy,
        )
        self._notifications = Notifications(self.cdk, bucket_name=bucket_name)
        self._names: set[str] = set()
        self.add_notifications(notifications or {})

    def add_notifications(self, notifications: Mapping[str, NotificationDefinition]) -> None:
        """Add notifications by name; permissions attached before hold for their functions too."""
        for name, definition in notifications.items():
            if name in self._names:
                raise DefinitionError(f"{self.node.path} has a notification {name!r} already")
            self._names.add(name)
            notification = to_target(_wrapped(definition), Notification, f"notification {name!r}", _OTHERS)
            self._notifications.add(name, notification, self._target(name, notification))

    def grant_read(self, grantee: aws_iam.IGrantable, keys: str = "*") -> aws_iam.Grant:
        """Let a grantee read objects."""
        return self.cdk.grant_read(grantee, keys)

    def grant_write(self, grantee: aws_iam.IGrantable, keys: str = "*") -> aws_iam.Grant:
        """Let a grantee write and delete objects."""
        return self.cdk.grant_write(grantee, keys)

    def grant_put(self, grantee: aws_iam.IGrantable, keys: str = "*") -> aws_iam.Grant:
        """Let a grantee put objects."""
        return self.cdk.grant_put(grantee, keys)

    def grant_delete(self, grantee: aws_iam.IGrantable, keys: str = "*") -> aws_iam.Grant:
        """Let a grantee delete objects."""
        return self.cdk.grant_delete(grantee, keys)

    def grant_read_write(self, grantee: aws_iam.IGrantable, keys: str = "*") -> aws_iam.Grant:
        """Let a grantee read, write and delete objects."""
        return self.cdk.grant_read_write(grantee, keys)

    def _target(self, name: str, notification: Notification) -> Target:
        targets = [target for target in (notification.function, notification.queue, notification.topic) if target]
        if len(targets) != 1:
            raise DefinitionError(f"notification {name!r} needs exactly one of function, queue and topic")
        if notification.function is not UNSET:
            return self._add(name, name, notification.function)
        target: Any = targets[0]
        return target.cdk if isinstance(target, Queue | Topic) else target


def _wrapped(definition: Any) -> Any:
    if isinstance(definition, Queue):
        return {"queue": definition}
    return {"topic": definition} if isinstance(definition, Topic) else definition
