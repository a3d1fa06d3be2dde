"""What erasures have left in the lake bucket, as far as it tells of the suppression list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from thermocline.adapters.s3_answers import listed
from thermocline.restore.ports import Erasure

_PREFIX: Final = "erasure/"
_TOLD: Final = ("report.json", "work/run.json")
"""A proof, and the state that a run begins with; the first that is there tells of a run."""


class _Report(msgspec.Struct, frozen=True):
    version: int
    digests: tuple[str, ...]


class S3Erasures:
    """Reads the proofs of one bucket, and what runs without one began with."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def runs(self) -> Sequence[Erasure]:
        """Return what is left of every erasure."""
        keys = [item["Key"] for item in listed(self._client, self._bucket, _PREFIX)]
        runs, there = dict.fromkeys(key.split("/")[1] for key in keys), set(keys)
        return [self._run(run, there) for run in runs]

    def _run(self, run: str, keys: set[str]) -> Erasure:
        told = next((key for name in _TOLD if (key := f"{_PREFIX}{run}/{name}") in keys), None)
        if told is None:
            return Erasure(run=run)
        body = self._client.get_object(Bucket=self._bucket, Key=told)["Body"].read()
        report = msgspec.json.decode(body, type=_Report)
        return Erasure(run=run, version=report.version, digests=report.digests)
