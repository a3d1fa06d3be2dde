"""The reports of erasures in the lake bucket, as far as they tell of the suppression list."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from thermocline.adapters.s3_answers import listed
from thermocline.restore.ports import Erasure

_PREFIX: Final = "erasure/"


class _Report(msgspec.Struct):
    version: int


class S3Erasures:
    """Reads the reports of one bucket."""

    def __init__(self, client: Any, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def latest(self) -> Erasure | None:
        """Return the report with the highest version of the list, or None when nothing was erased."""
        keys = (item["Key"] for item in listed(self._client, self._bucket, _PREFIX))
        reports = (Erasure(key=key, version=self._version(key)) for key in keys if key.endswith("/report.json"))
        return max(reports, key=lambda report: report.version, default=None)

    def _version(self, key: str) -> int:
        body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return msgspec.json.decode(body, type=_Report).version
