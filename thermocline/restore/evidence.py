"""What warm and hot files prove of raw objects whose entries are lost.

A raw object that the identities of a generation name was converted, and is in warm: its entry is done, in that
generation, or convert would bring its rows a second time. Its rows of a table that has not promoted the generation yet
are in hot. Each file has all of them, whichever attempt wrote it, because it was written in one call. A raw object that
no identities name brought no row to warm. It is converted anew, into a generation that comes after all others; what it
has in hot is named by no entry, as after any attempt that died.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import msgspec

from thermocline.layout import hot_key, raw_key_digest, stream_of, subjects_key, table_prefix
from thermocline.ledger import Entry, HotFile, new_token
from thermocline.restore.ports import Listing, ParquetCounts, RawLines
from thermocline.streams import QUARANTINE

_READERS = 8

Counts = Mapping[str, int]
"""Rows by raw key."""


class Promoted(msgspec.Struct, frozen=True, kw_only=True):
    """A raw object that warm has rows of: its generation, and rows by table."""

    raw_key: str
    stream: str
    gen: str
    rows: dict[str, int]


class Evidence:
    """Reads what the files of the lake say."""

    def __init__(self, *, listing: Listing, parquet: ParquetCounts, raw: RawLines) -> None:
        self._listing = listing
        self._parquet = parquet
        self._raw = raw

    def promoted(self, indexes: Mapping[str, Mapping[str, str]]) -> Iterator[Promoted]:
        """Yield the raw objects that identities name, once for each of their generations, the oldest first.

        Parameters
        ----------
        indexes
            Keys of identities by table and generation.
        """
        files = [(gen, table, key) for table, index in indexes.items() for gen, key in index.items()]
        by_place: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        with ThreadPoolExecutor(_READERS) as pool:
            for (gen, table, _), counts in zip(files, pool.map(self._sources, (key for *_, key in files)), strict=True):
                for raw_key, count in counts.items():
                    by_place[gen, raw_key][table] = count
        for (gen, raw_key), rows in sorted(by_place.items()):
            stream = stream_of(raw_key) or next(iter(rows))
            yield Promoted(raw_key=raw_key, stream=stream, gen=gen, rows=rows)

    def entry(self, each: Promoted, watermarks: Mapping[str, str], *, suppressing: bool) -> Entry:
        """Return the entry of a raw object that warm has rows of."""
        files = [file for table in {each.stream, QUARANTINE} if (file := self._file(each, table, watermarks[table]))]
        rows = sum(file.rows for file in files)
        lines = self._lines(each.raw_key)
        lines = rows if lines is None or lines < rows else lines
        return Entry(
            raw_key=each.raw_key,
            stream=each.stream,
            gen=each.gen,
            status="done",
            token=new_token(),
            # Without a list nothing was suppressed: then lines that are nowhere must not pass for it.
            suppressed=lines - rows if suppressing else 0,
            lines=lines,
            files=tuple(sorted(files, key=lambda file: file.key)),
            subjects=self._subjects(each),
        )

    def _subjects(self, each: Promoted) -> str | None:
        """Return the key of the object's digests, which any attempt has written alike; None: nobody knows."""
        prefix = subjects_key(each.stream, each.gen, each.raw_key, "").removesuffix(".bin")
        return next((listed.key for listed in self._listing.list(prefix)), None)

    def _sources(self, key: str) -> Counts:
        return {str(source): rows for (source,), rows in self._parquet.count(key, "_src").items()}

    def _file(self, each: Promoted, table: str, watermark: str) -> HotFile | None:
        prefix = f"{table_prefix(table)}gen={each.gen}/{raw_key_digest(each.raw_key)}-"
        there = list(self._listing.list(prefix))
        in_warm = table in each.rows
        if not in_warm and (each.gen < watermark or not there):
            return None
        # One that was cleaned is named as it may have been: nobody reads it any more.
        key = there[-1].key if there else hot_key(table, each.raw_key, each.gen, new_token())
        rows = each.rows[table] if in_warm else self._parquet.rows(key)
        return HotFile(table=table, key=key, rows=rows, bytes=there[-1].bytes if there else 0)

    def _lines(self, raw_key: str) -> int | None:
        try:
            return self._raw.lines(raw_key)
        except FileNotFoundError:
            return None
