"""Trino's words and signs."""

import re
from dataclasses import dataclass

# Words that name nothing unless they are quoted.
RESERVED = frozenset(
    """
    ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH
    CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP
    ELSE END ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT
    INTO IS JOIN JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LEFT LIKE LISTAGG LOCALTIME
    LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN
    TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH
    """.split()  # noqa: SIM905  (a hundred quoted words read worse)
)

_TOKEN = re.compile(
    r"""
    (?P<SKIPPED>   \s+ | --[^\r\n]* | /\*.*?\*/ )
  | (?P<BINARY>    [xX]'(?:\s*[0-9a-fA-F]\s*[0-9a-fA-F])*\s*' )
  | (?P<HALF>      [xX]'[^']*' )
  | (?P<STRING>    (?:[uU]&)?'(?:[^']|'')*' )
  | (?P<QUOTED>    "(?:[^"]|"")*" )
  | (?P<BACKQUOTED> `(?:[^`]|``)*` )
  | (?P<NUMBER>    (?: (?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)? | \.\d(?:_?\d)*) (?:[eE][+-]?\d+)? | \d+[eE][+-]?\d+ )
                   (?![A-Za-z_]) )
  | (?P<INTEGER>   (?: 0[xX](?:_?[0-9a-fA-F])+ | 0[oO](?:_?[0-7])+ | 0[bB](?:_?[01])+ | \d(?:_?\d)* )
                   (?![A-Za-z0-9_]) )
  | (?P<DIGITS>    \d[A-Za-z0-9_]+ )
  | (?P<WORD>      [A-Za-z_][A-Za-z0-9_]* )
  | (?P<SIGN>      <> | != | <= | >= | \|\| | -> | => | . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One word or sign.

    Attributes
    ----------
    kind
        ``ID`` (a name), ``WORD`` (a reserved word), ``STRING``, ``NUMBER``, ``INTEGER``, ``BINARY``, ``SIGN``,
        ``END``; ``BACKQUOTED`` and ``DIGITS`` are names, and ``HALF`` a binary literal, that Trino refuses.
    text
        As written; in capital letters when it may be a keyword.
    start
        Where it starts in the statement.
    """

    kind: str
    text: str
    start: int


def tokens(sql: str) -> list[Token]:
    """Return a statement's tokens; the last one is ``END``."""
    read = [_token(match) for match in _TOKEN.finditer(sql) if match.lastgroup != "SKIPPED"]
    return [*read, Token(kind="END", text="<EOF>", start=len(sql))]


def _token(match: re.Match[str]) -> Token:
    kind, text = str(match.lastgroup), match[0]
    if kind == "WORD":
        return Token(kind="WORD" if text.upper() in RESERVED else "ID", text=text.upper(), start=match.start())
    return Token(kind="ID" if kind == "QUOTED" else kind, text=text, start=match.start())


def decimal_numbers(sql: str) -> str:
    """Return a statement whose numbers are plain decimal ones, as nearly as can be at the same places.

    Trino reads ``0xFF``, ``0o17``, ``0b101``, ``1_000`` and ``X'0a 0b'``.
    """
    return _TOKEN.sub(_decimal_number, sql)


def _decimal_number(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "INTEGER" and (text[1:2].isalpha() or "_" in text):
        return str(int(text.replace("_", ""), 0) if text[1:2].isalpha() else int(text)).ljust(len(text))
    if match.lastgroup == "BINARY":  # blanks may stand between the bytes
        return "".join(text.split()).ljust(len(text))
    return text.replace("_", "").ljust(len(text)) if match.lastgroup == "NUMBER" else text
