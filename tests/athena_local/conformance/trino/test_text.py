"""Trino's values as Athena shows them."""

from typing import Any

import pytest

from tests.athena_local.conformance.trino.text import Signature, text


def signature(kind: str, *arguments: Any) -> Signature:
    return {"rawType": kind, "arguments": [{"value": argument} for argument in arguments]}


def field(name: str | None, kind: str) -> dict[str, Any]:
    return {"fieldName": {"name": name} if name else None, "typeSignature": signature(kind)}


BIGINT = signature("bigint")


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (None, BIGINT, None),
        ("5", BIGINT, "5"),
        (True, signature("boolean"), "true"),
        ("1.0E10", signature("double"), "1.0E10"),
        ("Cv8=", signature("varbinary"), "0a ff"),
        (["1", None], signature("array", BIGINT), "[1, null]"),
        ({"a": "1"}, signature("map", signature("varchar"), BIGINT), "{a=1}"),
        (["1", "x"], signature("row", field("n", "bigint"), field(None, "varchar")), "{n=1, field1=x}"),
        ("2024-01-02 03:04:05", signature("timestamp"), "2024-01-02 03:04:05.000"),
        ("2024-01-02 03:04:05.123456", signature("timestamp"), "2024-01-02 03:04:05.123"),
        ("2024-01-02 03:04:05.1235", signature("timestamp"), "2024-01-02 03:04:05.124"),
        ("2024-12-31 23:59:59.9996", signature("timestamp"), "2025-01-01 00:00:00.000"),
        ("2024-01-02 03:04:05 Asia/Tokyo", signature("timestamp with time zone"), "2024-01-02 03:04:05.000 Asia/Tokyo"),
        ("01:02:03.9999", signature("time"), "01:02:04.000"),
        ("01:02:03+02:00", signature("time with time zone"), "01:02:03.000+02:00"),
    ],
)
def test_text(value: Any, type_: Signature, expected: str | None) -> None:
    assert text(value, type_) == expected
