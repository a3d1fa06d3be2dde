"""Verify an erasure from the objects alone. This program is independent: it uses nothing of the project.

::

    python docs/verify_erasure.py --bucket LAKE --results RESULTS --report erasure/RUN/report.json
    python docs/verify_erasure.py … --value-file FILE --key-file FILE --column user_id

It needs boto3 and pyarrow, and the right to list and read all versions of both buckets. Without a value it compares the
buckets with the report. With the plain value (in a file, or ``-`` for standard input) it also reads every version of
every object, decodes it, and looks for the value. With the subjects' key it checks that the report is about this value.
Each finding is a line of standard output; the exit status is 1 if there are any. Notes are on standard error.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import datetime as dt
import hashlib
import hmac
import io
import json
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_to_bytes

import boto3
import pyarrow as pa
import pyarrow.parquet as pq

_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_GZIP: Final = b"\x1f\x8b"
_AVRO: Final = b"Obj\x01"
_PARQUET: Final = b"PAR1"
_PACKED: Final = (_ZSTD, _GZIP, _AVRO, _PARQUET)
_DEEPEST: Final = 4
"""Layers that are taken off one after the other, e.g. base64, in it zstd, in it JSON, in it base64."""
_THREADS: Final = 8
_DIGEST_BYTES: Final = 16
_BOUND_LENGTH: Final = 16
"""Iceberg cuts the bounds of text to so many characters."""
_LOOSE_LENGTH: Final = 6
"""A value of so many bytes is looked for anywhere in binary files, a shorter one only as a word."""


# ---------------------------------------------------------------------------------------------------- the value


class Needle:
    """What is looked for: the value as a word in text, and as bytes in binary files."""

    def __init__(self, value: str) -> None:
        self.value = value.encode()
        self._plain = self.value.replace(b"\\", b"").replace(b'""', b'"')
        forms = b"|".join(re.escape(form) for form in {self.value, self._plain})
        self._word = re.compile(rb"(?<![A-Za-z0-9_])(?:" + forms + rb")(?![A-Za-z0-9_])")

    def within(self, content: bytes, *, binary: bool) -> bool:
        """Tell whether bytes have the value."""
        if binary and len(self.value) >= _LOOSE_LENGTH:
            return self.value in content
        if self.value not in content and self._plain not in content:
            return False
        return self._word.search(content) is not None

    def is_bound(self, bound: bytes) -> bool:
        """Tell whether a bound of a column is the value, whole or cut; the last character of an upper one is raised."""
        if bound == self.value:
            return True
        start = self.value.decode()[:_BOUND_LENGTH].encode()
        return len(self.value) > len(start) and (bound == start or bound[:-1] == start[:-1] != b"")


def layers(content: bytes, *, binary: bool = False, depth: int = _DEEPEST) -> Iterator[tuple[bytes, bool]]:
    """Yield bytes, and all that is packed in them; with each, whether it is a binary form.

    Whatever the form says, each is tried by its first bytes: names and types of objects may be wrong.
    """
    binary = binary or content.startswith((_PARQUET, _AVRO))
    yield content, binary
    if not content.startswith(_PACKED):
        yield from ((text, False) for text in _respelt(content))
    if depth:
        for inner, form in _unpacked(content):
            yield from layers(inner, binary=form, depth=depth - 1)


def _unpacked(content: bytes) -> Iterator[tuple[bytes, bool]]:
    if content.startswith(_PARQUET):
        yield from ((column, False) for column in _parquet(content))
    elif content.startswith(_AVRO):
        yield b"\n".join(block for _, block in AvroFile(content).blocks()), True
    elif content.startswith(_GZIP):
        yield _gunzipped(content), False
    elif _ZSTD in content:
        yield _frames(content), False
    else:
        yield from ((run, False) for run in _base64([content, *_respelt(content)]))


def _parquet(content: bytes) -> Iterator[bytes]:
    """Yield each column of each row group as lines of text, and the bounds of the footer."""
    file = pq.ParquetFile(io.BytesIO(content))
    for group in range(file.num_row_groups):
        for name in file.schema_arrow.names:
            values = file.read_row_group(group, columns=[name], use_threads=False).column(0).unique().to_pylist()
            yield b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
        columns = file.metadata.row_group(group)
        known = [columns.column(place).statistics for place in range(columns.num_columns)]
        yield b"\n".join(str(each).encode() for bounds in known if bounds for each in (bounds.min, bounds.max))


def _gunzipped(content: bytes) -> bytes:
    parts = []
    while content.startswith(_GZIP):
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            parts.append(member.decompress(content))
        except zlib.error:
            break
        content = member.unused_data.lstrip(b"\0")
    return b"".join([*parts, content])


def _frames(content: bytes) -> bytes:
    """Return what zstd frames hold, and the text between them; of a damaged one, what can be read."""
    first, *others = [match.start() for match in re.finditer(re.escape(_ZSTD), content)]
    if first == 0 and (whole := _zstd(content)) is not None:
        return whole
    parts = [content[:first]]
    for start, end in zip([first, *others], [*others, len(content)], strict=True):
        whole = _zstd(content[start:end])
        parts.append(_readable(content[start:]) if whole is None else whole)
    return b"\n".join(parts)


def _zstd(content: bytes) -> bytes | None:
    try:
        with pa.CompressedInputStream(pa.BufferReader(content), "zstd") as stream:
            return bytes(stream.read())
    except OSError:
        return None


def _readable(content: bytes) -> bytes:
    parts = []
    try:
        with pa.CompressedInputStream(pa.BufferReader(content), "zstd") as stream:
            while part := stream.read(1024):
                parts.append(part)
    except OSError:
        pass
    return b"".join(parts)


_UNITS = re.compile(rb"(?:\\+u[0-9a-fA-F]{4})+")
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{8,}={0,2}")
_STANDARD = bytes.maketrans(b"-_", b"+/")


def _respelt(content: bytes) -> list[bytes]:
    """Return text without JSON's escapes and CSV's doubled quotes, at whatever depth, and without a URL's."""
    forms = []
    plain = _UNITS.sub(lambda match: _characters(match[0]), content) if b"\\u" in content else content
    plain = plain.replace(b"\\", b"").replace(b'""', b'"')
    if plain != content:
        forms.append(plain)
    if b"%" in plain:
        forms.append(unquote_to_bytes(plain))
    if b"+" in plain:
        forms.append(unquote_to_bytes(plain.replace(b"+", b" ")))
    return forms


def _characters(escapes: bytes) -> bytes:
    units = [int(unit, 16) for unit in re.findall(rb"u([0-9a-fA-F]{4})", escapes)]
    return struct.pack(f">{len(units)}H", *units).decode("utf-16-be", "replace").encode()


def _base64(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what runs of base64 hold: packed ones each for itself, because they are told by their first bytes."""
    readable: list[bytes] = []
    other: list[bytes] = []
    for run in {run for text in texts for run in _RUN.findall(text)}:
        content = _decoded(run)
        if content.startswith((_ZSTD, _GZIP)):
            yield content
        else:
            (readable if _is_text(content) else other).append(content)
    for contents in (readable, other):
        if contents:
            yield b"\n".join(contents)


def _decoded(run: bytes) -> bytes:
    text = run.rstrip(b"=").translate(_STANDARD)
    text = text[: len(text) - 1] if len(text) % 4 == 1 else text
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        return b""


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


# ---------------------------------------------------------------------------------------------------- Avro


class AvroFile:
    """A file of Avro records, such as Iceberg's manifests."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, len(_AVRO)
        self._named: dict[str, Any] = {}
        self._meta = self._map({"type": "map", "values": "bytes"})

    def blocks(self) -> Iterator[tuple[int, bytes]]:
        """Yield how many records each block has, and its bytes, unpacked."""
        codec = self._meta.get("avro.codec", b"null").decode()
        self._at += 16
        while self._at < len(self._content):
            count, size = self._long(), self._long()
            block = self._take(size)
            yield count, _unpack(block, codec)
            self._at += 16

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the records."""
        schema = json.loads(self._meta["avro.schema"])
        for count, block in self.blocks():
            place = self._content, self._at
            self._content, self._at = block, 0
            yield from [self._value(schema) for _ in range(count)]
            self._content, self._at = place

    def _value(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return self._value(schema[self._long()])
        kind = schema["type"] if isinstance(schema, dict) else schema
        if isinstance(kind, (dict, list)):
            return self._value(kind)
        if kind in self._named:
            return self._value(self._named[kind])
        if kind in ("record", "fixed", "enum"):
            self._named[schema["name"]] = schema
        read: dict[str, Callable[[], Any]] = {
            "null": lambda: None,
            "boolean": lambda: self._take(1) == b"\1",
            "int": self._long,
            "long": self._long,
            "float": lambda: struct.unpack("<f", self._take(4))[0],
            "double": lambda: struct.unpack("<d", self._take(8))[0],
            "bytes": lambda: self._take(self._long()),
            "string": lambda: self._take(self._long()).decode(),
            "fixed": lambda: self._take(schema["size"]),
            "enum": lambda: schema["symbols"][self._long()],
            "record": lambda: {field["name"]: self._value(field["type"]) for field in schema["fields"]},
            "array": lambda: [self._value(schema["items"]) for _ in self._counted()],
            "map": lambda: self._map(schema),
        }
        return read[kind]()

    def _map(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {self._value("string"): self._value(schema["values"]) for _ in self._counted()}

    def _counted(self) -> Iterator[None]:
        while count := self._long():
            if count < 0:
                count = -count
                self._long()
            for _ in range(count):
                yield None

    def _long(self) -> int:
        number = shift = 0
        while True:
            byte = self._content[self._at]
            self._at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return (number >> 1) ^ -(number & 1)

    def _take(self, size: int) -> bytes:
        taken = self._content[self._at : self._at + size]
        self._at += size
        return taken


def _unpack(block: bytes, codec: str) -> bytes:
    if codec == "deflate":
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(
            block
        )  # some writers leave a part of a checksum behind it
    if codec in ("zstandard", "zstd"):
        return _zstd(block) or b""
    if codec == "null":
        return block
    raise ValueError(f"Avro's codec {codec} is not known here")


def bounds(content: bytes) -> Iterator[bytes]:
    """Yield the lower and upper bounds of all columns of all files that a manifest names, removed ones too."""
    if not content.startswith(_AVRO):
        return
    for record in AvroFile(content).records():
        file = record.get("data_file") or {}
        for kind in ("lower_bounds", "upper_bounds"):
            yield from (each["value"] for each in file.get(kind) or [])
        for summary in record.get("partitions") or []:
            yield from (each for each in (summary.get("lower_bound"), summary.get("upper_bound")) if each)


# ---------------------------------------------------------------------------------------------------- the buckets


class Version(NamedTuple):
    """A version of an object, or a delete marker."""

    bucket: str
    key: str
    id: str
    etag: str
    modified: dt.datetime
    latest: bool
    marker: bool

    def __str__(self) -> str:
        """Return its address."""
        return f"s3://{self.bucket}/{self.key}" + ("" if self.latest else f" version {self.id}")


class Buckets:
    """All versions of all objects of some buckets."""

    def __init__(self, s3: Any, names: Iterable[str]) -> None:
        self._s3 = s3
        self.versions = [version for name in names for version in self._list(name)]
        self._by_key: dict[tuple[str, str], list[Version]] = {}
        for version in self.versions:
            self._by_key.setdefault((version.bucket, version.key), []).append(version)

    def of(self, bucket: str, key: str) -> list[Version]:
        """Return the versions and delete markers of a key."""
        return self._by_key.get((bucket, key), [])

    def current(self, bucket: str, key: str) -> Version | None:
        """Return the object that a key has now."""
        return next((each for each in self.of(bucket, key) if each.latest and not each.marker), None)

    def read(self, version: Version) -> bytes:
        """Return the bytes of a version; those of one that is gone meanwhile are none."""
        which = {} if version.id == "null" else {"VersionId": version.id}
        try:
            answer = self._s3.get_object(Bucket=version.bucket, Key=version.key, **which)
        except self._s3.exceptions.NoSuchKey:
            return b""
        body: bytes = answer["Body"].read()
        return body

    def _list(self, bucket: str) -> Iterator[Version]:
        for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for kind in ("Versions", "DeleteMarkers"):
                for item in page.get(kind, []):
                    etag, marker = item.get("ETag", "").strip('"'), kind == "DeleteMarkers"
                    yield Version(
                        bucket, item["Key"], item["VersionId"], etag, item["LastModified"], item["IsLatest"], marker
                    )


def sha256(content: bytes) -> str:
    """Return the digest of bytes as the report has it."""
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------------------------------------------- the report

_WITHOUT_ROWS: Final = ("erasure/", "balance/", "recoveries/")
"""What the erasure writes itself, the books, and lists of refused rows: counts, names of objects and digests."""
_MAY_COME_LATER: Final = ("raw/", "firehose-errors/")
"""Where events of a suppressed subject still arrive; they go no further."""


class Verification:
    """Findings on one report.

    Parameters
    ----------
    later
        True: upkeep may have removed or merged files since the run, so that a file of the report may be gone.
    """

    def __init__(self, buckets: Buckets, lake: str, report: dict[str, Any], *, later: bool = False) -> None:
        self._buckets = buckets
        self._lake = lake
        self._report = report
        self._later = later
        self._finished = dt.datetime.fromisoformat(report["finished_at"])
        self._touched: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for touched in report.get("touched", []):
            self._touched.setdefault((touched["bucket"], touched["key"]), []).append(touched)

    def __call__(self) -> Iterator[str]:
        """Yield what is not as the report says."""
        for place, touched in self._touched.items():
            yield from self._of_object(*place, touched)
        for prefix in self._report.get("prefixes", []):
            yield from self._of_prefix(prefix)
        yield from self._never_searched()
        for table in self._report.get("tables", []):
            yield from self._of_table(table)
        yield from self._of_digests()

    def notes(self) -> Iterator[str]:
        """Yield what the report itself leaves open."""
        for each in self._report.get("unsearched", []):
            yield f"s3://{each['bucket']}/{each['key']} was not searched: {each['why']}"
        for prefix in self._report.get("prefixes", []):
            if (old := prefix["versions"] - prefix["objects"]) > 0:
                yield f"{prefix['prefix']} had {old} old versions or markers: only a search for the value reads them"
        yield from self._report.get("notes", [])

    def is_older(self, version: Version) -> bool:
        """Tell whether a version is surely from before the end of the run: S3 tells times in whole seconds."""
        return version.modified < self._finished.replace(microsecond=0)

    # ------------------------------------------------------------------------------------------------ objects

    def _of_object(self, bucket: str, key: str, touched: Sequence[dict[str, Any]]) -> Iterator[str]:
        there = [each for each in self._buckets.of(bucket, key) if not self._later or self.is_older(each)]
        name = f"s3://{bucket}/{key}"
        deleted = {version for each in touched for version in each.get("versions", [])}
        yield from (f"{each} was to be deleted" for each in there if each.id in deleted and each.id != "null")
        before = {each["before"] for each in touched if each.get("before")}
        after = [each["after"] for each in touched if each["action"] == "rewritten" and each.get("after")]
        if after:
            last = next((each for each in reversed(after) if each not in before), after[-1])
            yield from self._rewritten(name, there, last)
        elif any(each["action"] == "replaced" or not each.get("versions") for each in touched):
            yield from (f"{each} was to be deleted" for each in there if each.id not in deleted or each.id == "null")
        else:
            contents = ((each, sha256(self._buckets.read(each))) for each in there if not each.marker)
            yield from (f"{each} has the content that was to be deleted" for each, now in contents if now in before)
        for each in touched:
            if each.get("by"):
                yield from self._replacement(bucket, each["by"], each["after"])

    def _rewritten(self, name: str, there: Sequence[Version], sha: str) -> Iterator[str]:
        contents = [each for each in there if not each.marker]
        if not contents and not self._later:
            yield f"{name} is gone: it was to be rewritten"
        if len(contents) > 1:
            yield f"{name} has {len(contents)} versions"
        for version in contents:
            if sha256(self._buckets.read(version)) != sha:
                yield f"{version} has another content than the report says"

    def _replacement(self, bucket: str, key: str, sha: str | None) -> Iterator[str]:
        if (bucket, key) in self._touched:
            return
        now = self._buckets.current(bucket, key)
        if now is None:
            if not self._later:
                yield f"s3://{bucket}/{key} is gone: it has the other rows of a file that was replaced"
        elif sha and sha256(self._buckets.read(now)) != sha:
            yield f"{now} has another content than the report says"

    def _of_prefix(self, prefix: dict[str, Any]) -> Iterator[str]:
        mine = [
            each
            for each in self._buckets.versions
            if each.bucket == prefix["bucket"] and each.key.startswith(prefix["prefix"])
        ]
        older = [each for each in mine if self.is_older(each)]
        if len(older) > prefix["versions"]:
            more = len(older) - prefix["versions"]
            yield f"{prefix['prefix']} has {more} versions of before the end of the run that the report lacks"
        if not self._later and not self._has_digest(mine, prefix):
            yield f"{prefix['prefix']} has other objects than the report says"

    def _has_digest(self, mine: Sequence[Version], prefix: dict[str, Any]) -> bool:
        """Tell whether the objects are those of the report; it listed them at some moment after the end of the run."""
        current = [each for each in mine if each.latest and not each.marker]
        times = sorted({each.modified for each in current if not self.is_older(each)})
        cuts = [self._finished.replace(microsecond=0) - dt.timedelta(microseconds=1), *times]
        return any(_digest(each for each in current if each.modified <= cut) == prefix["digest"] for cut in cuts)

    def _second_pass(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self._report["second_pass_at"]).replace(microsecond=0)

    def _never_searched(self) -> Iterator[str]:
        prefixes = [(each["bucket"], each["prefix"]) for each in self._report.get("prefixes", [])]
        for version in self._buckets.versions:
            covered = any(version.bucket == bucket and version.key.startswith(prefix) for bucket, prefix in prefixes)
            own = version.bucket == self._lake and version.key.startswith(_WITHOUT_ROWS)
            if self.is_older(version) and not (covered or own or version.marker):
                yield f"{version} is older than the end of the run, and was not searched"

    def _of_digests(self) -> Iterator[str]:
        digests = {bytes.fromhex(each) for each in self._report["digests"]}
        for version in self._buckets.versions:
            if version.key.startswith("subjects/") and not version.marker and self.is_older(version):
                content = self._buckets.read(version)
                if digests & {content[at : at + _DIGEST_BYTES] for at in range(0, len(content), _DIGEST_BYTES)}:
                    yield f"{version} has the digest of a subject"

    # ------------------------------------------------------------------------------------------------ tables

    def _of_table(self, table: dict[str, Any]) -> Iterator[str]:
        metadata = self._metadata(f"warm/{table['table']}/metadata/")
        if metadata is None:
            yield f"warm/{table['table']} has no metadata"
            return
        fence = int(metadata.get("properties", {}).get("thermocline.fence", 0))
        if fence < table["token"]:
            yield f"{table['table']}: its fence is {fence}, below the erasure's token {table['token']}"
        snapshots = metadata.get("snapshots", [])
        own = [each for each in snapshots if each.get("summary", {}).get("thermocline.token") == str(table["token"])]
        since = min((each["timestamp-ms"] for each in own), default=self._second_pass().timestamp() * 1000)
        if any(each["timestamp-ms"] < since for each in snapshots):
            yield f"{table['table']} has a snapshot from before the erasure's commit"
        expired = set(table.get("expired", []))
        yield from (f"{table['table']} has snapshot {each['snapshot-id']}, which was to be expired"
                    for each in snapshots if each["snapshot-id"] in expired)  # fmt: skip
        for snapshot in snapshots:
            yield from self._of_snapshot(table["table"], snapshot["manifest-list"])

    def _metadata(self, prefix: str) -> dict[str, Any] | None:
        """Return the newest metadata below a prefix: Glue has their address, and this program has no Glue."""
        files = [
            json.loads(self._buckets.read(each))
            for each in self._buckets.versions
            if each.bucket == self._lake and each.key.startswith(prefix) and each.key.endswith(".metadata.json")
            and each.latest and not each.marker
        ]  # fmt: skip
        return max(files, key=lambda each: each["last-updated-ms"], default=None)

    def _of_snapshot(self, table: str, manifest_list: str) -> Iterator[str]:
        gone = {key for (bucket, key), touched in self._touched.items()
                if bucket == self._lake and any(each["action"] == "replaced" for each in touched)}  # fmt: skip
        for key in self._named(manifest_list):
            if key in gone:
                yield f"{table} names {key}, which was replaced"
            elif self._buckets.current(self._lake, key) is None:
                yield f"{table} names {key}, which is not there"

    def _named(self, manifest_list: str) -> Iterator[str]:
        """Yield the keys of all objects of a snapshot."""
        yield _key(manifest_list)
        for manifest in self._records(_key(manifest_list)):
            yield _key(manifest["manifest_path"])
            for entry in self._records(_key(manifest["manifest_path"])):
                if entry["status"] != 2:
                    yield _key(entry["data_file"]["file_path"])

    def _records(self, key: str) -> Iterator[dict[str, Any]]:
        version = self._buckets.current(self._lake, key)
        content = self._buckets.read(version) if version else b""
        return AvroFile(content).records() if content else iter(())


def _digest(objects: Iterable[Version]) -> str:
    lines = (f"{each.key}\x1f{each.etag}\n" for each in sorted(objects, key=lambda each: each.key.encode()))
    return sha256("".join(lines).encode())


def _key(location: str) -> str:
    return location.partition("://")[2].partition("/")[2]


def about(report: dict[str, Any], value: str, key: str, columns: Iterable[str]) -> Iterator[str]:
    """Yield a finding if the report is not about a value under one of the columns."""
    texts = (f"{column}\x1f{value}" for column in columns)
    digests = {hmac.new(key.encode(), text.encode(), "sha256").hexdigest()[: 2 * _DIGEST_BYTES] for text in texts}
    if not digests & set(report["digests"]):
        yield "the report is about other subjects than this value"


# ---------------------------------------------------------------------------------------------------- the search


def search(buckets: Buckets, needle: Needle, verification: Verification) -> Iterator[tuple[bool, str]]:
    """Yield the versions that have the value; with each, whether that is a finding or to be expected."""
    versions = [each for each in buckets.versions if not each.marker]
    with ThreadPoolExecutor(_THREADS) as pool:
        for version, why in zip(versions, pool.map(lambda each: _why(buckets, each, needle), versions), strict=True):
            if why:
                late = version.key.startswith(_MAY_COME_LATER) and not verification.is_older(version)
                yield not late, f"{version} {why}" + (", and came after the run" if late else "")


def _why(buckets: Buckets, version: Version, needle: Needle) -> str:
    if needle.within(version.key.encode(), binary=False):
        return "has the value in its name"
    content = buckets.read(version)
    try:
        if any(needle.within(part, binary=binary) for part, binary in layers(content)):
            return "has the value"
        return "has the value as a bound of a column" if any(map(needle.is_bound, bounds(content))) else ""
    except Exception as error:  # noqa: BLE001  (whatever is wrong with it: nobody knows what it holds)
        return f"cannot be read: {type(error).__name__}"


# ---------------------------------------------------------------------------------------------------- the program


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings, and return the exit status."""
    asked = _parser().parse_args(arguments)
    s3 = boto3.client("s3", endpoint_url=asked.endpoint_url)
    report = json.loads(s3.get_object(Bucket=asked.bucket, Key=asked.report)["Body"].read())
    buckets = Buckets(s3, [asked.bucket, *([asked.results] if asked.results else [])])
    verification = Verification(buckets, asked.bucket, report, later=asked.later)
    findings = 0
    for note in verification.notes():
        print(f"note: {note}", file=sys.stderr)
    for finding in verification():
        print(finding)
        findings += 1
    for value in _values(asked.value_file):
        if asked.key_file:
            for finding in about(report, value, Path(asked.key_file).read_text().strip(), asked.column):
                print(finding)
                findings += 1
        for is_finding, text in search(buckets, Needle(value), verification):
            print(text if is_finding else f"note: {text}", file=sys.stdout if is_finding else sys.stderr)
            findings += is_finding
    print(f"{len(buckets.versions)} versions of objects, {findings} findings", file=sys.stderr)
    return 1 if findings else 0


def _values(file: str | None) -> list[str]:
    if file is None:
        return []
    text = sys.stdin.read() if file == "-" else Path(file).read_text()
    return [line for line in text.splitlines() if line]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bucket", required=True, help="the lake's bucket")
    parser.add_argument("--results", help="the bucket of Athena's results")
    parser.add_argument("--report", required=True, help="key of the report")
    parser.add_argument("--value-file", help="file with the plain values, one per line; - is standard input")
    parser.add_argument("--key-file", help="file with the subjects' key; needs --value-file and --column")
    parser.add_argument("--column", action="append", default=[], help="erasure key that the value is of; repeat it")
    parser.add_argument("--later", action="store_true", help="upkeep has run since: files may be merged or gone")
    parser.add_argument("--endpoint-url", help="of S3, for an emulator")
    return parser


if __name__ == "__main__":
    sys.exit(main())
