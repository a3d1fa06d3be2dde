"""Two hashes of source folders: one by content (is a new synth needed?), one by file times (was code edited?)."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules"})

SourceFile = Path | os.DirEntry[str]


def content_hash(root: Path, inputs: Sequence[str], *, salt: str = "") -> str:
    """Return the SHA-256 of the names and contents of `inputs`, files or folders under `root`; skip missing ones."""
    digest = hashlib.sha256(salt.encode())
    for path in sorted(Path(file) for file in _files(root, inputs)):
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def modification_hash(root: Path, inputs: Sequence[str]) -> int:
    """Return a hash of names, sizes and modification times, which is fast enough for every Lambda invocation."""
    return hash(frozenset(_stamp(file) for file in _files(root, inputs)))


def _stamp(file: SourceFile) -> tuple[str, int, int]:
    stat = file.stat()
    return os.fspath(file), stat.st_mtime_ns, stat.st_size


def _files(root: Path, inputs: Sequence[str]) -> Iterator[SourceFile]:
    for path in (root / name for name in inputs):
        if path.is_dir():
            yield from _walk(os.fspath(path))
        elif path.is_file():
            yield path


def _walk(folder: str) -> Iterator[SourceFile]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
                continue
            if entry.is_dir():
                yield from _walk(entry.path)
            else:
                yield entry
