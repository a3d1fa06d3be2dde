"""Local copies of S3's objects, as Parquet."""

import hashlib
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from athena_local.formats.decode import decode
from athena_local.formats.layout import Layout, MalformedError, UnreadableError
from athena_local.tables.eviction import Eviction, never_busy
from athena_local.tables.parquet_files import ParquetFile, read_footer
from athena_local.tables.storage import PARALLEL, ObjectStore, StoredObject

# Objects at once that are not Parquet: one is as fast as many, and takes less memory.
_DECODING = 2


_LONGEST_NAME = 255
# Of local copies, unless a caller asks for another bound.
_MOST_BYTES = 10 << 30


class ObjectCache:
    """Local copies of objects as Parquet, named by bucket, key, ETag, layout and partition.

    A changed object, or one that is read in another way, is another file. The partition is in the path
    (``gen=2026-11-22-12/…``), from which DuckDB reads its values.

    Parameters
    ----------
    most_bytes
        The size of all copies from which the least recently used ones are removed.
    busy_since
        When the oldest query that still runs began, by `time.monotonic`; None when none runs. What was used since then
        is kept.
    """

    def __init__(
        self,
        *,
        store: ObjectStore,
        folder: Path,
        most_bytes: int = _MOST_BYTES,
        busy_since: Callable[[], float | None] = never_busy,
    ) -> None:
        self._store = store
        self._folder = folder / "copies"
        self._files: dict[str, ParquetFile] = {}
        self._pool = ThreadPoolExecutor(PARALLEL, thread_name_prefix="fetch")
        self._decoding = threading.Semaphore(_DECODING)
        self._eviction = Eviction(folder=self._folder, most_bytes=most_bytes, busy_since=busy_since)

    def fetch(
        self, objects: Sequence[tuple[StoredObject, tuple[tuple[str, str], ...]]], layout: Layout | None = None
    ) -> list[ParquetFile]:
        """Return local copies of objects, fetched in parallel if necessary.

        Parameters
        ----------
        objects
            Each with its partition: pairs of key name and value.
        layout
            How they are written; None for Parquet.

        Raises
        ------
        UnreadableError, MalformedError
            An object is not what the layout says, or not read offline.
        """
        paths = [self._path(stored, partition, layout) for stored, partition in objects]
        with self._eviction.using(paths) as evicted:
            for path in evicted:
                self._files.pop(path, None)
            missing = {
                path: stored for path, (stored, _) in zip(paths, objects, strict=True) if path not in self._files
            }
            known = {path: self._files[path] for path in paths if path not in missing}
        loaded = list(self._pool.map(lambda pair: self._load(pair[0], pair[1], layout), missing.items()))
        known.update((file.path, file) for file in loaded)
        self._files.update(known)
        self._eviction.add(missing)
        return [known[path] for path in paths]

    def _path(self, stored: StoredObject, partition: tuple[tuple[str, str], ...], layout: Layout | None) -> str:
        identity = f"{stored.bucket}\0{stored.key}\0{stored.etag}" + (f"\0{layout.fingerprint}" if layout else "")
        name = hashlib.sha256(identity.encode()).hexdigest()[:32]
        folders = [_local_folder(key, value) for key, value in partition]
        return str(self._folder.joinpath(stored.bucket, *folders, f"{name}.parquet"))

    def _load(self, path: str, stored: StoredObject, layout: Layout | None) -> ParquetFile:
        local = Path(path)
        if not local.exists():
            local.parent.mkdir(parents=True, exist_ok=True)
            partial = local.with_suffix(f".{uuid.uuid4().hex}")
            try:
                self._write(partial, stored, layout)
                partial.replace(local)
            finally:
                partial.unlink(missing_ok=True)
        try:
            file = replace(read_footer(path, stored.address), size=stored.size, modified=stored.modified)
        except pa.ArrowInvalid as error:
            local.unlink()
            raise MalformedError(f"Not valid Parquet file: {stored.address}", "HIVE_BAD_DATA") from error
        return replace(file, object_bytes=stored.size) if layout else file

    def _write(self, to: Path, stored: StoredObject, layout: Layout | None) -> None:
        content = self._store.get(stored.bucket, stored.key)
        if len(content) != stored.size:
            message = f"Error opening Hive split {stored.address}: it was replaced during the query"
            raise MalformedError(message, "HIVE_CANNOT_OPEN_SPLIT")
        if layout is None:
            to.write_bytes(content)
        else:
            with self._decoding:
                decode(content, stored.key, layout, to)


def _local_folder(key: str, value: str) -> str:
    """Return the name of a folder from which DuckDB reads a value; the text NULL would mean none, if it stood there.

    Raises
    ------
    UnreadableError
        A file system has no such long name.
    """
    written = quote(value, safe="")
    name = f"{key}=" + (f"%{ord(value[0]):02X}{value[1:]}" if written.upper() == "NULL" else written)
    if len(name.encode()) > _LONGEST_NAME:
        raise UnreadableError(f"partitions with such a long value of '{key}' are not read offline")
    return name
