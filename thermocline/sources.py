"""Sources: where events come from, as a stage's file in ``config/`` has them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from thermocline.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder; in Lambda, the folder of the function's code."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where events come from: one write key.

    Attributes
    ----------
    stream
        The table that ``POST /v1/events`` feeds with this source's key: the name of a contract.
    backfill
        True: past times are kept as they are. False: clock skew is corrected and times are clamped.
    key_version
        Raise it to replace the source's write key.
    max_past_days, max_future_minutes
        The window that event times are clamped to, unless ``backfill``.
    redact
        True: text that looks like a secret or an e-mail address in URLs, titles and campaigns is replaced by a mark.
    pseudonymise, drop, anonymous, consent
        Which data about people are not stored; ADR 13 and ADR 22 define each option.
    known_names
        Names of events and metrics that an anonymous source stores as they are; others become pseudonyms.
    primary_keys
        For ``cdc_log``: the columns of each table's primary key, by ``schema.table`` (``database.table`` where the
        engine has no schemas). Needed where messages come without their keys, as Debezium Server sends them.
    """

    stream: str
    backfill: bool = False
    key_version: int = 1
    max_past_days: int = 30
    max_future_minutes: int = 10
    redact: bool = True
    pseudonymise: bool = False
    drop: tuple[str, ...] = ()
    anonymous: bool = False
    consent: str | None = None
    known_names: tuple[str, ...] = ()
    primary_keys: dict[str, tuple[str, ...]] = {}


class _Stage(msgspec.Struct, frozen=True):
    """The part of a stage's file that ingest reads."""

    sources: dict[str, Source]


@cache
def load_sources(file: str) -> dict[str, Source]:
    """Return the sources of a stage's file, by name.

    Parameters
    ----------
    file
        Path from the project's folder, e.g. ``config/dev.toml``.

    Raises
    ------
    ConfigurationError
        There is no such file, or its sources are wrong.
    """
    try:
        return msgspec.toml.decode((ROOT / file).read_bytes(), type=_Stage).sources
    except (FileNotFoundError, msgspec.MsgspecError) as error:
        raise ConfigurationError(f"{file}: {error}") from error
