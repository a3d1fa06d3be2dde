"""Where objects lie in the lake bucket. Every key and prefix is made here and nowhere else."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from thermocline.streams import QUARANTINE

RAW = "raw"
RAW_EXTENSION = ".ndjson.zst"
HOT = "hot"
WARM = "warm"
IDS = "ids"
BALANCE = "balance"
SUBJECTS = "subjects"
REPLAY = "replay"
FIREHOSE_ERRORS = "firehose-errors"
RECOVERIES = "recoveries"
_RECOVERED = "recovered-"
ERASURE = "erasure"

_SEALED = "sealed-"


def raw_prefix(stream: str) -> str:
    """Return Firehose's prefix of a stream: ingest hours, in Firehose's own notation."""
    return f"{RAW}/{stream}/!{{timestamp:yyyy/MM/dd/HH}}/"


def raw_day_prefix(stream: str, day: dt.date) -> str:
    """Return the prefix of a stream's raw objects whose oldest record arrived on a day (UTC)."""
    return f"{RAW}/{stream}/{day:%Y/%m/%d}/"


def firehose_error_prefix(stream: str) -> str:
    """Return the prefix of records that Firehose could not deliver, outside raw/ so that nothing converts them."""
    return f"{FIREHOSE_ERRORS}/{stream}/!{{firehose:error-output-type}}/!{{timestamp:yyyy/MM/dd}}/"


def stream_of(raw_key: str) -> str | None:
    """Return the stream that a raw object belongs to, or None when the key is not below raw/."""
    parts = raw_key.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == RAW else None


def recovered_key(stream: str, raw_key: str, event_ids: Iterable[str]) -> str:
    """Return the key of the raw object that takes rows of quarantine back into a stream.

    It is made of these rows alone, so that no run that brings the same rows back writes a second object. It lies in the
    hour of the raw object that they came from.
    """
    hour = "/".join(raw_key.split("/")[2:-1])
    digest = raw_key_digest("\n".join([raw_key, *sorted(event_ids)]))
    return f"{RAW}/{stream}/{hour}/{_RECOVERED}{digest}{RAW_EXTENSION}"


def is_recovered(raw_key: str) -> bool:
    """Tell whether a raw object holds rows that came back from quarantine."""
    return raw_key.startswith(f"{RAW}/") and raw_key.rpartition("/")[2].startswith(_RECOVERED)


def recovery_key(recovered: str) -> str:
    """Return the key of the list of rows that a recovered raw object was to take."""
    return f"{RECOVERIES}/{recovered.removeprefix(f'{RAW}/').removesuffix(RAW_EXTENSION)}.json"


def hot_table(table: str) -> str:
    """Return the catalog's name of a table's hot level; the plain name is the view's."""
    return f"{HOT}_{table}"


def warm_table(table: str) -> str:
    """Return the catalog's name of a table's warm level."""
    return f"{WARM}_{table}"


def warm_prefix(stream: str) -> str:
    """Return the prefix of a warm table's data and metadata."""
    return f"{WARM}/{stream}/"


def metadata_prefix(stream: str) -> str:
    """Return the prefix of a warm table's metadata, and of its manifests."""
    return f"{warm_prefix(stream)}metadata/"


def metadata_number(key: str) -> int | None:
    """Return how many changes came before the metadata of a table in a key; None for manifests."""
    number, _, rest = key.rpartition("/")[2].partition("-")
    return int(number) if rest.endswith(".metadata.json") and number.isdigit() else None


def warm_data_key(stream: str, partition: str, name: str, *, sealed: bool = False) -> str:
    """Return the key of a data file of a warm table, below its partition, e.g. ``event_time_month=2026-11``."""
    return f"{warm_prefix(stream)}data/{partition}/{_SEALED if sealed else ''}{name}.parquet"


def is_sealed(address: str) -> bool:
    """Tell whether a data file of a warm table is sealed, by its key or address; so the table alone knows it."""
    return address.rpartition("/")[2].startswith(_SEALED)


def ids_key(stream: str, gen: str, name: str) -> str:
    """Return the key of a file with the identities of a generation."""
    return f"{ids_prefix(stream)}gen={gen}/{name}.parquet"


def ids_prefix(stream: str) -> str:
    """Return the prefix of the identities of a warm table's generations."""
    return f"{IDS}/{stream}/"


def table_prefix(stream: str) -> str:
    """Return the prefix of a stream's hot table; quarantined rows are apart from the good ones."""
    return f"{QUARANTINE}/" if stream == QUARANTINE else f"{HOT}/{stream}/"


def hot_key(table: str, raw_key: str, gen: str, token: str) -> str:
    """Return the key of the Parquet file that an attempt makes of a raw object.

    No two attempts have a key in common, so that no file ever changes.
    """
    return f"{table_prefix(table)}gen={gen}/{raw_key_digest(raw_key)}-{token}.parquet"


def subjects_key(stream: str, gen: str, raw_key: str, token: str) -> str:
    """Return the key of the digests of the erasure keys that an attempt found in a raw object."""
    return f"{SUBJECTS}/{stream}/gen={gen}/{raw_key_digest(raw_key)}-{token}.bin"


def replay_prefix(run: str) -> str:
    """Return the prefix of what a replay converted, which is gone when it ends."""
    return f"{REPLAY}/{run}/"


def replay_key(run: str, table: str, raw_key: str, gen: str, token: str) -> str:
    """Return the key of the Parquet file that a replay makes of a raw object."""
    return f"{replay_prefix(run)}{hot_key(table, raw_key, gen, token)}"


def erasure_prefix(run: str) -> str:
    """Return the prefix of an erasure's findings and of its proof, which name objects and digests only."""
    return f"{ERASURE}/{run}/"


def generation_of(key: str) -> str | None:
    """Return the generation in a key of a hot file, or None when it has none."""
    return next((part.removeprefix("gen=") for part in key.split("/")[:-1] if part.startswith("gen=")), None)


def raw_key_digest(raw_key: str) -> str:
    """Return 128 bits of the raw key's hash as 32 hexadecimal digits."""
    return hashlib.blake2b(raw_key.encode(), digest_size=16).hexdigest()
