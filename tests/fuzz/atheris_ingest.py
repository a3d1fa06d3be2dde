"""libFuzzer on the ingest function: ``python -m tests.fuzz.atheris_ingest CORPUS -atheris_runs=1000``.

The first byte chooses the valid request whose body the others replace.
"""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

with atheris.instrument_imports(include=["thermocline"]):
    from tests.fuzz.requests import VALID
    from tests.fuzz.target import answer


def fuzz_one(data: bytes) -> None:
    """Answer one request."""
    valid = VALID[data[0] % len(VALID)] if data else VALID[0]
    answer(valid._replace(body=data[1:]))


if __name__ == "__main__":
    atheris.Setup(sys.argv, fuzz_one)
    atheris.Fuzz()
