"""Iceberg's files as objects of the lake bucket, through the client that the rest of the lake uses."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError
from pyiceberg.io import FileIO, InputFile, OutputFile

from thermocline.adapters.s3_answers import is_missing

_READ_AHEAD = 1 << 16


class S3FileIO(FileIO):
    """pyiceberg's access to files, over a boto3 client.

    It deletes nothing: after an error pyiceberg asks for manifests, and a commit whose answer was lost may have landed
    with them. The functions that commit have no right to delete.
    """

    def __init__(self, client: Any) -> None:
        super().__init__()
        self._client = client

    def new_input(self, location: str) -> InputFile:
        """Return an object to read."""
        return _ObjectToRead(self._client, location)

    def new_output(self, location: str) -> OutputFile:
        """Return an object to write, under a name that nobody has used."""
        return _ObjectToWrite(self._client, location)

    def delete(self, location: str | InputFile | OutputFile) -> None:
        """Leave the object to the orphan sweep."""


class _ObjectToRead(InputFile):
    def __init__(self, client: Any, location: str) -> None:
        super().__init__(location)
        self._client = client
        self._size: int | None = None

    def __len__(self) -> int:
        if self._size is None:
            try:
                self._size = int(self._client.head_object(**_place(self.location))["ContentLength"])
            except ClientError as error:
                raise _meant(error, self.location) from error
        return self._size

    def exists(self) -> bool:
        try:
            return len(self) >= 0
        except FileNotFoundError:
            return False

    def open(self, seekable: bool = True) -> Any:  # noqa: FBT002  (as pyiceberg declares it)
        """Return the object's bytes; `seekable` ones are fetched in the ranges that are asked for."""
        return io.BufferedReader(_Ranges(self, self._get), _READ_AHEAD) if seekable else io.BytesIO(self._get(None))

    def _get(self, span: str | None) -> bytes:
        ranged = {"Range": span} if span else {}
        try:
            content: bytes = self._client.get_object(**_place(self.location), **ranged)["Body"].read()
        except ClientError as error:
            raise _meant(error, self.location) from error
        self._size = self._size if span else len(content)
        return content


class _Ranges(io.RawIOBase):
    """An object that is read in ranges: of a Parquet file only the footer is needed."""

    def __init__(self, file: InputFile, get: Callable[[str | None], bytes]) -> None:
        super().__init__()
        self._file, self._get, self._position = file, get, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}.get(whence)
        self._position = offset + (len(self._file) if start is None else start)
        return self._position

    def tell(self) -> int:
        return self._position

    def readall(self) -> bytes:
        if self._position and self._position >= len(self._file):
            return b""
        content = self._get(f"bytes={self._position}-" if self._position else None)
        self._position += len(content)
        return content

    def readinto(self, buffer: Any) -> int:
        last = min(self._position + len(buffer), len(self._file)) - 1
        if last < self._position:
            return 0
        content = self._get(f"bytes={self._position}-{last}")
        buffer[: len(content)] = content
        self._position += len(content)
        return len(content)


class _ObjectToWrite(OutputFile):
    def __init__(self, client: Any, location: str) -> None:
        super().__init__(location)
        self._client = client

    def __len__(self) -> int:
        return len(self.to_input_file())

    def exists(self) -> bool:
        return self.to_input_file().exists()

    def to_input_file(self) -> InputFile:
        return _ObjectToRead(self._client, self.location)

    def create(self, overwrite: bool = False) -> Any:  # noqa: ARG002, FBT002  (every name is new)
        return _Upload(lambda body: self._client.put_object(**_place(self.location), Body=body))


class _Upload(io.BytesIO):
    """Bytes that are uploaded when they are complete."""

    def __init__(self, put: Callable[[bytes], object]) -> None:
        super().__init__()
        self._put = put

    def close(self) -> None:
        if not self.closed:
            content = self.getvalue()
            super().close()
            self._put(content)


def key_of(location: str) -> str:
    """Return the key in an address, ``s3://bucket/key``."""
    return _place(location)["Key"]


def _place(location: str) -> dict[str, str]:
    bucket, _, key = location.partition("://")[2].partition("/")
    return {"Bucket": bucket, "Key": key}


def _meant(error: ClientError, location: str) -> Exception:
    return FileNotFoundError(location) if is_missing(error) else error
