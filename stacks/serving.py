"""Serving: the Athena workgroup and the named queries."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import aws_athena
from constructs import Construct

from stacks.base import LakeStack
from stacks.catalog import CatalogStack
from stacks.config import Config
from stacks.queries import QUERIES_FOLDER, Query, load_queries
from stacks.storage import StorageStack


class ServingStack(LakeStack):
    """The workgroup and the named queries that analysts use."""

    def __init__(
        self,
        scope: Construct,
        *,
        config: Config,
        storage: StorageStack,
        catalog: CatalogStack,
        queries: Path = QUERIES_FOLDER,
    ) -> None:
        super().__init__(scope, "serving", config=config, description="Thermocline: Athena workgroup, named queries")
        self.add_stack_dependency(catalog)
        workgroup = self._workgroup(storage)
        # The emulator has no AWS::Athena::NamedQuery.
        for query in [] if config.offline else load_queries(queries):
            self._named_query(query, workgroup, catalog.database_name)
        self.output("WorkGroup", workgroup.name)

    def _workgroup(self, storage: StorageStack) -> aws_athena.CfnWorkGroup:
        results = aws_athena.CfnWorkGroup.ResultConfigurationProperty(
            output_location=f"s3://{storage.results.cdk.bucket_name}/",
            encryption_configuration=aws_athena.CfnWorkGroup.EncryptionConfigurationProperty(
                encryption_option="SSE_KMS", kms_key=storage.key.key_arn
            ),
        )
        return aws_athena.CfnWorkGroup(
            self,
            "AthenaWorkGroup",
            name=self.name_prefix,
            description="Queries of the lake; their results expire",
            recursive_delete_option=not self.config.protected,
            work_group_configuration=aws_athena.CfnWorkGroup.WorkGroupConfigurationProperty(
                enforce_work_group_configuration=True,
                publish_cloud_watch_metrics_enabled=True,
                bytes_scanned_cutoff_per_query=self.config.athena.scan_cutoff_bytes,
                engine_version=aws_athena.CfnWorkGroup.EngineVersionProperty(
                    selected_engine_version="Athena engine version 3"
                ),
                result_configuration=results,
            ),
        )

    def _named_query(self, query: Query, workgroup: aws_athena.CfnWorkGroup, database: str) -> None:
        named = aws_athena.CfnNamedQuery(
            self,
            f"Query{query.name.title().replace('_', '')}",
            name=query.name,
            description=query.description or None,
            database=database,
            query_string=query.sql,
            work_group=workgroup.name,
        )
        named.add_resource_dependency(workgroup)
