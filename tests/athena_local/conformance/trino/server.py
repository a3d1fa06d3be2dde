"""A Trino of one's own on a free port of this machine."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.athena_local.conformance.trino.fetch import CONNECTORS, SERVER, cache_folder, java, unpacked

_JVM = """
-server -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:ReservedCodeCacheSize=256M -XX:TieredStopAtLevel=1
-Djdk.attach.allowAttachSelf=true -Dfile.encoding=UTF-8 -Duser.timezone=UTC -XX:+EnableDynamicAgentLoading
--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+AutoCreateSharedArchive
"""
_CONFIG = """
coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port={port}
discovery.uri=http://127.0.0.1:{port}
node.internal-address=127.0.0.1
plugin.dir={plugins}
query.max-memory={memory}
query.max-memory-per-node={memory}
memory.heap-headroom-per-node={headroom}
catalog.management=static
catalog.config-dir={catalogs}
web-ui.enabled=false
"""
_START_SECONDS = 180


@contextmanager
def trino(catalogs: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start Trino, yield its address, and end it.

    Parameters
    ----------
    catalogs
        The text of each catalog's properties, by its name. Without any, Trino gets less memory and no connectors.

    Raises
    ------
    RuntimeError
        Trino did not start; the message has the end of what it wrote.
    """
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    program, home = java(cache), unpacked(SERVER, cache)
    with TemporaryDirectory(prefix="trino-") as name:
        folder, port = Path(name), _free_port()
        _configure(folder, home, cache, port=port, catalogs=catalogs or {})
        heap = "-Xmx1G" if catalogs else "-Xmx768M"
        archive = f"-XX:SharedArchiveFile={cache / ('tables.jsa' if catalogs else 'core.jsa')}"
        node = ("-Dnode.environment=offline", "-Dnode.id=offline-1", f"-Dnode.data-dir={folder / 'data'}")
        settings = (f"-Dconfig={folder / 'config.properties'}", f"-Dlog.levels-file={folder / 'log.properties'}")
        command = (str(program), heap, archive, *_JVM.split(), *node, *settings, "-cp", f"{home}/lib/*")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen((*command, "io.trino.server.TrinoServer"), cwd=folder, stdout=log, stderr=log)
        try:
            _wait(process, f"http://127.0.0.1:{port}", folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _configure(folder: Path, home: Path, cache: Path, *, port: int, catalogs: Mapping[str, str]) -> None:
    plugins, etc = folder / "plugins", folder / "catalogs"
    plugins.mkdir()
    etc.mkdir()
    (plugins / "geospatial").symlink_to(home / "plugin" / "geospatial")
    if catalogs:
        for connector in CONNECTORS:
            (plugins / connector.name).symlink_to(unpacked(connector, cache))
    for name, text in catalogs.items():
        (etc / f"{name}.properties").write_text(text)
    memory = {"memory": "400MB", "headroom": "200MB"} if catalogs else {"memory": "256MB", "headroom": "150MB"}
    (folder / "config.properties").write_text(_CONFIG.format(port=port, plugins=plugins, catalogs=etc, **memory))
    (folder / "log.properties").write_text("io.trino=WARN\nio.airlift=WARN\n")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/v1/info", timeout=5) as response:
                if b'"starting":false' in response.read():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"Trino did not start: {log.read_text(errors='replace')[-2000:]}")
