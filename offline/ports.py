"""Free local ports."""

import socket
import time
from contextlib import ExitStack

_POLL_SECONDS = 0.05


def wait_until_open(port: int, *, seconds: float) -> bool:
    """Wait until something listens on a port of 127.0.0.1; False if nothing does so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=seconds):
                return True
        except OSError:
            time.sleep(_POLL_SECONDS)
    return False


def free_ports(count: int) -> list[int]:
    """`count` different ports of 127.0.0.1 that nothing listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for candidate in sockets:
            candidate.bind(("127.0.0.1", 0))
        return [int(candidate.getsockname()[1]) for candidate in sockets]
