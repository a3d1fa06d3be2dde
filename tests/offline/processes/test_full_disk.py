"""A full disk fails no invocation: the runner's journal, logs and folders are best effort."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from offline.journal import Journal, invocations
from tests.offline.processes.one_function import Invoke, Lake, result

HANDLER = """
def handler(event, context):
    print("x" * 1000)
    return event
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system can be mounted by root only; the unit tests fake one")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is free on a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while True:
            try:
                if not file.write(b"x" * 4096):
                    break
            except OSError:
                break
    assert os.statvfs(disk).f_bavail == 0
    return filler


def lake_on(disk: Path, tmp_path: Path) -> Lake:
    lake = Lake(tmp_path, file="handler.py", text=HANDLER, runtime="python3.14")
    for package in (lake.handler.parent, lake.handler.parent.parent):
        (package / "__init__.py").touch()
    (tmp_path / "logs").symlink_to(disk)
    (tmp_path / "tmp").symlink_to(disk)
    return lake


@pytest.mark.parametrize("full_from_the_start", [True, False])
def test_invocations_succeed_and_the_journal_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path, full_from_the_start: bool
) -> None:
    lake = lake_on(small_disk, tmp_path)
    filler = fill(small_disk) if full_from_the_start else small_disk / "none"
    journal = Journal(small_disk / "journal.db")
    lake.record = journal.add

    async def use(invoke: Invoke) -> None:
        nonlocal filler
        if not full_from_the_start:
            result(await invoke(number=0))
            filler = fill(small_disk)
        for number in range(1, 40):
            assert result(await invoke(number=number, text="y" * 1000))["number"] == number
        filler.unlink()
        result(await invoke(number=40))

    lake.run(use)
    journal.close()
    assert [b'"number": 40' in found.event for found in invocations(small_disk / "journal.db", limit=1)] == [True]
