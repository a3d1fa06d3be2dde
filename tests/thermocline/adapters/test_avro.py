"""Avro files are read as pyiceberg's own reader and writer have them."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import pytest

from thermocline.adapters.avro import avro_rows
from thermocline.errors import ConfigurationError
from thermocline.events.frames import zstd

SCHEMA = {
    "type": "record",
    "name": "row",
    "fields": [
        {"name": "number", "type": "long"},
        {"name": "text", "type": ["null", "string"]},
        {"name": "flag", "type": "boolean"},
        {"name": "share", "type": "double"},
        {"name": "small", "type": "float"},
        {"name": "id", "type": {"type": "fixed", "name": "four", "size": 4}},
        {"name": "other_id", "type": "four"},
        {"name": "names", "type": {"type": "map", "values": "int"}},
        {"name": "bounds", "type": {"type": "array", "items": {
            "type": "record", "name": "bound",
            "fields": [{"name": "key", "type": "int"}, {"name": "value", "type": "bytes"}],
        }}},
    ],
}  # fmt: skip
ROW = {
    "number": -300,
    "text": "ä",
    "flag": True,
    "share": 0.5,
    "small": 0.25,
    "id": b"abcd",
    "other_id": b"efgh",
    "names": {"a": 1},
    "bounds": [{"key": 3, "value": b"\x00x"}, {"key": 4, "value": b""}],
}


def number(value: int) -> bytes:
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def text(value: bytes) -> bytes:
    return number(len(value)) + value


def encoded(row: dict[str, Any], *, block_sizes: bool) -> bytes:
    bounds = b"".join(number(each["key"]) + text(each["value"]) for each in row["bounds"])
    count = number(-2) + number(len(bounds)) if block_sizes else number(2)
    return b"".join([
        number(row["number"]), number(1), text(row["text"].encode()), b"\1", struct.pack("<d", row["share"]),
        struct.pack("<f", row["small"]), row["id"], row["other_id"],
        number(1), text(b"a"), number(1), number(0), count, bounds, number(0),
    ])  # fmt: skip


def file(codec: str, packed: bytes, rows: int) -> bytes:
    described = {"avro.schema": json.dumps(SCHEMA).encode(), "avro.codec": codec.encode()}
    pairs = b"".join(text(key.encode()) + text(value) for key, value in described.items())
    sync = bytes(range(16))
    return b"Obj\x01" + number(2) + pairs + number(0) + sync + number(rows) + text(packed) + sync


def deflated(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize("block_sizes", [False, True])
@pytest.mark.parametrize(("codec", "pack"), [("null", bytes), ("deflate", deflated), ("zstandard", zstd.compress)])
def test_rows_of_every_type_and_codec_are_read(codec: str, pack: Any, block_sizes: bool) -> None:
    data = encoded(ROW, block_sizes=block_sizes) * 2
    assert list(avro_rows(file(codec, pack(data), 2))) == [ROW, ROW]


def test_another_codec_says_what_to_set() -> None:
    with pytest.raises(ConfigurationError, match=r"write\.avro\.compression-codec of the table to gzip: snappy"):
        list(avro_rows(file("snappy", b"", 0)))


def test_other_bytes_are_no_avro_file() -> None:
    with pytest.raises(ValueError, match="no Avro file"):
        list(avro_rows(b"PAR1" * 9))
