"""A finished result on disk, and as the text of its object in S3."""

import json
from collections.abc import Iterable
from pathlib import Path

from athena_local.tables.types import Row


def csv_line(row: Row) -> str:
    """Return one line as Athena writes it: every value quoted, NULL as nothing."""
    return ",".join("" if value is None else '"' + value.replace('"', '""') + '"' for value in row) + "\n"


def _tabbed(row: Row) -> str:
    return "\t".join(value or "" for value in row)


class ResultFile:
    """A finished result on disk: one JSON array per line, so that a page starts at a byte offset."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, rows: Iterable[Row], *, text: Path, header: Row | None, quoted: bool) -> int:
        """Write rows here, and as the text of the result's object; return how many.

        Parameters
        ----------
        text
            Where that text goes.
        header
            Its first line; None for no header.
        quoted
            Whether it is CSV; otherwise tabs separate its values, and nothing ends its last line, as of Athena's SHOW.
        """
        count = 0
        with self._path.open("w", encoding="utf-8") as pages, text.open("w", encoding="utf-8", newline="") as lines:
            if header is not None:
                lines.write(csv_line(header) if quoted else _tabbed(header))
            for row in rows:
                pages.write(json.dumps(row, ensure_ascii=False) + "\n")
                between = "\n" if count or header is not None else ""
                lines.write(csv_line(row) if quoted else between + _tabbed(row))
                count += 1
        return count

    def page(self, offset: int, size: int) -> tuple[list[Row], int]:
        """Return up to `size` rows from a byte offset, and the offset behind them.

        Raises
        ------
        ValueError
            No row begins or ends at the offset.
        """
        with self._path.open("rb") as pages:
            if offset:
                pages.seek(offset - 1)
                if pages.read(1) != b"\n":
                    raise ValueError(f"no row begins at {offset}")
            rows: list[Row] = []
            while len(rows) < size and (line := pages.readline()):
                rows.append(json.loads(line))
            return rows, pages.tell()

    def remove(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)
