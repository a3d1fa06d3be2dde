"""Shapes in well-known binary, and which way a ring turns."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.shapes import LINE, POINT, POLYGON, POLYGONS, Shape, oriented, point, read, several, write

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
POSITIONS = st.tuples(NUMBERS, NUMBERS)
LINES = st.builds(lambda ring: Shape(kind=LINE, rings=(tuple(ring),)), st.lists(POSITIONS, min_size=2))
RINGS = st.lists(st.lists(POSITIONS, min_size=3).map(tuple), min_size=1).map(tuple)
POLYGON_SHAPES = st.builds(lambda rings: Shape(kind=POLYGON, rings=rings), RINGS)
SHAPES = st.one_of(
    POSITIONS.map(point), LINES, POLYGON_SHAPES, st.lists(POLYGON_SHAPES).map(lambda parts: several(POLYGONS, parts))
)


@given(SHAPES)
def test_what_is_written_is_read(shape: Shape) -> None:
    assert read(write(shape)) == shape


def test_an_empty_point_has_no_position() -> None:
    assert read(write(Shape(kind=POINT))) == Shape(kind=POINT)


def test_three_dimensions_are_refused() -> None:
    with pytest.raises(QueryError, match="more than two dimensions"):
        read(struct.pack("<BIddd", 1, 1001, 1, 2, 3))


def test_an_outer_ring_turns_left_and_keeps_its_start() -> None:
    square = ((0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (0.0, 0.0))
    assert oriented(square, outer=True) == tuple(reversed(square))
    assert oriented(square, outer=False) == square
