"""Sends the stations' readings as SenML packs with AWS's own client for IoT, one pack per station and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

import boto3
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cli.demo.data import Row

SOURCE = "weather"
_CONNECTIONS = 2
# Unit by column of the data; symbols of RFC 8428 and RFC 8798 where they have one.
UNITS = {
    "temp": "degF",
    "dewp": "degF",
    "humid": "%RH",
    "wind_dir": "deg",
    "wind_speed": "mph",
    "wind_gust": "mph",
    "precip": "in",
    "pressure": "hPa",
    "visib": "mi",
}
_MISSING = ("", "NA")
_encode = msgspec.json.Encoder(decimal_format="number").encode

Record = dict[str, Any]
Pack = tuple[str, list[Record]]


def packs(rows: Iterable[Row]) -> list[Pack]:
    """Return one pack per station and UTC day: its topic and its SenML records."""
    ordered = sorted(rows, key=itemgetter("origin", "time_hour"))
    grouped = groupby(ordered, key=lambda row: (row["origin"], row["time_hour"][:10]))
    return [(f"dt/weather/nyc/{station}/hourly", _records(station, list(day))) for (station, _), day in grouped]


def send_packs(
    packs_to_send: Sequence[Pack], *, ingest_url: str, write_key: str, progress: Callable[[int], None]
) -> list[Exception]:
    """Publish every pack, and return the errors of those that failed.

    Parameters
    ----------
    progress
        Called with the number of records that are answered so far.
    """
    client = _iot_client(ingest_url, write_key)

    def publish(pack: Pack) -> Exception | None:
        topic, records = pack
        try:
            client.publish(topic=topic, qos=1, payload=_encode(records))
        except (BotoCoreError, ClientError) as error:
            failure: Exception = error
            return failure
        return None

    errors, answered = [], 0
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        for (_, records), error in zip(packs_to_send, pool.map(publish, packs_to_send), strict=True):
            if error:
                errors.append(error)
            answered += len(records)
            progress(answered)
    return errors


def _iot_client(ingest_url: str, write_key: str) -> Any:
    # The access key id carries the write key; nobody checks the secret key, but the client does not sign without one.
    return boto3.client(
        "iot-data",
        endpoint_url=ingest_url,
        region_name="us-east-1",
        aws_access_key_id=write_key,
        aws_secret_access_key="unused",  # noqa: S106
        config=Config(retries={"mode": "standard", "total_max_attempts": 8}, max_pool_connections=_CONNECTIONS),
    )


def _records(station: str, rows: Sequence[Row]) -> list[Record]:
    start = _epoch(rows[0])
    records = [
        {"n": metric, "u": unit, "t": _epoch(row) - start, "v": Decimal(row[metric])}
        for row in rows
        for metric, unit in UNITS.items()
        if row[metric] not in _MISSING
    ]
    if records:
        records[0] = {"bn": f"{station}/", "bt": start, **records[0]}
    return records


def _epoch(row: Row) -> int:
    return int(dt.datetime.fromisoformat(row["time_hour"]).timestamp())
