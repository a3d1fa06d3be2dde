"""The lines that functions log, as they come."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from offline.runner.emf import samples_of_line

_LINE = re.compile(r"\S+T(?P<time>[\d:.]+)Z (?P<request>\S+) (?P<text>.*)")
_REPORT = re.compile(r"REPORT .*?\tDuration: (?P<ms>[\d.]+) ms")
_INIT = re.compile(r"Init Duration: (?P<ms>[\d.]+) ms")
_NOT_SHOWN = ("START ", "END ")
_COLORS = ("cyan", "magenta", "green", "yellow", "blue", "bright_cyan", "bright_magenta", "bright_green")
_SHOWN_ID = 8


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """One line of a function's log."""

    function: str
    time: str
    request_id: str
    text: str


class LogFollower:
    """Reads what functions log from now on.

    Parameters
    ----------
    folder
        Where the runner keeps one file per function.
    prefix
        What every function's name begins with; it is not shown.
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder = folder
        self._prefix = f"lambda-{prefix}"
        self._positions = {path: path.stat().st_size for path in self._files()}

    def lines(self) -> list[LogLine]:
        """Return the complete lines that all functions wrote since the last call, in the order of time."""
        lines = [line for path in self._files() for line in self._new_lines(path)]
        return sorted(lines, key=lambda line: line.time)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("lambda-*.log"))

    def _new_lines(self, path: Path) -> Iterator[LogLine]:
        with path.open("rb") as file:
            start = self._positions.get(path, 0)
            file.seek(start if path.stat().st_size >= start else 0)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self._positions[path] = file.tell()
                if match := _LINE.fullmatch(line.decode(errors="replace").rstrip("\n")):
                    name = path.stem.removeprefix(self._prefix)
                    yield LogLine(function=name, time=match["time"], request_id=match["request"], text=match["text"])


def shown(line: LogLine) -> Text | None:
    """Return a line for the terminal, a report as the time it took; None for START and END, which say nothing new."""
    if line.text.startswith(_NOT_SHOWN):
        return None
    color = _COLORS[zlib.crc32(line.function.encode()) % len(_COLORS)]
    head = Text.assemble(
        (f"{line.time} ", "dim"), (f"{line.function:<12} ", color), (f"{line.request_id[:_SHOWN_ID]} ", "dim")
    )
    return head + _short(line.text)


def _short(text: str) -> Text:
    if samples := samples_of_line(text):
        values = {sample.name: sum(sample.values) for sample in samples}
        return Text(", ".join(f"{name} {value:g}" for name, value in values.items()), style="dim")
    report = _REPORT.match(text)
    if not report:
        return Text(text, style="red" if text.startswith("[ERROR]") or "Task timed out" in text else "")
    init = _INIT.search(text)
    started = f", after a start of {float(init['ms']):,.0f} ms" if init else ""
    return Text(f"done in {float(report['ms']):,.0f} ms{started}", style="dim")
