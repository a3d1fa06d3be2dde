"""Spherical geographies: Trino's own numbers, and what holds of any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.shapes import LINE, POLYGON, Shape, point
from athena_local.udf.spheres import area, between, checked, distance, length

PLACES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_distance() -> None:
    assert distance(point((-0.13, 51.5)), point((2.35, 48.85))) == pytest.approx(343493.6164944562, rel=1e-14)


def test_length() -> None:
    assert length(Shape(kind=LINE, rings=(((0, 0), (1, 1)),))) == pytest.approx(157249.6280925079, rel=1e-14)


def test_area() -> None:
    square = Shape(kind=POLYGON, rings=(((0, 0), (0, 1), (1, 1), (1, 0), (0, 0)),))
    assert area(square) == pytest.approx(1.2364036567076416e10, rel=1e-12)


def test_area_around_a_pole() -> None:
    cap = Shape(kind=POLYGON, rings=(((0, 89), (90, 89), (180, 89), (-90, 89), (0, 89)),))
    whole = 4 * math.pi * 6371010.0**2
    assert (area(cap) or whole) < whole / 1000


@given(PLACES, PLACES)
def test_no_distance_is_more_than_half_the_earth(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert 0 <= between(start, end) <= math.pi * 6371010 * (1 + 1e-12)
    assert between(start, end) == pytest.approx(between(end, start), rel=1e-9, abs=1e-3)


def test_longitudes_end_at_180() -> None:
    with pytest.raises(QueryError, match="Longitude must be between -180 and 180"):
        checked(point((200, 0)))


def test_only_points_have_a_distance() -> None:
    with pytest.raises(QueryError, match=r"ST_Distance only applies to POINT. Input type is: LINE_STRING"):
        distance(Shape(kind=LINE, rings=(((0, 0), (1, 1)),)), point((0, 0)))
