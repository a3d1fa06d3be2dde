"""The recover function: what an event asks for, and errors as data."""

from __future__ import annotations

import msgspec
import pytest

from lambdas.recover.handler import handler


def test_a_table_that_is_not_there_is_said() -> None:
    answer = handler({"choice": {"table": "clicks"}}, None)
    assert answer["again"] is False
    assert "clicks" in answer["problem"]


@pytest.mark.parametrize("event", [{}, {"choice": {}}, {"choice": {"table": "clickstream"}, "dry": True}])
def test_an_event_that_it_does_not_understand_changes_nothing(event: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        handler(event, None)  # type: ignore[arg-type]
