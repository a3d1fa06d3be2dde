"""Catalog: a Glue database with one table per contract."""

from __future__ import annotations

from aws_cdk import aws_glue
from constructs import Construct

from stacks.base import LakeStack
from stacks.config import Config
from stacks.storage import StorageStack
from thermocline.balance.columns import COLUMNS
from thermocline.contracts import Contract
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.layout import BALANCE, hot_table, table_prefix
from thermocline.streams import load_streams

_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


class CatalogStack(LakeStack):
    """The tables that the contracts describe; Athena computes their partitions."""

    def __init__(self, scope: Construct, *, config: Config, storage: StorageStack) -> None:
        super().__init__(scope, "catalog", config=config, description="Thermocline: Glue database and tables")
        self._bucket = storage.lake.cdk.bucket_name
        self.database_name = f"{config.stage}_{self.app.name}"
        self._database = aws_glue.CfnDatabase(
            self,
            "GlueDatabase",
            catalog_id=self.account,
            database_input=aws_glue.CfnDatabase.DatabaseInputProperty(
                name=self.database_name, description="The lake's tables"
            ),
        )
        for contract in load_streams().values():
            self._table(contract)
        self._balance()
        self.output("Database", self.database_name)

    def _table(self, contract: Contract) -> None:
        location = f"s3://{self._bucket}/{table_prefix(contract.name)}"
        table = aws_glue.CfnTable(
            *self.place_of(contract),
            catalog_id=self.account,
            database_name=self.database_name,
            table_input=aws_glue.CfnTable.TableInputProperty(
                name=hot_table(contract.table),
                description=contract.purpose,
                table_type="EXTERNAL_TABLE",
                parameters={
                    "EXTERNAL": "TRUE",
                    **projection_parameters(location=location, first_generation=self.config.first_generation),
                },
                partition_keys=_columns(glue_partition_keys(contract)),
                storage_descriptor=_parquet_at(location, _columns(glue_columns(contract))),
            ),
        )
        table.add_resource_dependency(self._database)

    def _balance(self) -> None:
        """Add the table of balances, which the balance function writes."""
        table = aws_glue.CfnTable(
            self,
            "Balance",
            catalog_id=self.account,
            database_name=self.database_name,
            table_input=aws_glue.CfnTable.TableInputProperty(
                name=BALANCE,
                description="The balance of every stream and generation, when it was counted last",
                table_type="EXTERNAL_TABLE",
                parameters={"EXTERNAL": "TRUE", "classification": "parquet"},
                storage_descriptor=_parquet_at(
                    f"s3://{self._bucket}/{BALANCE}/",
                    _columns([{"Name": c.name, "Type": c.type, "Comment": c.comment} for c in COLUMNS]),
                ),
            ),
        )
        table.add_resource_dependency(self._database)


def _columns(columns: list[dict[str, str]]) -> list[aws_glue.CfnTable.ColumnProperty]:
    return [
        aws_glue.CfnTable.ColumnProperty(name=column["Name"], type=column["Type"], comment=column["Comment"])
        for column in columns
    ]


def _parquet_at(
    location: str, columns: list[aws_glue.CfnTable.ColumnProperty]
) -> aws_glue.CfnTable.StorageDescriptorProperty:
    return aws_glue.CfnTable.StorageDescriptorProperty(
        location=location,
        columns=columns,
        input_format=f"{_PARQUET}.MapredParquetInputFormat",
        output_format=f"{_PARQUET}.MapredParquetOutputFormat",
        serde_info=aws_glue.CfnTable.SerdeInfoProperty(
            serialization_library=f"{_PARQUET}.serde.ParquetHiveSerDe", parameters={"serialization.format": "1"}
        ),
    )
