"""Bodies that are made to hurt: each has an answer, soon, in little memory, and the next request works."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.requests import request
from tests.thermocline.ingest.test_use_case import GOOD, endpoint
from thermocline.errors import RequestError
from thermocline.ingest.http import caps
from thermocline.ingest.http.request import decoded_body

MIB = 1024 * 1024
ROOT = Path(__file__).parents[4]


def _bomb(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(mebibytes)) + packer.flush()


def _ones(count: int) -> bytes:
    return b"[" + b"1," * (count - 1) + b"1]"


def _metrics(count: int) -> bytes:
    return b'{"device_id":"d","metrics":{' + b",".join(b'"%d":1' % number for number in range(count)) + b"}}"


# name → path, source, body, status, code or number of bad rows
HOSTILE: dict[str, tuple[str, str, Callable[[], bytes], int, str | int]] = {
    "bomb": ("/v1/events", "shop", lambda: _bomb(100), 400, "body_too_large"),
    "bomb in a member": ("/v1/batch", "shop", lambda: gzip.compress(GOOD) + _bomb(100), 400, "body_too_large"),
    "members": ("/v1/events", "shop", lambda: gzip.compress(b"") * 250_000, 400, "malformed_gzip"),
    "truncated": ("/v1/events", "shop", lambda: gzip.compress(GOOD)[:-9], 400, "malformed_gzip"),
    "sent": ("/v1/events", "shop", lambda: b" " * (caps.MAX_SENT_BYTES + 1), 400, "body_too_large"),
    "6 MB": ("/v1/events", "shop", lambda: b" " * caps.MAX_SENT_BYTES, 400, "empty_body"),
    "6 MB event": ("/v1/events", "shop", lambda: b'{"properties":"%s"}' % (b"x" * (6 * 10**6)), 200, 1),
    "values": ("/v1/events", "shop", lambda: _ones(3 * 10**6), 400, "too_many_values"),
    "values in a batch": ("/v1/batch", "shop", lambda: b'{"batch":' + _ones(3 * 10**6) + b"}", 400, "too_many_values"),
    "array": ("/v1/events", "shop", lambda: _ones(caps.MAX_EVENTS + 1), 400, "too_many_events"),
    "batch": ("/v1/batch", "shop", lambda: b'{"batch":' + _ones(caps.MAX_EVENTS + 1) + b"}", 400, "too_many_events"),
    "lines": ("/v1/events", "shop", lambda: b"1\n" * 3 * 10**6, 400, "too_many_events"),
    "metrics": ("/v1/events", "meters", lambda: _metrics(caps.MAX_KEYS + 1), 200, 1),
    "messages": ("/v1/events", "meters", lambda: b"\n".join([_metrics(1_000)] * 11), 400, "too_many_events"),
    "depth": ("/v1/events", "shop", lambda: b"[" * 100_000, 400, "malformed_json"),
    "depth in an event": (
        "/v1/track",
        "shop",
        lambda: b'{"properties":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        200,
        1,
    ),
    "brackets": ("/v1/events", "shop", lambda: b"[" * 6 * 10**6, 400, "malformed_json"),
    "objects": ("/v1/events", "shop", lambda: b'{"properties":[' + b"{}," * 330_000 + b"{}]}", 200, 0),
    "controls": ("/v1/events", "shop", lambda: b"\n".join([b"\x00" * 1_000] * 6_000), 200, 6_000),
    "surrogates": ("/v1/events", "shop", lambda: b'{"event_name":"' + b"\\ud800" * 10**6 + b'"}', 200, 1),
    "escapes": ("/v1/events", "shop", lambda: b'{"event_name":"' + b"\\n" * 3 * 10**6 + b'\\ud800"}', 200, 1),
    "escapes of both kinds": (
        "/v1/events",
        "shop",
        lambda: b'{"event_name":"' + b"\\n\\ud800" * 750_000 + b'"}',
        200,
        1,
    ),
    "names": ("/v1/track", "shop", lambda: b'{"context":{"\\u0069p":1,' + _metrics(390_000)[29:] + b"}", 200, 1),
    "numbers": ("/v1/events", "meters", lambda: b'{"device_id":"d","metrics":{"m":%s}}' % (b"9" * 5_000), 200, 1),
    "big number": ("/v1/track", "shop", lambda: b'{"properties":{"total":%s}}' % (b"9" * 10**6), 200, 1),
    "big exponent": ("/v1/track", "shop", lambda: b'{"timestamp":1e999999999,"properties":{"total":1e999999}}', 200, 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_answered_soon_and_the_next_request_works(name: str) -> None:
    path, source, make_body, status, outcome = HOSTILE[name]
    body = make_body()
    lake = endpoint()
    started = time.process_time()
    answer = lake.post(path, body, source=source)
    assert time.process_time() - started < 5
    assert answer.status == status
    assert answer.body["code" if status != 200 else "quarantined"] == outcome
    assert lake.post("/v1/events", GOOD % 1).body["accepted"] == 1


def test_only_a_large_body_may_not_be_too_repetitive() -> None:
    small = gzip.compress(b"x" * caps.ALWAYS_ALLOWED_BYTES)
    assert len(decoded_body(request("/", small))) > 900 * len(small)
    with pytest.raises(RequestError):
        decoded_body(request("/", gzip.compress(b"x" * (caps.ALWAYS_ALLOWED_BYTES + 1))))
    usual = gzip.compress(b"".join(b'{"event_id":"%d","event_name":"Seen"}\n' % n for n in range(99_999)))
    assert len(decoded_body(request("/", usual))) > 3 * caps.ALWAYS_ALLOWED_BYTES


_MEASURE = """
import re
from pathlib import Path
import boto3
from tests.thermocline.ingest.test_use_case import endpoint
from tests.thermocline.ingest.http.test_caps_of_requests import HOSTILE
for name in {names!r}:
    path, source, make_body, *_ = HOSTILE[name]
    endpoint().post(path, make_body(), source=source)
    print(name, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


# The peak that getrusage tells would include that of the process which started this one.
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's own peak")
def test_memory_stays_below_256_mib() -> None:
    script = _MEASURE.format(names=[*HOSTILE])
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    peaks = [int(line.rpartition(" ")[2]) for line in run.stdout.splitlines()]
    assert max(peaks) < 256, run.stdout
