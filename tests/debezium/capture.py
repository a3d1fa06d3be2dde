"""Runs Debezium engines, all in one Java process, and writes their messages as a forwarder would post them.

``python -m tests.debezium.capture CONFIGURATION``: a JSON object of properties by output file. It runs until it is
terminated. Each line is ``{"topic": …, "key": …, "value": …}``.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec


def main(configuration: Path) -> None:
    """Run every engine that a file configures."""
    for output, properties in msgspec.json.decode(configuration.read_bytes()).items():
        threading.Thread(target=_engine(properties, Path(output))).start()


def _engine(properties: dict[str, str], output: Path) -> Callable[[], None]:
    from pydbzengine import BasePythonChangeHandler, DebeziumJsonEngine

    class Writer(BasePythonChangeHandler):  # type: ignore[misc]
        def handleJsonBatch(self, records: Any) -> None:  # noqa: N802 - Java's name
            with output.open("ab") as lines:
                lines.writelines(map(_line, records))

    # The first one starts Java, which only one thread may do.
    engine = DebeziumJsonEngine(properties=properties, handler=Writer())
    assert engine.consumer
    return engine.run  # type: ignore[no-any-return]


def _line(record: Any) -> bytes:
    parts = {"key": record.key(), "value": record.value()}
    members = {"topic": msgspec.json.encode(str(record.destination()))} | {
        name: b"null" if part is None else str(part).encode() for name, part in parts.items()
    }
    return msgspec.json.encode({name: msgspec.Raw(json) for name, json in members.items()}) + b"\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
