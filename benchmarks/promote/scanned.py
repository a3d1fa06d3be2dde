"""Bytes of the columns that queries read: of hot files, and of the warm ones that hold the same rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow.parquet as pq

QUERIES = {
    "checkout_funnel": ("user_id", "anonymous_id", "event_time", "event_name"),
    "cohort_retention": ("user_id", "anonymous_id", "event_time"),
    "daily_active_users": ("user_id", "anonymous_id", "event_time"),
    "sessions_by_month": ("user_id", "anonymous_id", "event_time"),
}
"""The queries of ``sql/`` that read clicks: none has a bound, so that every row group is read."""

TWINS = ("source", "event_id", "fingerprint", "received_at", "_src")
"""What the view also reads of hot rows, twice, to leave out twins; warm has none."""


def scanned(paths: Iterable[Path], columns: Collection[str]) -> int:
    """Return the compressed bytes of columns."""
    return sum(
        column.total_compressed_size
        for metadata in map(pq.read_metadata, paths)
        for group in map(metadata.row_group, range(metadata.num_row_groups))
        for column in map(group.column, range(group.num_columns))
        if column.path_in_schema in columns
    )
