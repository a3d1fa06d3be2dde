from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.events import sample
from thermocline.convert.arrivals import notification, raw_keys


def test_all_keys_of_a_notification_decoded() -> None:
    assert raw_keys(sample("s3_notification.json").decode()) == [
        "raw/clickstream/2026/11/22/12/shop 1+a=b.gz",
        "raw/telemetry/2026/11/22/12/plain",
    ]


def test_s3s_test_message_has_no_keys() -> None:
    assert raw_keys(sample("s3_test_event.json").decode()) == []


@pytest.mark.parametrize("message", ["", "[]", '{"Records":[{"s3":{}}]}', '{"Records":null}'])
def test_another_message_is_an_error(message: str) -> None:
    with pytest.raises(msgspec.MsgspecError):
        raw_keys(message)


@given(st.text(min_size=1))
def test_our_own_notification_reads_back(key: str) -> None:
    assert raw_keys(notification(key)) == [key]
