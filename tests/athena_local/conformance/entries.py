"""The conformance list, and Trino's recorded answers to it.

``list/{area}.sql`` has one statement per line, ``id | statement``; other lines begin with ``--``.
``answers/{area}.jsonl`` has one line per statement, as `Answer.as_json` writes it; the first line names the version.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlglot import TokenType
from sqlglot.dialects.trino import Trino
from sqlglot.errors import TokenError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One statement of the list."""

    id: str
    sql: str

    @property
    def is_ordered(self) -> bool:
        """Whether its rows have an order."""
        return TokenType.ORDER_BY in [kind for _, kind in _outer(self.sql)]

    @property
    def expressions(self) -> list[str]:
        """The expressions of a SELECT that has nothing else and names none of them; otherwise nothing."""
        outer = _outer(self.sql)
        kinds = [kind for _, kind in outer]
        if not kinds or kinds[0] != TokenType.SELECT or _NOT_ALONE.intersection(kinds):
            return []
        commas = [start for start, kind in outer if kind == TokenType.COMMA]
        bounds = [outer[0][0] + len("SELECT"), *commas, Trino().tokenize(self.sql)[-1].end + 1]
        return [self.sql[start:end].lstrip(",").strip() for start, end in pairwise(bounds)]


_NOT_ALONE = {
    TokenType.FROM, TokenType.WHERE, TokenType.ALIAS, TokenType.ORDER_BY,
    TokenType.LIMIT, TokenType.UNION, TokenType.EXCEPT, TokenType.INTERSECT,
    TokenType.GROUP_BY, TokenType.HAVING, TokenType.STAR, TokenType.DISTINCT,
    TokenType.FETCH, TokenType.OFFSET, TokenType.ALL, TokenType.WINDOW, TokenType.ISNULL, TokenType.NOTNULL,
}  # fmt: skip


def _outer(sql: str) -> list[tuple[int, TokenType]]:
    """Where each token that is in no brackets starts, and its kind."""
    try:
        found = Trino().tokenize(sql)
    except TokenError:
        return []
    outer, depth = [], 0
    for token in found:
        depth -= token.token_type in (TokenType.R_PAREN, TokenType.R_BRACKET)
        if depth == 0:
            outer.append((token.start, token.token_type))
        depth += token.token_type in (TokenType.L_PAREN, TokenType.L_BRACKET)
    return outer


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an engine made of a statement.

    Attributes
    ----------
    error
        The name of the error, such as ``TYPE_MISMATCH``; then there are no columns.
    columns
        Name, and Trino's type or its name in Athena, of each.
    rows
        The text that Athena shows.
    types
        What ``typeof`` says of each expression, where it was asked.
    """

    error: str | None = None
    message: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    types: tuple[str | None, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The members of a recorded line."""
        if self.error:
            return {"error": self.error, "message": self.message}
        return {"columns": self.columns, "rows": self.rows}


def areas() -> list[str]:
    """The areas of the list."""
    return sorted(path.stem for path in (FOLDER / "list").glob("*.sql"))


def entries(area: str) -> list[Entry]:
    """Read an area's statements."""
    return list(_read((FOLDER / "list" / f"{area}.sql").read_text("utf-8").splitlines()))


def _read(lines: Iterable[str]) -> Iterator[Entry]:
    for line in lines:
        if line.strip() and not line.startswith("--"):
            name, _, sql = line.partition(" | ")
            yield Entry(id=name.strip(), sql=sql.strip())


def record(area: str, version: str, answers: dict[Entry, Answer]) -> None:
    """Write what Trino answered."""
    lines: list[dict[str, Any]] = [{"trino": version}]
    lines += [
        {"id": entry.id, "sql": entry.sql, **_stable(entry, answer).as_json()} for entry, answer in answers.items()
    ]
    path = FOLDER / "answers" / f"{area}.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


def _stable(entry: Entry, answer: Answer) -> Answer:
    """Sort rows that have no order, so that recording twice changes nothing."""
    return answer if entry.is_ordered else replace(answer, rows=tuple(sorted(answer.rows, key=str)))


def recorded(area: str) -> dict[Entry, Answer]:
    """Read what Trino answered."""
    path = FOLDER / "answers" / f"{area}.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return {Entry(id=line["id"], sql=line["sql"]): _answer(line) for line in lines[1:]}


def _answer(line: dict[str, Any]) -> Answer:
    if "error" in line:
        return Answer(error=line["error"], message=line["message"])
    columns = tuple((name, type_) for name, type_ in line["columns"])
    return Answer(columns=columns, rows=tuple(tuple(row) for row in line["rows"]))


def record_functions(names: Iterable[str]) -> None:
    """Write the names of Trino's functions."""
    (FOLDER / "answers" / "functions.txt").write_text("".join(f"{name}\n" for name in names), "utf-8")


def functions() -> list[str]:
    """Read the names of Trino's functions."""
    return (FOLDER / "answers" / "functions.txt").read_text("utf-8").split()
