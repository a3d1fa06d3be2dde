"""``python -m checks.minutes report.xml``: prints docs/tests.md's table from pytest's ``--junitxml=report.xml``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

# Folders whose modules differ so much that each is a suite of its own.
_BY_MODULE = {"athena_local", "e2e", "offline", "thermocline"}


def suite(classname: str) -> str:
    """Return the suite of a test: a folder of tests/, or a module of one."""
    _, folder, *rest = classname.split(".")
    return f"{folder}/{rest[0]}" if folder in _BY_MODULE and rest else folder


def table(cases: Iterable[tuple[str, float]]) -> Iterator[str]:
    """Yield the lines of the table, the longest suite first, from each test's class name and seconds."""
    seconds: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for classname, duration in cases:
        seconds[suite(classname)] += duration  # type: ignore[assignment]
        tests[suite(classname)] += 1
    yield "| suite | tests | minutes |"
    yield "|---|---|---|"
    for name, total in seconds.most_common():
        yield f"| {name} | {tests[name]} | {total / 60:.1f} |"
    yield f"| all, one after the other | {sum(tests.values())} | {sum(seconds.values()) / 60:.1f} |"


def main(argv: list[str]) -> None:
    """Print the table of a report."""
    root = ET.fromstring(Path(argv[0]).read_text())  # noqa: S314 - pytest's own
    for line in table((case.get("classname", ""), float(case.get("time", 0))) for case in root.iter("testcase")):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
