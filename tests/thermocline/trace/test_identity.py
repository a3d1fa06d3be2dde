"""The identity in Python is the one that promotion writes in SQL."""

from __future__ import annotations

import uuid

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.identity import identity_key
from thermocline.warm.identities import key

texts = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
numbers = st.none() | st.integers(-(2**63), 2**63 - 1)


@given(st.lists(st.tuples(texts, numbers, texts), min_size=1, max_size=5))
def test_the_key_is_promotions(rows: list[tuple[str | None, int | None, str | None]]) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE hot (source VARCHAR, fingerprint BIGINT, event_id VARCHAR)")
        connection.executemany("INSERT INTO hot VALUES (?, ?, ?)", rows)
        sql = f"SELECT {key(['source', 'fingerprint', 'event_id'])} FROM hot"
        stored = [each for (each,) in connection.sql(sql).fetchall()]
    assert stored == [uuid.UUID(bytes=identity_key(*row)) for row in rows]
