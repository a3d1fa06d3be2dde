"""What the API requires of a request's parameters, in Athena's words."""

from collections.abc import Iterable, Sequence
from typing import Any

from athena_local.errors import InvalidRequestError

_MAX_QUERY_BYTES = 262_144
_MAX_BATCH = 50
_SHORTEST_TOKEN, _LONGEST_TOKEN = 32, 128
Json = dict[str, Any]


def required(parameters: Json, name: str) -> Any:
    """Return a parameter.

    Raises
    ------
    InvalidRequestError
        It is missing.
    """
    if not parameters.get(name):
        raise _violations([f"Value null at '{_member(name)}' failed to satisfy constraint: Member must not be null"])
    return parameters[name]


def query_text(parameters: Json) -> str:
    """Return a statement of at most 262,144 bytes."""
    sql = str(required(parameters, "QueryString"))
    if len(sql.encode()) > _MAX_QUERY_BYTES:
        raise _violations([_bound("queryString", "length less than or equal to", _MAX_QUERY_BYTES)])
    return sql


def request_token(parameters: Json) -> str:
    """Return the ClientRequestToken, which AWS's clients make themselves."""
    token = parameters.get("ClientRequestToken")
    if token is None:
        raise InvalidRequestError("clientRequestToken is null or empty")
    if len(token) < _SHORTEST_TOKEN:
        raise _violations([_bound("clientRequestToken", "length greater than or equal to", _SHORTEST_TOKEN)])
    if len(token) > _LONGEST_TOKEN:
        raise _violations([_bound("clientRequestToken", "length less than or equal to", _LONGEST_TOKEN)])
    return str(token)


def batch(parameters: Json, name: str) -> list[str]:
    """Return 1 to 50 identifiers."""
    identifiers = list(required(parameters, name))
    if len(identifiers) > _MAX_BATCH:
        raise _violations([_bound(_member(name), "length less than or equal to", _MAX_BATCH)])
    return identifiers


def page_size(parameters: Json, *, most: int, default: int | None = None) -> int:
    """Return MaxResults, or `default`, or `most`; the NextToken must not be empty either."""
    size = parameters.get("MaxResults")
    size = default or most if size is None else int(size)
    violated = []
    if parameters.get("NextToken") == "":
        violated.append(_bound("nextToken", "length greater than or equal to", 1))
    if size < 1:
        violated.append(_bound("maxResults", "value greater than or equal to", 1))
    if size > most:
        violated.append(_bound("maxResults", "value less than or equal to", most))
    if violated:
        raise _violations(violated)
    return size


def page(items: Sequence[Any], parameters: Json, *, most: int = _MAX_BATCH) -> tuple[Sequence[Any], Json]:
    """Return the page of `items` that a request asks for, and the NextToken if there is one."""
    size = page_size(parameters, most=most)
    token = str(parameters.get("NextToken") or "0")
    if not token.isdecimal():
        raise malformed_token(token)
    end = int(token) + size
    return items[int(token) : end], {"NextToken": str(end)} if end < len(items) else {}


def malformed_token(token: str) -> InvalidRequestError:
    """Return the error for a NextToken that no answer gave."""
    return InvalidRequestError(f"Malformed nextPageToken {token}")


def _bound(member: str, what: str, number: int) -> str:
    return f"Value at '{member}' failed to satisfy constraint: Member must have {what} {number}"


def _member(name: str) -> str:
    return name[:1].lower() + name[1:]


def _violations(constraints: Iterable[str]) -> InvalidRequestError:
    texts = list(constraints)
    noun = "error" if len(texts) == 1 else "errors"
    return InvalidRequestError(f"{len(texts)} validation {noun} detected: {'; '.join(texts)}")
