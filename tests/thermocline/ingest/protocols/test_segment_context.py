"""What became a column leaves the context; all else stays in it."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.batch import Event
from thermocline.ingest.protocols.segment import parse_single

COLUMN_OF: dict[tuple[str, ...], str] = {
    ("locale",): "locale",
    ("timezone",): "timezone",
    ("sessionId",): "session_id",
    ("library",): "library_name",  # as text
    **{("page", name): f"page_{name}" for name in ("url", "path", "title", "referrer")},
    **{("campaign", name): f"campaign_{name}" for name in ("source", "medium", "name", "term", "content")},
    **{("library", name): f"library_{name}" for name in ("name", "version")},
}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def members(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects that have some of these members, mostly texts, and others beside them."""
    known = st.dictionaries(st.sampled_from([*names, "search", "id"]), texts | anything, max_size=5)
    return st.builds(lambda ours, others: others | ours, known, st.dictionaries(texts, anything, max_size=2))


contexts = st.builds(
    lambda known, others: others | known,
    st.fixed_dictionaries(
        {},
        optional={
            "page": members("url", "path", "title", "referrer") | anything,
            "campaign": members("source", "medium", "name", "term", "content") | anything,
            "library": members("name", "version") | texts | anything,
            "locale": texts | anything,
            "timezone": texts | anything,
            "userAgent": texts | anything,
            "sessionId": texts | st.integers(0, 2**60) | anything,
        },
    ),
    st.dictionaries(texts.filter(lambda name: name not in {"ip", "traits"}), anything, max_size=3),
)


def read(context: Any, **members: Any) -> tuple[Event, Any]:
    (event,) = parse_single(msgspec.json.encode({"event": "E", "context": context} | members), "track").events
    assert isinstance(event, Event)
    return event, msgspec.json.decode(event.columns["context"] or "{}")


def leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return the leaves of an object by their paths; what is empty is none."""
    if isinstance(value, dict):
        return {at: leaf for name, inner in value.items() for at, leaf in leaves(inner, (*path, name)).items()}
    return {} if value is None else {path: value}


@given(contexts)
def test_nothing_is_lost_and_nothing_is_stored_twice(context: dict[str, Any]) -> None:
    event, kept = read(context)
    sent, left = leaves(context), leaves(kept)
    columns = event.columns | {"user_agent": event.user_agent}
    assert left.items() <= sent.items() or left == sent
    for path, value in sent.items():
        column = "user_agent" if path == ("userAgent",) else COLUMN_OF.get(path)
        in_column = column is not None and columns[column] == (value if isinstance(value, str) else str(value))
        assert (path in left) is not (in_column and path not in left)
        assert path in left or in_column, path
        if isinstance(value, str) and value and column and columns[column] == value:
            assert path not in left, path


def test_a_browsers_context() -> None:
    context = {
        "page": {"url": "https://a.example/", "path": "/", "title": "A", "referrer": "", "search": "?q"},
        "campaign": {"source": "x"},
        "library": {"name": "analytics.js", "version": "2"},
        "userAgent": "Mozilla/5.0",
        "locale": "de-DE",
        "timezone": "Europe/Berlin",
        "ip": "203.0.113.7",
        "screen": {"width": 10},
    }
    event, kept = read(context)
    assert kept == {"page": {"search": "?q"}, "screen": {"width": 10}}
    assert (event.ip, event.user_agent) == ("203.0.113.7", "Mozilla/5.0")
    assert read({"library": {"name": "x"}})[0].columns["context"] is None


def test_what_could_not_be_read_stays() -> None:
    strange = {"page": {"url": 7, "title": "A"}, "library": [1], "locale": 5, "sessionId": {"a": 1}, "userAgent": ["x"]}
    assert read(strange)[1] == strange


def test_numbers_keep_their_digits() -> None:
    body = b'{"event":"E","context":{"library":"x","n":1.10,"big":123456789012345678901234567890.5}}'
    (event,) = parse_single(body, "track").events
    assert isinstance(event, Event)
    assert event.columns["context"] == '{"n":1.10,"big":123456789012345678901234567890.5}'
