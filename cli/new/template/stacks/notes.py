"""Notes: an API, a cron and a table of this project's own, on the lake."""

from __future__ import annotations

from constructs import Construct

from kit.constructs import Api, Cron, FunctionProps, Table
from stacks.base import LakeStack
from stacks.config import Config
from stacks.lake import Lake


class NotesStack(LakeStack):
    """A page, an API that keeps notes, and a cron that counts them. Every new note is an event in the lake."""

    def __init__(self, scope: Construct, *, config: Config, lake: Lake) -> None:
        super().__init__(scope, "notes", config=config, description="Notes: API, table, cron")
        table = Table(self, "Notes", partition_key="id", removal_policy=self.data_removal)
        create: FunctionProps = {"handler": "lambdas/notes/create.main", "timeout": 30}
        api = Api(
            self,
            "Api",
            api_name=self.name("notes"),
            default_function_props={"link": [table], "timeout": 10},
            routes={
                "GET /": "lambdas/notes/page.main",
                "GET /notes": "lambdas/notes/listing.main",
                "POST /notes": {"function": {**lake.ingest.producer_props, **create}},
            },
        )
        Cron(self, "Count", schedule="rate(1 minute)", job={"handler": "lambdas/notes/count.main", "link": [table]})
        self.output("NotesUrl", api.url)
