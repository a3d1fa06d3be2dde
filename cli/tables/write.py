"""The contract of a draft, as YAML in the style of the other contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from cli.tables.draft import Draft, DraftColumn
from thermocline.contracts.paths import join_path
from thermocline.contracts.rows_table import EXTRA, OWN_COLUMNS
from thermocline.contracts.types import TYPES

_OWN: Final[dict[str, dict[str, Any]]] = {
    "event_id": {
        "description": "Identifies the row: made from its identity, or a hash of source and of what was sent.",
        "logicalTypeOptions": {"minLength": 1, "maxLength": 256},
    },
    "fingerprint": {
        "description": "64-bit hash of the row as sent; with source and event_id the key for deduplication."
    },
    "source": {
        "description": "The source that the write key belongs to.",
        "logicalTypeOptions": {"minLength": 1, "maxLength": 64, "pattern": "^[a-z0-9][a-z0-9-]*$"},
    },
    "event_time": {
        "description": "When it happened, UTC, clamped to the source's window; a backfill key keeps the given time."
    },
    "original_time": {"description": "The time the producer gave; null when it gave none."},
    "received_at": {"description": "When the ingest endpoint received it."},
    "time_clamped": {
        "description": "True when event_time was moved into the source's window; original_time holds what was given."
    },
    EXTRA: {
        "description": "Members that the contract does not name, as a JSON object.",
        "classification": "confidential",
    },
    "_src": {"description": "Key of the raw object that the row came from."},
    "gen": {
        "description": "Generation - the UTC hour in which the raw object was first converted (yyyy-MM-dd-HH).",
        "examples": ["2026-11-22-12"],
    },
}
_AFTER_THE_ROW: Final = (EXTRA, "_src", "gen")


def contract_text(draft: Draft) -> str:
    """Return the contract's file."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    purpose = f"Rows of {draft.table}, one for each that was accepted."
    yield from _head(draft, purpose)
    yield "schema:"
    table = {
        "name": draft.table,
        "physicalName": draft.table,
        "physicalType": "table",
        "description": purpose,
        "dataGranularityDescription": "One row as sent",
        "customProperties": _custom(_table_properties(draft)),
    }
    yield from _item(table, indent=2)
    yield "    properties:"
    for name in OWN_COLUMNS:
        if name not in _AFTER_THE_ROW:
            yield from _item(_own_column(name), indent=6)
    for column in draft.columns:
        yield from _item(_column(column), indent=6, comments={"classification": column.look})
    for name in _AFTER_THE_ROW:
        if name != EXTRA or draft.unknown_members == EXTRA:
            yield from _item(_own_column(name), indent=6)


def _head(draft: Draft, purpose: str) -> Iterator[str]:
    yield f"# The one definition of the table {draft.table}; begun by `lake contracts new` from {_line(draft.sample)}."
    yield from _members(
        {
            "apiVersion": "v3.2.0",
            "kind": "DataContract",
            "id": f"thermocline.{draft.table}",
            "name": draft.table,
            "version": "1.0.0",
            "status": "active",
            "domain": "lake",
            "dataProduct": "thermocline",
        }
    )
    yield "description:"
    yield from _members(
        {
            "purpose": purpose,
            "usage": "Say here what the table is for.",
            "limitations": "At least once while hot; deduplicated by (source, event_id, fingerprint) at promotion.",
        },
        indent=2,
    )


def _table_properties(draft: Draft) -> dict[str, Any]:
    return {
        "protocol": "rows",
        "eventTime": draft.event_time,
        "identity": list(draft.identity),
        "unknownMembers": str(draft.unknown_members),
    }


def _own_column(name: str) -> dict[str, Any]:
    own, texts = OWN_COLUMNS[name], _OWN[name]
    return {
        "name": name,
        "description": texts["description"],
        "logicalType": TYPES[own.type].logical,
        "physicalType": own.type,
        "required": own.required,
        "logicalTypeOptions": texts.get("logicalTypeOptions"),
        "classification": texts.get("classification", "internal"),
        "partitioned": own.partition,
        "partitionKeyPosition": 1 if own.partition else None,
        "customProperties": _custom({"writtenBy": own.written_by, "encoding": own.encoding}),
        "examples": texts.get("examples"),
    }


def _column(column: DraftColumn) -> dict[str, Any]:
    path = join_path([column.member])
    options = {"minLength": column.min_length, "maxLength": column.max_length}
    return {
        "name": column.name,
        "description": column.description,
        "logicalType": TYPES[column.type].logical,
        "physicalType": column.type,
        "required": column.required,
        "logicalTypeOptions": {name: value for name, value in options.items() if value is not None},
        "enum": [{"value": value} for value in column.enum],
        "classification": column.classification,
        "customProperties": _custom(
            {
                "path": None if path == column.name else path,
                "encoding": "json" if column.json_text else None,
            }
        ),
    }


def _custom(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"property": name, "value": value} for name, value in properties.items() if value]


def _item(
    members: Mapping[str, Any], *, indent: int, comments: Mapping[str, str | None] | None = None
) -> Iterator[str]:
    """Yield the lines of a list's item; empty members are left out."""
    lines = _members(members, indent=indent + 2, comments=comments or {})
    yield f"{' ' * indent}- {next(lines).lstrip()}"
    yield from lines


def _members(
    members: Mapping[str, Any], *, indent: int = 0, comments: Mapping[str, str | None] | None = None
) -> Iterator[str]:
    for name, value in members.items():
        if value not in (None, [], {}, False):
            comment = (comments or {}).get(name)
            note = f"  # looks personal, have a look: {_line(comment)}" if comment else ""
            yield f"{' ' * indent}{name}: {_flow(value)}{note}"


def _flow(value: Any) -> str:
    """Return YAML on one line; invisible characters are escaped, because some are line breaks in YAML."""
    text = _dump(value, allow_unicode=True)
    return text if text.isprintable() else _dump(value, allow_unicode=False)


def _dump(value: Any, *, allow_unicode: bool) -> str:
    text: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=allow_unicode, width=10**9, sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _line(text: str) -> str:
    """Return a text on one line, for use in a comment."""
    return "".join(char if char.isprintable() else " " for char in text)
