"""PostgreSQL with a log that Debezium can read."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec


class Database(NamedTuple):
    """A running server."""

    port: int

    def run(self, *statements: str) -> list[dict[str, Any]]:
        """Run statements, each in a transaction of its own unless they say otherwise, and return the JSON rows."""
        from pgserver._commands import POSTGRES_BIN_PATH

        command = [str(POSTGRES_BIN_PATH / "psql"), f"postgresql://postgres@127.0.0.1:{self.port}/postgres"]
        options = ["--quiet", "--tuples-only", "--no-align", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
        done = subprocess.run(
            [*command, *options], input=";\n".join((*statements, "")), text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return [msgspec.json.decode(line) for line in done.stdout.splitlines() if line.startswith("{")]


@contextmanager
def running() -> Iterator[Database]:
    """Run a server on a port and in a folder of its own."""
    with TemporaryDirectory(prefix="postgres-") as folder:
        Path(folder).chmod(0o755)  # for root, pgserver runs it as another user
        with _running(Path(folder) / "data") as database:
            yield database


@contextmanager
def _running(data: Path) -> Iterator[Database]:
    import pgserver
    from pgserver._commands import pg_ctl

    server = pgserver.get_server(data, cleanup_mode=None)
    port = _free_port()
    # pgserver listens on a socket only, which Java cannot use.
    options = f"-h 127.0.0.1 -p {port} -k {server.pgdata} -c wal_level=logical -c fsync=off -c max_wal_senders=8"
    arguments = ["-w", "-o", options, "-l", str(server.log)]
    pg_ctl(["-w", "stop"], pgdata=server.pgdata, user=server.system_user, timeout=30)
    pg_ctl([*arguments, "start"], pgdata=server.pgdata, user=server.system_user, timeout=30)
    try:
        yield Database(port)
    finally:
        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user, timeout=30)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
