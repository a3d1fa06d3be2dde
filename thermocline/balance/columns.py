"""The table of balances: its columns, as Glue has them. One row is one stream and generation."""

from __future__ import annotations

from typing import Final, NamedTuple


class BalanceColumn(NamedTuple):
    """A column: `type` is Glue's."""

    name: str
    type: str
    comment: str


COLUMNS: Final = (
    BalanceColumn("stream", "string", "The stream of the raw objects"),
    BalanceColumn("gen", "string", "Generation; null: raw objects in no generation, because they wait or are parked"),
    BalanceColumn("raw", "bigint", "Lines of the raw objects"),
    BalanceColumn("hot", "bigint", "Rows of the stream's own table in hot files"),
    BalanceColumn("warm", "bigint", "Rows of the stream's own table in warm files"),
    BalanceColumn("quarantined", "bigint", "Rows of quarantine that come from these objects"),
    BalanceColumn("deduplicated", "bigint", "Twins that promotion dropped"),
    BalanceColumn("recovered", "bigint", "Bad rows whose events came back, as lines of another raw object"),
    BalanceColumn("suppressed", "bigint", "Lines left out, because their subject is suppressed"),
    BalanceColumn("expired", "bigint", "Rows that retention removed from warm"),
    BalanceColumn("pending", "bigint", "Lines of raw objects that are not done"),
    BalanceColumn("uncounted", "bigint", "Raw objects, not done, whose lines were not counted"),
    BalanceColumn("difference", "bigint", "Lines that are nowhere; below 0: rows that no line accounts for"),
    BalanceColumn("balanced", "boolean", "True when the difference is 0 and all counts agree"),
    BalanceColumn("problems", "string", "What does not agree, with ; between"),
    BalanceColumn("checked_at", "timestamp", "When it was counted (UTC)"),
)
