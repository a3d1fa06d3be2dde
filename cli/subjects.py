"""The subjects that a command names: values of erasure keys, which become digests before they leave this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.deployment import Deployment
from cli.errors import WrongUsageError
from thermocline.contracts import Contract
from thermocline.subjects import SubjectHasher

SubjectsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--subject",
        metavar="SUBJECT",
        help="COLUMN=VALUE, or a value of any erasure key: =VALUE if it has a = itself. Repeat it for several.",
    ),
]
SubjectsFileOption = Annotated[
    Path | None,
    typer.Option("--subjects-file", help="File with a subject on each line.", exists=True, dir_okay=False),
]

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def subjects_of(
    texts: Iterable[str] | None, file: Path | None, contracts: Mapping[str, Contract]
) -> dict[str, frozenset[str]]:
    """Return the values that are meant, by column.

    Raises
    ------
    WrongUsageError
        There are none, one is empty, or one names a column that is no erasure key.
    """
    lines = [line for line in (file.read_text().splitlines() if file else []) if line]
    keys = list(dict.fromkeys(key for contract in contracts.values() for key in contract.erasure_keys))
    meant: dict[str, set[str]] = {}
    for text in [*(texts or []), *lines]:
        columns, value = _read(text, keys)
        for column in columns:
            meant.setdefault(column, set()).add(value)
    if not meant:
        raise WrongUsageError("name a subject: --subject COLUMN=VALUE, or --subjects-file with one on each line")
    return {column: frozenset(values) for column, values in meant.items()}


def _read(text: str, keys: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return the columns and the value of a subject; its text is in no error."""
    column, separator, value = text.partition("=")
    if not separator:
        columns, value = keys, text
    elif column in keys:
        columns = [column]
    elif not column:
        columns = keys
    elif _NAME.fullmatch(column):
        known = ", ".join(keys)
        raise WrongUsageError(f"{column!r} is no erasure key ({known}): write =VALUE for a value that has a = itself")
    else:
        columns, value = keys, text
    if not value:
        raise WrongUsageError("a subject has no value: write COLUMN=VALUE")
    return columns, value


def subject_hasher(lake: Deployment) -> SubjectHasher:
    """Return what makes a stage's digests of values, with its own key."""
    arn = lake.output("SubjectKeyArn")
    return SubjectHasher(lambda: lake.client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])


def digests_of(subjects: Mapping[str, Iterable[str]], hasher: SubjectHasher) -> list[str]:
    """Return the digests of subjects, sorted."""
    return sorted(hasher.digest(column, value) for column, values in subjects.items() for value in values)
