"""What `lake restore` shows, and what must stand still while it works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.table import Table

from cli.deployment import Deployment
from cli.errors import CliError
from cli.functions import function_names
from cli.project import project_root
from kit.project import name_prefix
from thermocline.restore.ledger import Restored

WRITERS = ("convert", "promote", "sweep", "upkeep", "erase", "replay")
"""The functions that write the ledger, or commit by it; a lake may lack the last ones."""


def require_standstill(lake: Deployment) -> None:
    """Check that no function that writes the ledger can be called.

    Raises
    ------
    CliError
        One may run; the text says how to stop all of them.
    """
    client = lake.client("lambda")
    names = function_names(lake.client("cloudformation"), name_prefix(project_root(), lake.stage))
    running = [names[each] for each in WRITERS if each in names and not _stands(client, names[each])]
    if running:
        raise CliError(
            f"{', '.join(running)} may run: let each of them stand still with `aws lambda put-function-concurrency "
            "--function-name NAME --reserved-concurrent-executions 0`, wait 15 minutes, and try again"
        )


def require_copy(lake: Deployment, table: str) -> None:
    """Check that the copy of the ledger is there.

    Raises
    ------
    CliError
        There is no such table.
    """
    client = lake.client("dynamodb")
    try:
        client.describe_table(TableName=table)
    except client.exceptions.ResourceNotFoundException:
        raise CliError(
            f"there is no table {table!r}: `aws dynamodb restore-table-to-point-in-time` makes a copy of the ledger"
        ) from None


def _stands(client: Any, name: str) -> bool:
    answer = client.get_function_concurrency(FunctionName=name)
    return bool(answer.get("ReservedConcurrentExecutions") == 0)


def restored_table(restored: Restored) -> Table:
    """Return the table that a restore of the ledger ends with."""
    table = Table("what", show_header=False, box=None, pad_edge=False)
    table.add_column("count", justify="right")
    for what, count in counts(restored).items():
        table.add_row(what, f"{count:,}")
    return table


def counts(restored: Restored) -> dict[str, int]:
    """Return how much of everything was restored."""
    return {
        "items of the copy": restored.copied,
        "entries rebuilt from warm": len(restored.rebuilt),
        "objects to convert anew": len(restored.parked) + len(restored.missing),
        "streams whose marks move": len(restored.marks),
        "tables whose tokens move": len(restored.tokens),
    }


def as_json(restored: Restored, *, queued: int) -> dict[str, Any]:
    """Return a restore in JSON's types; of entries only their raw keys."""
    told: dict[str, Any] = msgspec.to_builtins(restored)
    keys: Sequence[str] = ("rebuilt", "parked")
    return told | {name: [entry["raw_key"] for entry in told[name]] for name in keys} | {"queued": queued}
