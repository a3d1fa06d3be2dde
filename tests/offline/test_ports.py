from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from offline.errors import OfflineError
from offline.ports import assigned, consecutive, free_ports, holder, is_free, load_ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_an_environment_gets_the_ports_that_it_had() -> None:
    before = dict(zip(("frontdoor", "emulator"), free_ports(2), strict=True))
    assert assigned(("frontdoor", "emulator"), before) == before


def test_one_that_is_taken_is_replaced_and_the_others_stay(taken: int) -> None:
    (free,) = free_ports(1)
    ports = assigned(("frontdoor", "emulator", "runner"), {"frontdoor": taken, "emulator": free})
    assert ports["emulator"] == free
    assert ports["frontdoor"] != taken
    assert len(set(ports.values())) == 3
    assert not is_free(taken)


def test_chosen_ports_follow_each_other() -> None:
    first = next(port for port in free_ports(20) if all(is_free(port + n) for n in range(3)) and port < 65_000)
    assert list(consecutive(("a", "b", "c"), first).values()) == [first, first + 1, first + 2]


def test_a_chosen_port_that_is_taken_is_named_with_who_has_it(taken: int) -> None:
    with pytest.raises(OfflineError, match=rf"port {taken} is taken \(by process {os.getpid()}, .*--port") as caught:
        consecutive(("a",), taken)
    assert "\n" not in str(caught.value)


def test_a_free_port_has_no_holder() -> None:
    assert holder(free_ports(1)[0]) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"a": "x"}'])
def test_a_damaged_file_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / "ports.json").write_text(text)
    assert load_ports(tmp_path / "ports.json") == {}
    assert load_ports(tmp_path / "none.json") == {}


def test_ports_are_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text(json.dumps({"frontdoor": 1, "api local-notes": 2}))
    assert load_ports(tmp_path / "ports.json") == {"frontdoor": 1, "api local-notes": 2}
