"""Notes: an HTTP API on a table, and a cron that leaves a note every minute.

``cdk deploy`` puts it on AWS, with ``-c stage=dev``; offline it runs as it is, with ``-c stage=local``.
"""

from __future__ import annotations

from pathlib import Path

from aws_cdk import RemovalPolicy, aws_iam
from src.note import Note

from kit.constructs import ALL, Api, App, Cron, Route, Stack, Table


def notes_app() -> App:
    """Build the app; its stage comes from the context."""
    app = App(name="notes", root=Path(__file__).parent)
    stack = Stack(app, "main")
    table = Table(stack, "Notes", partition_key="id", removal_policy=RemovalPolicy.DESTROY)
    api = Api(
        stack,
        "Api",
        api_name=stack.name("api"),
        default_function_props={"src": "src", "link": [table], "timeout": 5},
        routes={
            "GET  /notes": "list.main",
            "POST /notes": Route(function={"handler": "create.main", "timeout": 30}, body=Note),
            "POST /preview": {"handler": "preview.main", "runtime": "nodejs24.x"},  # preview.ts, in TypeScript
        },
    )
    stack.output("ApiUrl", api.url)
    stack.output("NotesTable", table.table_name)

    cron = Cron(
        stack,
        "Tick",
        schedule="rate(1 minute)",
        job={"handler": "tick.main", "src": "src", "environment": {"NOTES_TABLE": table.table_name}},
    )
    if app.stage == "local":
        cron.attach_permissions(ALL)  # everything: for a first try, never for a stage that matters
    cron.attach_permissions(["cloudwatch"])  # a service, or one of its actions
    put = aws_iam.PolicyStatement(actions=["dynamodb:PutItem"], resources=[table.cdk.table_arn])
    cron.attach_permissions([put])  # a statement; `table.grant_write_data` is shorter
    return app


if __name__ == "__main__":
    notes_app().synth()
