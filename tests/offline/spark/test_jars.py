from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from offline.spark import jars as module
from offline.spark.jars import JARS, Jar, jars

CONTENT = b"a jar"
ONE = Jar("org.example", "thing", "1.0", hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Paths that a repository of the test was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MAVEN_REPOSITORY_URL", f"http://127.0.0.1:{server.server_port}/maven2/")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        yield paths
        server.shutdown()


def test_a_jar_is_fetched_once(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "JARS", (ONE,))
    said: list[str] = []
    (first,), (second,) = jars(said.append), jars(said.append)
    assert first == second
    assert first.read_bytes() == CONTENT
    assert (asked, said) == (["/maven2/org/example/thing/1.0/thing-1.0.jar"], ["thing-1.0.jar"])


def test_what_is_not_expected_is_refused_and_not_kept(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "JARS", (ONE._replace(sha256="0" * 64),))
    with pytest.raises(ValueError, match=r"thing-1\.0\.jar has the SHA-256 .* instead of 0000"):
        jars()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_every_jar_is_known_by_a_hash_of_its_own() -> None:
    assert len({jar.sha256 for jar in JARS}) == len(JARS)
    assert {len(jar.sha256) for jar in JARS} == {64}
