from __future__ import annotations

import msgspec
import pytest

from thermocline.ingest.protocols.open_json import EMPTY, client_address, reader_of, text_of


class Known(msgspec.Struct, frozen=True, rename="camel"):
    first_name: str | None = None
    size: int = 7


def known(text: bytes) -> tuple[str | None, int]:
    found = reader_of(Known)(msgspec.Raw(text))
    return found.first_name, found.size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", (None, 7)),
        (b'{"firstName":"a","size":1,"other":[]}', ("a", 1)),
        (b'{"firstName":1,"size":2}', (None, 2)),
        (b'{"firstName":"a","size":"big"}', ("a", 7)),
        (b"[]", (None, 7)),
        (b"7", (None, 7)),
        (b'{"firstName":"\xff","size":2}', (None, 2)),
    ],
)
def test_members_of_the_wrong_type_count_as_absent(text: bytes, expected: tuple[str | None, int]) -> None:
    assert known(text) == expected


@pytest.mark.parametrize("text", [b"", b"null", b"{}", b"[]"])
def test_nothing_is_no_text(text: bytes) -> None:
    assert text_of(msgspec.Raw(text)) is None
    assert text_of(EMPTY) is None
    assert text_of(msgspec.Raw(b'{"a": 1.0}')) == '{"a": 1.0}'


@pytest.mark.parametrize("name", ["ip", "$ip", "ip_address", "ipAddress", "client_ip", "clientIp", "\\u0069p"])
def test_the_clients_address_is_read_where_clients_put_it(name: str) -> None:
    assert client_address(msgspec.Raw(b'{"a":1,"%s":"192.0.2.1"}' % name.encode())) == "192.0.2.1"
    assert client_address(msgspec.Raw(b'{"%s":7}' % name.encode())) is None
    assert client_address(EMPTY) is None
