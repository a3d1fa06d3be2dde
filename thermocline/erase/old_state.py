"""What a warm table was: its old snapshots are forgotten, and what has a subject and is not the table's is deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from thermocline.erase.findings import Findings, Found
from thermocline.erase.ports import ErasedCatalog, Objects, Version
from thermocline.erase.report import Level, Table, Touched
from thermocline.erase.warm_table import WarmTable
from thermocline.errors import CommitFailed, ConfigurationError
from thermocline.layout import ids_prefix, warm_prefix
from thermocline.warm.erasing import any_identity

_MAX_TRIES: Final = 5
_SURELY_ALL: Final = dt.timedelta(days=1)


class OldState:
    """Forgets it, under the lease of the table and after the erasure's commit."""

    def __init__(
        self, table: WarmTable, *, catalog: ErasedCatalog, objects: Objects, findings: Findings, step: str
    ) -> None:
        self._table = table
        self._catalog = catalog
        self._objects = objects
        self._findings = findings
        self._step = step
        self._identities = sorted(table.identities())

    def expire(self, token: int, now: dt.datetime) -> None:
        """Forget all snapshots but the current one.

        Raises
        ------
        CommitFailed
            The catalog failed again and again.
        ConfigurationError
            A tag or a branch keeps an old snapshot.
        """
        name, files = self._table.name, len(self._table.prepared.clean) + len(self._table.prepared.rewritten)
        expired = tuple(self._catalog.snapshots(name)[:-1])
        self._findings.add(self._step, Found(table=Table(table=name, token=token, expired=expired, files=files)))
        for _ in range(_MAX_TRIES):
            try:
                self._catalog.expire(name, now + _SURELY_ALL)
            except CommitFailed:
                continue
            return self._require_one(name)
        raise CommitFailed(f"{name}: its snapshots could not be forgotten {_MAX_TRIES} times")

    def delete(self, leased_at: dt.datetime) -> int:
        """Delete objects that the table does not refer to, with all versions, if they have something of a subject.

        Files of metadata cannot be asked. They are made under the lease only, so that those that are older than it
        are nobody's. Others may be prepared without the lease: only what has a subject's rows goes.
        """
        # Listed before the references are read, as the orphan sweep does.
        listed = [list(each) for prefix in self._prefixes() for each in self._groups(prefix)]
        referenced = self._catalog.referenced(self._table.name)
        deleted = 0
        for versions in listed:
            key = versions[0].key
            left = [each for each in versions if not (each.latest and key in referenced)]
            if self._is_to_go(key, left, leased_at):
                ids = tuple(each.id for each in left)
                self._findings.add(self._step, Found(touched=self._touched(key, ids, referenced)))
                self._objects.delete(key, ids)
                deleted += 1
        return deleted

    def _require_one(self, name: str) -> None:
        if len(kept := self._catalog.snapshots(name)) > 1:
            raise ConfigurationError(
                f"{name} has named snapshots ({', '.join(map(str, kept))}), which keep rows of subjects: "
                "remove the tags and branches of its warm table"
            )

    def _prefixes(self) -> tuple[str, str]:
        return warm_prefix(self._table.name), ids_prefix(self._table.name)

    def _groups(self, prefix: str) -> Iterator[Iterator[Version]]:
        return (group for _, group in groupby(self._objects.versions(prefix), key=lambda each: each.key))

    def _is_to_go(self, key: str, versions: list[Version], leased_at: dt.datetime) -> bool:
        if "/metadata/" in key:
            return bool(versions) and all(each.last_modified <= leased_at for each in versions)
        if not key.endswith(".parquet"):
            return False
        return any(self._has_subject(each) for each in versions if not each.marker)

    def _has_subject(self, version: Version) -> bool:
        address = f"s3://{self._objects.bucket}/{version.key}"
        if address in self._table.prepared.clean:
            return False
        try:
            file = self._objects.opened(version.key, version.id)
        except FileNotFoundError:
            return False
        if version.key.startswith(ids_prefix(self._table.name)):
            return any_identity(file, self._identities)
        return self._table.owned.any_in(file)

    def _touched(self, key: str, versions: tuple[str, ...], referenced: set[str]) -> Touched:
        bucket = self._objects.bucket
        level = self._level(key)
        if ids := self._table.prepared.ids.get(key):
            by, removed, before, after = ids.new, ids.removed, ids.before, ids.after
        elif file := self._table.prepared.rewritten.get(f"s3://{bucket}/{key}"):
            by = file.new.path.removeprefix(f"s3://{bucket}/") if file.new else ""
            removed, before, after = file.removed, file.before, file.after or ""
        else:
            return Touched(bucket=bucket, key=key, level=level, action="deleted", versions=versions)
        told: dict[str, Any] = {"bucket": bucket, "key": key, "level": level, "before": before, "removed": removed}
        if by not in referenced:
            return Touched(**told, action="deleted", versions=versions)
        return Touched(**told, action="replaced", by=by, after=after, versions=versions)

    def _level(self, key: str) -> Level:
        if "/metadata/" in key:
            return "metadata"
        return "ids" if key.startswith(ids_prefix(self._table.name)) else "warm"
