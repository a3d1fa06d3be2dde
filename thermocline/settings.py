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
    """Base of all settings: each field is one ``LAKE_<FIELD>`` variable, which holds a string or JSON."""

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
        variables = os.environ if environ is None else environ
        values: dict[str, object] = {}
        problems: list[str] = []
        for field in msgspec.structs.fields(cls):
            variable = _variable(field.name)
            if variable in variables:
                try:
                    values[field.name] = _from_text(variables[variable], field.type)
                except msgspec.MsgspecError as error:
                    problems.append(f"{variable}: {error}")
            elif field.required:
                problems.append(f"{variable} is missing")
        if problems:
            raise ConfigurationError(f"{cls.__name__}: " + "; ".join(problems))
        return cls(**values)


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _to_text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _from_text(text: str, kind: object) -> object:
    return text if kind is str else msgspec.json.decode(text, type=kind)
