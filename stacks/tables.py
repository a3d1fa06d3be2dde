"""Rights on tables of the Glue database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam

from thermocline.layout import warm_table
from thermocline.streams import load_streams


def on_tables(actions: Sequence[str], database: str, tables: Iterable[str]) -> aws_iam.PolicyStatement:
    """Allow actions on tables; Glue asks for the same right on their database and on the catalog."""
    named = ("catalog", f"database/{database}", *(f"table/{database}/{table}" for table in tables))
    return aws_iam.PolicyStatement(
        actions=list(actions),
        resources=[
            cdk.Fn.sub(f"arn:${{AWS::Partition}}:glue:${{AWS::Region}}:${{AWS::AccountId}}:{resource}")
            for resource in named
        ],
    )


def commit_to_warm(database: str) -> list[aws_iam.PolicyStatement]:
    """Allow to commit to the warm tables, and to read the views."""
    views = [contract.table for contract in load_streams().values()]
    warm = [warm_table(view) for view in views]
    return [
        on_tables(["glue:UpdateTable"], database, warm),
        on_tables(["glue:GetTable"], database, [*warm, *views]),
    ]
