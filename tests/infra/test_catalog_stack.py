from __future__ import annotations

from typing import Any

from tests.infra.assembly import Stage
from thermocline.balance.columns import COLUMNS
from thermocline.contracts import load_contracts
from thermocline.contracts.glue import glue_columns
from thermocline.layout import hot_table, table_prefix


def tables(stage: Stage) -> dict[str, dict[str, Any]]:
    inputs = [table["Properties"]["TableInput"] for _, table in stage.resources("AWS::Glue::Table")]
    return {table["Name"]: table for table in inputs}


def text(joined: Any) -> str:
    return "".join(part if isinstance(part, str) else "BUCKET" for part in joined["Fn::Join"][1])


def test_one_table_per_contract_with_its_columns_in_order(stage: Stage) -> None:
    contracts = load_contracts()
    assert tables(stage).keys() - {"balance"} == {hot_table(contract.table) for contract in contracts.values()}
    for contract in contracts.values():
        assert tables(stage)[hot_table(contract.table)]["StorageDescriptor"]["Columns"] == glue_columns(contract)


def test_partitions_are_projected_at_the_tables_location(stage: Stage) -> None:
    for contract in load_contracts().values():
        table = tables(stage)[hot_table(contract.table)]
        location = f"s3://BUCKET/{table_prefix(contract.name)}"
        assert text(table["StorageDescriptor"]["Location"]) == location
        assert text(table["Parameters"]["storage.location.template"]) == f"{location}gen=${{gen}}/"
        assert table["Parameters"]["projection.gen.range"] == f"{stage.config.first_generation},NOW+48HOURS"
        assert [key["Name"] for key in table["PartitionKeys"]] == ["gen"]


def test_the_table_of_balances_has_the_columns_that_the_function_writes(stage: Stage) -> None:
    storage = tables(stage)["balance"]["StorageDescriptor"]
    assert text(storage["Location"]) == "s3://BUCKET/balance/"
    assert [(column["Name"], column["Type"]) for column in storage["Columns"]] == [
        (column.name, column.type) for column in COLUMNS
    ]


def test_tables_belong_to_the_stages_database(stage: Stage) -> None:
    names = {table["Properties"]["DatabaseName"] for _, table in stage.resources("AWS::Glue::Table")}
    assert names == {f"{stage.config.stage}_thermocline"}
    assert stage.one("catalog", "AWS::Glue::Database")["DatabaseInput"]["Name"] in names
    for _, table in stage.resources("AWS::Glue::Table"):
        assert "GlueDatabase" in table["DependsOn"]
