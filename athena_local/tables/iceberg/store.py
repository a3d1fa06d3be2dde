"""pyiceberg's files in an `ObjectStore`: one client reads and writes all objects."""

import io
from collections.abc import Callable

import pyarrow as pa
from pyiceberg.io import FileIO, InputFile, OutputFile

from athena_local.tables.storage import ObjectStore, split_address


def bucket_and_key(location: str) -> tuple[str, str]:
    """Return bucket and key of an address, whose scheme may be Hadoop's ``s3a`` or ``s3n``."""
    return split_address(location.replace("s3a://", "s3://", 1).replace("s3n://", "s3://", 1))


class StoreFiles(FileIO):
    """A `FileIO` over an `ObjectStore`, which reads and writes whole objects.

    It deletes nothing when pyiceberg asks: after an error pyiceberg does not know whether a commit has landed.

    Attributes
    ----------
    written
        The locations that were written through this instance.
    """

    def __init__(self, store: ObjectStore) -> None:
        super().__init__()
        self._store = store
        self.written: list[str] = []

    def new_input(self, location: str) -> InputFile:
        """Return an object to read."""
        return _StoredFile(self._store, location)

    def new_output(self, location: str) -> OutputFile:
        """Return an object to write."""
        self.written.append(location)
        return _WrittenFile(self._store, location)

    def delete(self, location: str | InputFile | OutputFile) -> None:
        """Leave an object where it is."""

    def take_back(self) -> None:
        """Delete what was written through this instance."""
        for location in self.written:
            self._store.delete(*bucket_and_key(location))


class _StoredFile(InputFile):
    def __init__(self, store: ObjectStore, location: str) -> None:
        super().__init__(location)
        self._store = store

    def __len__(self) -> int:
        bucket, key = bucket_and_key(self.location)
        return next(stored.size for stored in self._store.list(bucket, key) if stored.key == key)

    def exists(self) -> bool:
        bucket, key = bucket_and_key(self.location)
        return any(stored.key == key for stored in self._store.list(bucket, key))

    def open(self, seekable: bool = True) -> pa.BufferReader:  # noqa: ARG002, FBT002  (as pyiceberg declares it)
        return pa.BufferReader(self._store.get(*bucket_and_key(self.location)))


class _WrittenFile(OutputFile):
    def __init__(self, store: ObjectStore, location: str) -> None:
        super().__init__(location)
        self._store = store

    def __len__(self) -> int:
        return len(self.to_input_file())

    def exists(self) -> bool:
        return self.to_input_file().exists()

    def to_input_file(self) -> InputFile:
        return _StoredFile(self._store, self.location)

    def create(self, overwrite: bool = False) -> "_Upload":  # noqa: FBT002  (as pyiceberg declares it)
        if not overwrite and self.exists():
            raise FileExistsError(self.location)
        bucket, key = bucket_and_key(self.location)
        return _Upload(lambda content: self._store.put_bytes(bucket, key, content))


class _Upload(io.BytesIO):
    """Bytes that are uploaded when they are complete."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        super().__init__()
        self._put = put

    def close(self) -> None:
        if not self.closed:
            content = self.getvalue()
            super().close()
            self._put(content)
