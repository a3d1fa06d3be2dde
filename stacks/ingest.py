"""Ingest: the HTTP API, its function, the secrets of write keys and of the edge, and the delivery streams."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from aws_cdk import aws_iam, aws_secretsmanager
from constructs import Construct

from kit.constructs import Api, Function, FunctionProps
from kit.constructs.acknowledge import acknowledge, acknowledge_no_dead_letters
from kit.constructs.api import cors_options
from kit.constructs.definition import merge_props
from kit.constructs.delivery import DeliveryStream
from kit.constructs.logs import log_group
from stacks.base import LakeStack
from stacks.config import Config
from stacks.cors import RESPONSE_HEADERS, request_headers
from stacks.layers import LIGHT
from stacks.storage import StorageStack
from thermocline.contracts import Contract
from thermocline.ingest.routes import HEALTH_ROUTE, ROUTES
from thermocline.ingest.settings import EDGE_SECRET_HEADER, IngestSettings
from thermocline.layout import RAW_EXTENSION, firehose_error_prefix, raw_prefix
from thermocline.streams import load_streams

# Routes that answer without a write key, and why.
OPEN_ROUTES: Final = {HEALTH_ROUTE: "load balancers and monitors ask it; it tells nothing but that it answers"}


class IngestStack(LakeStack):
    """The HTTP API that takes events, and the delivery streams that store them."""

    def __init__(self, scope: Construct, *, config: Config, storage: StorageStack, packages: Path | None) -> None:
        super().__init__(scope, "ingest", config=config, description="Thermocline: HTTP API, ingest function, Firehose")
        self._storage = storage
        self.edge_secret_name = self.name("edge")
        self.write_keys_name = secret_name = self.name("write-keys")
        secret = self._write_key_secret(secret_name)
        streams = {stream: self._delivery_stream(stream, contract) for stream, contract in load_streams().items()}
        settings = IngestSettings(
            delivery_prefix=self.name(""),
            sources_file=config.file,
            write_key_secret=secret.secret_arn,
            epochs_table=storage.epochs.table_name,
        )
        self.producer_props: FunctionProps = {
            "settings": settings,
            "packages": LIGHT,
            "layers": [self.layer("Light", packages)] if packages else [],
            "permissions": [
                self.read_secret(secret_name),
                storage.key.grant_decrypt,
                *(stream.grant_put_records for stream in streams.values()),
                *_use_epochs(storage),
            ],
        }
        """Properties of a function that puts events into the lake with `thermocline.track`."""
        function = self._function(settings)
        api = self._api(function)
        _acknowledge_authorization(api)
        # Exported whether the edge is on or off: an export in use could not be removed when the edge is turned off.
        self.api_id: str = self.export_value(api.cdk.api_id, name=self.name("ingest-api-id"))
        # The secret always exists, too: when the edge is turned off and on, a retained one would be in the way.
        self._edge_secret()
        if config.edge.enabled:
            self.output("EdgeSecretName", self.edge_secret_name)
        if config.edge.enabled and config.offline:  # the front door acts as the edge, and knows nothing about the lake
            self.output("EdgeSecretHeader", EDGE_SECRET_HEADER)
        self.output("ApiUrl", api.url)
        if config.offline or not config.edge.enabled:
            self.output("IngestUrl", api.url)
        self.output("WriteKeySecretArn", secret.secret_arn)

    def _write_key_secret(self, name: str) -> aws_secretsmanager.Secret:
        secret = aws_secretsmanager.Secret(
            self,
            "WriteKeySecret",
            secret_name=name,
            description="Write keys are derived from this; replacing it replaces every write key",
            encryption_key=self._storage.key,
            generate_secret_string=aws_secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
            removal_policy=self.data_removal,
        )
        reason = "a new secret replaces every write key at once; a source's key is replaced by its key_version (ADR 3)"
        acknowledge(secret, {"AwsSolutions-SMG4": reason})
        return secret

    def _edge_secret(self) -> None:
        secret = aws_secretsmanager.Secret(
            self,
            "EdgeSecret",
            secret_name=self.edge_secret_name,
            description="The edge sends this to the API; the current and the previous value are valid",
            encryption_key=self._storage.key,
            generate_secret_string=aws_secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True
            ),
            removal_policy=self.data_removal,
        )
        reason = "it is replaced by `put-secret-value` and a deployment, without a pause (ADR 24)"
        acknowledge(secret, {"AwsSolutions-SMG4": reason})

    def _delivery_stream(self, stream: str, contract: Contract) -> DeliveryStream:
        return DeliveryStream(
            *self.place_of(contract),
            stream_name=self.name(stream),
            bucket=self._storage.lake.cdk,
            encryption_key=self._storage.key,
            prefix=raw_prefix(stream),
            error_prefix=firehose_error_prefix(stream),
            file_extension=RAW_EXTENSION,
            buffer_seconds=self.config.firehose.buffer_seconds,
            buffer_mib=self.config.firehose.buffer_mib,
            log_retention_days=self.config.log_retention_days,
        )

    def _function(self, settings: IngestSettings) -> Function:
        ingest, edge = self.config.ingest, self.config.edge
        # Only the API's function is behind the edge: other producers put their events directly.
        behind = msgspec.structs.replace(settings, edge_secret=self.edge_secret_name, edge_required=edge.required)
        props: FunctionProps = {
            "settings": behind if edge.enabled else settings,
            "handler": "lambdas/ingest/handler.handler",
            "function_name": self.name("ingest"),
            "memory_size": ingest.memory_mb,
            "timeout": ingest.timeout_seconds,
            "reserved_concurrency": ingest.reserved_concurrency,
            "permissions": [self.read_secret(self.edge_secret_name)] if edge.enabled else [],
        }
        function = Function(self, "Function", **merge_props(self.producer_props, props))
        acknowledge_no_dead_letters(function, "the API invokes it and waits; a failure is the client's answer")
        return function

    def _api(self, function: Function) -> Api:
        ingest = self.config.ingest
        return Api(
            self,
            "Api",
            api_name=self.name("ingest"),
            routes=dict.fromkeys(ROUTES, function),
            cors=cors_options(
                ingest.cors_origins,
                allow_credentials="*" not in ingest.cors_origins,
                allow_headers=request_headers(ingest.cors_headers),
                expose_headers=RESPONSE_HEADERS,
            ),
            throttle=(ingest.throttle.rate, ingest.throttle.burst),
            access_logs=log_group(
                self,
                "AccessLogs",
                name=f"/aws/vendedlogs/{self.name('ingest')}-access",
                retention_days=self.config.log_retention_days,
                encryption_key=self._storage.key,
            ),
        )


def _use_epochs(storage: StorageStack) -> list[aws_iam.PolicyStatement]:
    """Allow reading and writing single items; DynamoDB uses the key with the caller's permissions."""
    key_actions = ["kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    return [
        aws_iam.PolicyStatement(
            actions=["dynamodb:GetItem", "dynamodb:PutItem"], resources=[storage.epochs.cdk.table_arn]
        ),
        aws_iam.PolicyStatement(actions=key_actions, resources=[storage.key.key_arn]),
    ]


def _acknowledge_authorization(api: Api) -> None:
    for key in api.routes:
        reason = OPEN_ROUTES.get(key, "the function checks the write key, which clients send in six ways (ADR 3)")
        acknowledge(api.get_route(key), {"AwsSolutions-APIG4": reason})
