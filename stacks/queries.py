"""The analysts' questions: ``sql/queries/*.sql``, each with a header of comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stacks.code import ROOT

QUERIES_FOLDER = ROOT / "sql" / "queries"


@dataclass(frozen=True, kw_only=True)
class Query:
    """A statement in Athena's SQL.

    Attributes
    ----------
    description
        What its header says after ``-- description:``.
    """

    name: str
    description: str
    sql: str


def load_queries(folder: Path = QUERIES_FOLDER) -> Iterator[Query]:
    """Yield the queries of a folder, by name."""
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text()
        yield Query(name=path.stem, description=description_of(sql), sql=sql)


def description_of(sql: str) -> str:
    """Return what a statement's header says after ``-- description:``, or ""."""
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        name, _, text = line.removeprefix("--").partition(":")
        if name.strip() == "description":
            return text.strip()
    return ""
