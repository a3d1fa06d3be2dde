"""Geospatial functions, where the `spatial` extension is installed."""

from collections.abc import Callable

import pytest

from athena_local.errors import QueryError
from athena_local.udf import geospatial

Ask = Callable[[str], list[list[str | None]]]

SQUARE = "ST_Polygon('POLYGON ((0 0, 0 3, 3 3, 3 0, 0 0))')"
ANSWERS = {
    "ST_AsText(ST_Point(1.5, -2))": "POINT (1.5 -2)",
    f"ST_Area({SQUARE})": "9.0",
    f"ST_Contains({SQUARE}, ST_Point(1, 1))": "true",
    f"ST_Contains({SQUARE}, ST_Point(0, 0))": "false",
    f"ST_GeometryType({SQUARE})": "ST_Polygon",
    "ST_Distance(ST_Point(0, 0), ST_Point(3, 4))": "5.0",
    "ST_Distance(ST_GeometryFromText('POINT EMPTY'), ST_Point(3, 4))": None,
    "ST_X(ST_Point(7, 8))": "7.0",
    "bing_tile_zoom_level(bing_tile('1231'))": "4",
    "round(ST_Area(ST_Buffer(ST_Point(0, 0), 1)), 9)": "3.139350203",
}
ERRORS = {
    f"ST_AsText({SQUARE})": "NOT_SUPPORTED",
    f"ST_X({SQUARE})": "INVALID_FUNCTION_ARGUMENT",
    f"ST_Length({SQUARE})": "INVALID_FUNCTION_ARGUMENT",
    "ST_GeometryFromText('nonsense')": "INVALID_FUNCTION_ARGUMENT",
    "ST_Transform(ST_Point(1, 2))": "FUNCTION_NOT_FOUND",
    f"ST_Buffer({SQUARE}, 1)": "NOT_SUPPORTED",
    "ST_PointN(ST_Point(1, 1), 1)": "INVALID_FUNCTION_ARGUMENT",
    "ST_LineString(ARRAY[ST_Point(1, 2), ST_Point(1, 2)])": "INVALID_FUNCTION_ARGUMENT",
    "line_interpolate_point(ST_GeometryFromText('LINESTRING (0 0, 2 2)'), 2e0)": "INVALID_FUNCTION_ARGUMENT",
}
installed = pytest.mark.skipif(geospatial.extension() is None, reason="the extension is not installed")


@installed
@pytest.mark.parametrize("expression", ANSWERS)
def test_expression(ask: Ask, expression: str) -> None:
    assert ask(f"SELECT {expression}") == [[ANSWERS[expression]]]


@installed
@pytest.mark.parametrize("expression", ERRORS)
def test_error(ask_or_name: Ask, expression: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask_or_name(f"SELECT {expression}")
    assert caught.value.name == ERRORS[expression]


def test_without_the_extension_nothing_answers() -> None:
    assert bool(geospatial.macro_names()) == (geospatial.extension() is not None)


def test_distance_on_a_sphere(ask: Ask) -> None:
    assert ask("SELECT round(great_circle_distance(36.12, -86.67, 33.94, -118.40), 6)") == [["2886.448973"]]
