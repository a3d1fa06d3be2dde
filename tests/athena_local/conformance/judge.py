"""How the endpoint's answer to a statement differs from Trino's."""

import re
from collections.abc import Sequence
from enum import Enum

from athena_local.tables.java_numbers import java_double
from tests.athena_local.conformance.entries import Answer, Entry

_NUMBER = re.compile(r"[-+]?\d+\.\d+(?:E[-+]?\d+)?")
_EXPONENT = re.compile(r"-?\d\.?\d*E-?\d+")
_TOLERANCE, _NOTHING = 1e-12, 1e-15
_LENGTH = re.compile(r"(var)?char\(\d+\)")
_PARAMETERS = re.compile(r"\(\d+\)")
# Types that Athena calls otherwise, and types that it shows as text.
_ATHENA = {"real": "float", "uuid": "varchar", "ipaddress": "varchar"}
# A session of Athena always has a schema, which need not exist.
_ERRORS = {"MISSING_SCHEMA_NAME": "SCHEMA_NOT_FOUND"}
_REFUSAL = re.compile(r"offline|not implemented|do(es)? not run")


class Verdict(Enum):
    """Every kind of difference, the least grave first."""

    EQUAL = "equal"
    REFUSED = "clear refusal"
    TYPEOF = "other typeof"
    TYPE = "other type"
    ERROR = "other error"
    FAILS = "unclear error where Trino answers"
    ANSWERS = "answers where Trino refuses"
    WRONG = "wrong"

    @property
    def gravity(self) -> int:
        """Its place in the order."""
        return list(Verdict).index(self)


def verdict(entry: Entry, trino: Answer, endpoint: Answer) -> Verdict:
    """Compare two answers to a statement.

    Parameters
    ----------
    trino
        What Trino answered; its columns have Trino's types.
    endpoint
        What the endpoint answered; its columns have Athena's types.
    """
    if endpoint.error:
        return _refused(trino, endpoint)
    if trino.error:
        return Verdict.ANSWERS
    if not same_rows(trino, endpoint, ordered=entry.is_ordered):
        return Verdict.WRONG
    if not same_columns(trino, endpoint):
        return Verdict.TYPE
    return Verdict.EQUAL if same_types(trino, endpoint) else Verdict.TYPEOF


def _refused(trino: Answer, endpoint: Answer) -> Verdict:
    if endpoint.error == _ERRORS.get(trino.error or "", trino.error):
        return Verdict.EQUAL
    if endpoint.error == "NOT_SUPPORTED" and _REFUSAL.search(endpoint.message):
        return Verdict.REFUSED
    return Verdict.ERROR if trino.error else Verdict.FAILS


def same_columns(trino: Answer, endpoint: Answer) -> bool:
    """Compare names, and types as Athena's metadata has them."""
    return [(name, athena_type(type_)) for name, type_ in trino.columns] == list(endpoint.columns)


def same_types(trino: Answer, endpoint: Answer) -> bool:
    """Compare Trino's types with what ``typeof`` says, where it was asked; the length of a varchar is not looked at."""
    types = [type_ for _, type_ in trino.columns]
    return all(without_length(a) == without_length(b) for a, b in zip(types, endpoint.types, strict=False))


def athena_type(trino: str) -> str:
    """Return what Athena's metadata calls a type of Trino: ``array(integer)`` is ``array`` there."""
    if trino.startswith("decimal"):
        return trino
    small = trino.lower()
    base = _PARAMETERS.sub("", small) if small.startswith(("time", "interval")) else small.partition("(")[0]
    return _ATHENA.get(base, base)


def without_length(type_: str | None) -> str:
    """A type whose texts have no length, in small letters and without spaces."""
    return _LENGTH.sub(lambda match: f"{match[1] or ''}char", (type_ or "").lower()).replace(" ", "").replace('"', "")


def same_rows(trino: Answer, endpoint: Answer, *, ordered: bool) -> bool:
    """Compare rows; without an order, as a bag."""
    if len(trino.rows) != len(endpoint.rows) or len(trino.columns) != len(endpoint.columns):
        return False
    types = [type_ for _, type_ in trino.columns]
    mine, theirs = ([*rows] if ordered else sorted(rows, key=str) for rows in (endpoint.rows, trino.rows))
    return all(_same_row(a, b, types) for a, b in zip(mine, theirs, strict=True))


def _same_row(mine: Sequence[str | None], theirs: Sequence[str | None], types: Sequence[str]) -> bool:
    return len(mine) == len(theirs) and all(map(_same, mine, theirs, types))


def _same(mine: str | None, theirs: str | None, type_: str) -> bool:
    """Compare texts; doubles to twelve digits, maps in any order."""
    if mine == theirs or mine is None or theirs is None:
        return mine == theirs
    if "map(" in type_:
        mine, theirs = _in_order(mine), _in_order(theirs)
    if type_.startswith("varchar"):
        return mine == _EXPONENT.sub(_plain, theirs)
    if not re.search(r"double|real|map\(", type_) or _NUMBER.sub("#", mine) != _NUMBER.sub("#", theirs):
        return False
    return all(map(_close, _NUMBER.findall(mine), _NUMBER.findall(theirs)))


def _in_order(text: str) -> str:
    return ", ".join(sorted(text.strip("{}").split(", ")))


def _plain(match: re.Match[str]) -> str:
    """A cast of a double to varchar is ``1.5E0`` in this version of Trino, and as Java writes it in Athena's."""
    return java_double(float(match[0]))


def _close(mine: str, theirs: str) -> bool:
    a, b = float(mine), float(theirs)
    return abs(a - b) <= _TOLERANCE * max(abs(a), abs(b)) or max(abs(a), abs(b)) < _NOTHING
