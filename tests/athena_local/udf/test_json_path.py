"""Paths of SQL/JSON."""

import pytest

from athena_local.errors import QueryError
from athena_local.udf.json_path import read_path
from athena_local.udf.json_path_steps import PathError, Scope
from athena_local.udf.json_text import read, write

_DOCUMENT = '{"a": [{"x": 1}, {"x": 5, "y": null}], "b": {"x": -1.5}, "c d": "t"}'


def _found(path: str) -> str:
    is_strict, evaluate = read_path(path)
    return write(evaluate(Scope(root=read(_DOCUMENT), is_strict=is_strict)))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("lax $.a.x", "[1,5]"),
        ("lax $.a[last].x", "[5]"),
        ("lax $.a[0 to 1].x", "[1,5]"),
        ("strict $.a[*].x", "[1,5]"),
        ("lax $.a[7]", "[]"),
        ("lax $..x", "[1,5,-1.5]"),
        ('lax $."c d"', '["t"]'),
        ("lax $.a[*]?(@.x > 2 && @.x < 9).x", "[5]"),
        ("lax $.a[*]?(@.y == null).x", "[5]"),
        ("lax $.b.x.abs() + 1", "[2.5]"),
        ("lax $.a.size()", "[2]"),
        ("lax $.b.type()", '["object"]'),
        ("lax $.z", "[]"),
    ],
)
def test_a_path_finds(path: str, found: str) -> None:
    assert _found(path) == found


@pytest.mark.parametrize("path", ["strict $.z", "strict $.a.x", "strict $.a[7]", "lax $.a + 1"])
def test_a_path_that_does_not_fit_is_an_error(path: str) -> None:
    with pytest.raises(PathError):
        _found(path)


@pytest.mark.parametrize("path", ["$.a", "lax $.a.keyvalue()", "lax $.a[", "lax $.a?(@ like_regex 1)", "lax"])
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(QueryError):
        read_path(path)
