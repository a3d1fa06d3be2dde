"""Rows → new objects in S3, all of them or none."""

import logging
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from athena_local.errors import CancelledError, QueryError
from athena_local.tables.row_files import FileFormat
from athena_local.tables.staging import StagedFile, Staging, Values
from athena_local.tables.storage import ObjectStore, split_address
from athena_local.tables.writing import Stopped

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class NewObjects:
    """Objects that were written.

    Attributes
    ----------
    addresses
        By the values of their partition.
    """

    rows: int
    addresses: dict[Values, str]


class ObjectWriter:
    """A writer of rows into an object store.

    Parameters
    ----------
    folder
        For local files, which are complete before the first object is written.
    """

    def __init__(self, *, store: ObjectStore, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._store = store
        self._folder = folder

    def write(
        self,
        rows: pa.RecordBatchReader,
        *,
        keys: int,
        file_format: FileFormat,
        place: Callable[[Values], str],
        stopped: Stopped,
    ) -> NewObjects:
        """Write rows; after an error or a stop no object is left.

        Parameters
        ----------
        keys
            How many columns at the end are partition keys.
        place
            The values of a partition → its ``s3://`` folder.
        """
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            staging = Staging(folder=Path(folder), schema=rows.schema, keys=keys, file_format=file_format)
            files = staging.write(_until(stopped, rows))
            name = f"{datetime.now(UTC):%Y%m%d_%H%M%S}_00000_{uuid.uuid4().hex[:5]}_{uuid.uuid4()}{file_format.suffix}"
            addresses = {file.values: place(file.values) + name for file in files}
            self._put(files, addresses, stopped)
        return NewObjects(rows=sum(file.rows for file in files), addresses=addresses)

    def remove(self, addresses: Sequence[str]) -> None:
        """Delete objects; one that cannot be deleted is logged, and the others are deleted all the same."""
        for address in addresses:
            try:
                self._store.delete(*split_address(address))
            except Exception:  # noqa: BLE001  # the error that led here is the one to tell
                _log.exception("could not remove %s", address)

    def is_empty(self, folder: str) -> bool:
        """Tell whether there is no object below a folder."""
        bucket, prefix = split_address(folder)
        return not any(True for _ in self._store.list(bucket, prefix))

    def _put(self, files: Sequence[StagedFile], addresses: dict[Values, str], stopped: Stopped) -> None:
        begun: list[str] = []
        try:
            for file in files:
                check_stop(stopped)
                begun.append(addresses[file.values])
                self._store.put(*split_address(begun[-1]), file.path)
        except BaseException:
            self.remove(begun)
            raise


def _until(stopped: Stopped, rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in rows:
        check_stop(stopped)
        yield batch


def check_stop(stopped: Stopped) -> None:
    """Raise `CancelledError` when the user has stopped the statement."""
    if stopped():
        raise CancelledError("Query cancelled by user")


def check_target(objects: ObjectWriter, folder: str, table: str) -> None:
    """Refuse a folder to write into which is no S3 address, or in which objects are.

    Raises
    ------
    QueryError
        ``INVALID_TABLE_PROPERTY`` or ``HIVE_PATH_ALREADY_EXISTS``.
    """
    if not folder.startswith("s3://") or not folder.removeprefix("s3://").strip("/"):
        raise QueryError("INVALID_TABLE_PROPERTY", f"'{folder}' is not a location in S3")
    if {".", ".."} & set(folder.split("/")):  # HTTP clients take such folders away
        raise QueryError("INVALID_TABLE_PROPERTY", f"'{folder}' has a folder named '.' or '..'")
    if not objects.is_empty(folder):
        raise QueryError(
            "HIVE_PATH_ALREADY_EXISTS",
            f"Target directory for table '{table}' already exists: {folder}. You may need to manually clean the data "
            f"at location '{folder}' before retrying. Athena will not delete data in your account.",
        )
