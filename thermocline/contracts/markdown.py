"""Contract → a page of Markdown for people."""

from __future__ import annotations

from thermocline.contracts.model import Column, Contract

_HEAD = """\
<!-- Generated from contracts/{name}.odcs.yaml by `make docs`; do not edit. -->
# {table}

In the catalog: the view `{table}`.

{purpose}

- **Contract**: `{id}` {version}
- **Grain**: {grain}
- **Usage**: {usage}
- **Limits**: {limitations}
- **Partitioned by**: {partitions}
- **Warm**: {warm}
{rows}
| column | type | | classification | what it holds |
|---|---|---|---|---|
"""


def markdown(contract: Contract) -> str:
    """Return the page that describes a table."""
    head = _HEAD.format(
        name=contract.name,
        table=contract.table,
        purpose=contract.purpose,
        id=contract.id,
        version=contract.version,
        grain=contract.grain,
        usage=contract.usage,
        limitations=contract.limitations,
        partitions=", ".join(f"`{column.name}`" for column in contract.partitions),
        warm=_about_warm(contract),
        rows=_about_rows(contract),
    )
    return head + "".join(_row(column) for column in contract.columns)


def _about_warm(contract: Contract) -> str:
    """Return how the rows of the warm table lie, and how long they stay."""
    order = ", ".join(f"`{name}`" for name in (*contract.sorted_by, contract.time_column))
    kept = f"kept {contract.retention_days} days" if contract.retention_days else "kept for ever"
    parts = [
        f"a partition per {contract.partitioned_by} of `{contract.time_column}`",
        f"by day sorted by {order}",
        kept,
    ]
    if contract.erasure_keys:
        parts.append("a person is found by " + ", ".join(f"`{name}`" for name in contract.erasure_keys))
    return "; ".join(parts)


def _about_rows(contract: Contract) -> str:
    """Return the lines that a producer of a table of one's own needs."""
    if contract.protocol != "rows":
        return ""
    identity = ", ".join(f"`{name}`" for name in contract.identity) or "what was sent"
    event_time = f"`{contract.event_time}`" if contract.event_time else "the time of receipt"
    unknown = {"extra": "are kept in `extra`", "refuse": "make a bad row", "drop": "are dropped"}
    return (
        f"- **Identity**: {identity}\n"
        f"- **Event time**: {event_time}\n"
        f"- **Unknown members**: {unknown[contract.unknown_members]}\n"
    )


def _row(column: Column) -> str:
    need = "required" if column.required else ""
    return f"| `{column.name}` | {column.type} | {need} | {column.classification} | {_description(column)} |\n"


def _description(column: Column) -> str:
    parts = [column.description]
    if column.path:
        parts.append(f"From `{column.path}`.")
    if column.enum:
        parts.append("One of " + ", ".join(f"`{value}`" for value in column.enum) + ".")
    if column.examples:
        parts.append("E.g. " + ", ".join(f"`{example}`" for example in column.examples) + ".")
    return " ".join(parts).replace("|", "\\|")
