"""Sends the shop's clicks with Segment's own client for Python."""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cli.demo.data import Row

if TYPE_CHECKING:
    from segment.analytics.client import Client

SOURCE = "shop-history"
_BATCH_EVENTS = 100
_CONNECTIONS = 2
_POLL_SECONDS = 0.1
_NAMESPACE = uuid.UUID("6f0f2b58-6a1c-5a8e-9a55-2b1f6f4f7e5d")


def send_clicks(
    rows: Sequence[Row], *, ingest_url: str, write_key: str, progress: Callable[[int], None]
) -> list[Exception]:
    """Send every click, and return the errors of batches that the client gave up on.

    Parameters
    ----------
    rows
        Clicks, as `cli.demo.data.clicks` returns them.
    progress
        Called with the number of clicks that are answered so far.
    """
    from segment.analytics.client import Client  # slow to import, and every command imports this module

    logging.getLogger("segment").setLevel(logging.CRITICAL)  # its errors are collected here
    errors: list[Exception] = []
    client = Client(
        write_key,
        host=ingest_url,
        gzip=True,
        thread=_CONNECTIONS,
        upload_size=_BATCH_EVENTS,
        max_queue_size=len(rows) + 1,
        on_error=lambda error, _batch: errors.append(error),
    )
    for position, row in enumerate(rows):
        _track(client, position, row)
    while client.queue.unfinished_tasks:
        progress(len(rows) - client.queue.unfinished_tasks)
        time.sleep(_POLL_SECONDS)
    client.join()
    progress(len(rows))
    return errors


def _track(client: Client, position: int, row: Row) -> None:
    client.track(
        user_id=row["user_id"],
        event=row["event"],
        timestamp=dt.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=dt.UTC),
        message_id=str(uuid.uuid5(_NAMESPACE, f"{position}:{row['user_id']}:{row['event']}:{row['timestamp']}")),
    )
