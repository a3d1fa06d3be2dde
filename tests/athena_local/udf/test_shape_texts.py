"""Well-known text, GeoJSON and polylines, as Trino 476 wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.shape_texts import (
    computed_text,
    from_geojson,
    from_polyline,
    geojson_of,
    number_text,
    polyline_of,
    text_of,
)
from athena_local.udf.shapes import LINE, POINTS, POLYGON, Shape, point, several

SQUARE = Shape(kind=POLYGON, rings=(((0, 0), (0, 2), (2, 2), (2, 0), (0, 0)),))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1, "0.1"),
        (2.0, "2"),
        (-0.0, "-0"),
        (1e-7, "1.0000000000000000e-07"),
        (1e20, "1.0000000000000000e+20"),
        (123456789.123456789, "123456789.12345679"),
    ],
)
def test_number(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back(number: float) -> None:
    assert float(number_text(number)) == number


def test_a_polygon_turns_left() -> None:
    assert text_of(SQUARE) == "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))"


def test_a_computed_polygon_has_no_text() -> None:
    with pytest.raises(QueryError, match="computed"):
        computed_text(SQUARE)


def test_computed_points_are_in_order() -> None:
    assert computed_text(several(POINTS, [point((2, 2)), point((1, 1))])) == "MULTIPOINT ((1 1), (2 2))"


def test_geojson() -> None:
    text = geojson_of(SQUARE)
    assert text.startswith('{"type":"Polygon","coordinates":[[[0.0,0.0],[0.0,2],[2,2],[2,0.0],[0.0,0.0]]],"crs"')
    assert from_geojson(text) == SQUARE


def test_no_geojson_is_refused() -> None:
    with pytest.raises(QueryError, match="Invalid GeoJSON: x"):
        from_geojson("x")


PLACES = st.tuples(st.integers(-18_000_000, 18_000_000), st.integers(-9_000_000, 9_000_000))


@given(st.lists(PLACES.map(lambda pair: (pair[0] / 1e5, pair[1] / 1e5)), min_size=2))
def test_a_polyline_is_read_back(places: list[tuple[float, float]]) -> None:
    line = Shape(kind=LINE, rings=(tuple(places),))
    assert from_polyline(polyline_of(line)) == line


def test_polyline() -> None:
    line = Shape(kind=LINE, rings=(((-120.2, 38.5), (-120.95, 40.7)),))
    assert polyline_of(line) == "_p~iF~ps|U_ulLnnqC"


@pytest.mark.parametrize("text", ["x", "_p~iF"])
def test_half_a_polyline_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="out of bounds"):
        from_polyline(text)
