"""A function's log is best effort: a full disk leaves a gap and fails no invocation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from offline.runner.logs import FunctionLog


def write(log: FunctionLog, *requests: str, between: Callable[[], object] = lambda: None) -> None:
    async def main() -> None:
        for request in requests:
            log.start(request)
            log.output(request, "said")
            log.end(request, seconds=0.1, memory_mb=128, peak_mb=64, init_seconds=None)
            await asyncio.sleep(0.1)
            between()
        log.close()

    asyncio.run(main())


def test_lines_of_an_invocation(tmp_path: Path) -> None:
    seen: list[str] = []
    write(FunctionLog(tmp_path / "logs" / "own.log", on_line=seen.append), "r-1")
    lines = (tmp_path / "logs" / "own.log").read_text().splitlines()
    assert [line.split(" ", 2)[2].split(" ")[0].split("\t")[0] for line in lines] == ["START", "said", "END", "REPORT"]
    assert seen == ["said"]


def test_a_full_disk_loses_lines_but_no_metrics(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, seen = tmp_path / "own.log", list[str]()
    path.symlink_to("/dev/full")
    write(FunctionLog(path, on_line=seen.append), "r-1", "r-2", "r-3")
    assert seen == ["said"] * 3
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        f"the log {path} cannot be written, and has gaps until it can"
    ]


def test_it_goes_on_once_it_can(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "logs"
    folder.write_text("a file where the folder should be")

    def make_room() -> None:
        if folder.is_file():
            folder.unlink()

    write(
        FunctionLog(folder / "own.log", on_line=print),
        "r-1",
        "r-2",
        between=make_room,
    )
    assert "r-2 START" in (folder / "own.log").read_text()
    assert "r-1" not in (folder / "own.log").read_text()
    assert f"the log {folder / 'own.log'} is written again" in caplog.text
