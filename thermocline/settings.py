"""The base of typed settings, one frozen struct per function.

CDK writes them with ``to_env``; the function reads them with ``from_env`` when it is invoked, never at import.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Self

import msgspec

from thermocline.errors import ConfigurationError

PREFIX = "LAKE_"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all settings: each field is one ``LAKE_<FIELD>`` variable, holding a string or JSON."""

    def to_env(self) -> dict[str, str]:
        """Return the environment variables that ``from_env`` reads back."""
        return {_variable(name): _to_text(getattr(self, name)) for name in self.__struct_fields__}

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings from the environment.

        Raises
        ------
        ConfigurationError
            A variable is missing or has the wrong form; all such variables are named.
        """
        given = os.environ if environ is None else environ
        values: dict[str, object] = {}
        problems: list[str] = []
        for field in msgspec.structs.fields(cls):
            variable = _variable(field.name)
            if variable in given:
                try:
                    values[field.name] = _from_text(given[variable], field.type)
                except msgspec.MsgspecError as error:
                    problems.append(f"{variable}: {error}")
            elif field.required:
                problems.append(f"{variable} is missing")
        if problems:
            raise ConfigurationError(f"{cls.__name__}: " + "; ".join(problems))
        return cls(**values)


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where events come from: one write key.

    Attributes
    ----------
    stream
        The table that ``POST /v1/events`` feeds with this source's key: ``clickstream``, ``telemetry`` or ``cdc_log``.
    backfill
        True: past times are kept as they are. False: clock skew is corrected and times are clamped.
    key_version
        Raise it to replace the source's write key.
    max_past_days, max_future_minutes
        The window that event times are clamped to, unless ``backfill``.
    redact
        True: what looks like a secret or an e-mail address in URLs, titles and campaigns is replaced by a mark.
    pseudonymise, drop, anonymous, consent
        What is not stored of people; ADR 13 and ADR 22 have the meaning of each.
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


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _to_text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _from_text(text: str, kind: object) -> object:
    return text if kind is str else msgspec.json.decode(text, type=kind)
