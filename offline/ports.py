"""Local ports: free ones, those that an environment had before, and those that the user chose."""

import json
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil

from offline.errors import OfflineError

_POLL_SECONDS = 0.05


def wait_until_open(port: int, *, seconds: float) -> bool:
    """Wait until something listens on a port of 127.0.0.1; return False if nothing does in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=seconds):
                return True
        except OSError:
            time.sleep(_POLL_SECONDS)
    return False


def free_ports(count: int) -> list[int]:
    """Return `count` different ports of 127.0.0.1 on which nothing listens."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for candidate in sockets:
            candidate.bind(("127.0.0.1", 0))
        return [int(candidate.getsockname()[1]) for candidate in sockets]


def is_free(port: int) -> bool:
    """Tell whether nothing listens on a port of 127.0.0.1."""
    with socket.socket() as candidate:
        # As servers do: a connection that just ended still holds the port, and is no obstacle.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def consecutive(names: Sequence[str], first: int) -> dict[str, int]:
    """Return one port per name, from `first` on; raise `OfflineError` if one is taken, which says by whom."""
    ports = {name: first + place for place, name in enumerate(names)}
    for port in ports.values():
        if not is_free(port):
            raise OfflineError(f"port {port} is taken{holder(port)}: end that, or choose other ports with --port")
    return ports


def assigned(names: Sequence[str], before: Mapping[str, int]) -> dict[str, int]:
    """Return one port per name: the one that it had before if that is free, else another."""
    kept = {name: before[name] for name in names if name in before and is_free(before[name])}
    fresh = iter(free_ports(len(names) - len(kept)))
    return {name: kept[name] if name in kept else next(fresh) for name in names}


def holder(port: int) -> str:
    """Return which process listens on a port, in brackets; "" if the system does not say."""
    try:
        pids = {c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr[1] == port and c.status == "LISTEN"}
        return next((f" (by process {pid}, {psutil.Process(pid).name()})" for pid in pids if pid), "")
    except psutil.Error:
        return ""


def load_ports(path: Path) -> dict[str, int]:
    """Return the ports in a file, by name; none if there is no such file or it is damaged."""
    try:
        ports = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): port for name, port in ports.items() if isinstance(port, int)} if isinstance(ports, dict) else {}
