"""Where samples come from: a file, a gzip file, or standard input."""

from __future__ import annotations

import gzip
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from cli.errors import CliError

STANDARD_INPUT = "-"
_GZIP_SUFFIX = ".gz"


@contextmanager
def plain_file(path: Path) -> Iterator[Path]:
    """Yield a plain file with what a path holds: itself, or a copy of standard input (``-``) or of what gzip holds.

    Raises
    ------
    CliError
        There is no such file, or its gzip is damaged.
    """
    from_input = str(path) == STANDARD_INPUT
    if not from_input and not path.is_file():
        raise CliError(f"can't read {path}: {'it is no file' if path.exists() else 'there is no such file'}")
    if not from_input and not is_gzip(path.name):
        yield path
        return
    with TemporaryDirectory(prefix="thermocline-sample-") as folder:
        copy = Path(folder) / ("standard input" if from_input else path.stem)
        with copy.open("wb") as target:
            if from_input:
                shutil.copyfileobj(sys.stdin.buffer, target)
            else:
                _unzip(path, target)
        yield copy


def is_gzip(name: str) -> bool:
    """Tell whether a file's name says gzip."""
    return name.lower().endswith(_GZIP_SUFFIX)


def _unzip(path: Path, target: IO[bytes]) -> None:
    try:
        with gzip.open(path) as source:
            shutil.copyfileobj(source, target)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CliError(f"{path.name} is not valid gzip: {error}") from None
