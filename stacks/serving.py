"""Serving: the Athena workgroup and the named queries."""

from __future__ import annotations

from pathlib import Path

from aws_cdk import aws_athena
from constructs import Construct

from stacks.base import LakeStack
from stacks.catalog import CatalogStack
from stacks.code import ROOT
from stacks.config import Config
from stacks.storage import StorageStack

QUERIES_FOLDER = ROOT / "sql" / "queries"


class ServingStack(LakeStack):
    """How analysts ask."""

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
        for path in [] if config.offline else sorted(queries.glob("*.sql")):
            self._named_query(path, workgroup, catalog.database_name)
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

    def _named_query(self, path: Path, workgroup: aws_athena.CfnWorkGroup, database: str) -> None:
        sql = path.read_text()
        query = aws_athena.CfnNamedQuery(
            self,
            f"Query{path.stem.title().replace('_', '')}",
            name=path.stem,
            description=description_of(sql),
            database=database,
            query_string=sql,
            work_group=workgroup.name,
        )
        query.add_resource_dependency(workgroup)


def description_of(sql: str) -> str | None:
    """Return what a statement's header says after ``-- description:``."""
    for line in sql.splitlines():
        if not line.startswith("--"):
            return None
        name, _, text = line.removeprefix("--").partition(":")
        if name.strip() == "description":
            return text.strip()
    return None
