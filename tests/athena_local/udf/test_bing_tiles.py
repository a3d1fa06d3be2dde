"""Bing tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.udf.bing_tiles import around, at, column_and_row, named, polygon, tile

ZOOMS = st.integers(0, 23)


@given(ZOOMS.flatmap(lambda zoom: st.tuples(*[st.integers(0, 2**zoom - 1)] * 2, st.just(zoom))))
def test_column_and_row_of_a_tile(place: tuple[int, int, int]) -> None:
    assert column_and_row(tile(*place)) == place[:2]


@given(st.floats(-85, 85), st.floats(-180, 180), ZOOMS)
def test_a_place_lies_in_its_tile(latitude: float, longitude: float, zoom: int) -> None:
    across, down = zip(*polygon(at(latitude, longitude, zoom)).positions, strict=True)
    assert min(across) - 1e-9 <= longitude <= max(across) + 1e-9
    assert min(down) - 1e-9 <= latitude <= max(down) + 1e-9


def test_tiles_around_are_in_columns() -> None:
    assert around(0, 0, 1) == ["0", "2", "1", "3"]


def test_a_corner() -> None:
    assert polygon("0").positions[2] == (0, 85.05112877980659)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: tile(8, 1, 3), r"must be within \[0, 8\) range"),
        (lambda: tile(1, 1, 24), "Zoom level must be <= 23"),
        (lambda: at(86, 0, 1), "Latitude must be between -85.05112878"),
        (lambda: at(0, 181, 1), "Longitude must be between -180.0 and 180.0"),
        (lambda: named("4"), "Invalid QuadKey digit sequence: 4"),
    ],
)
def test_refused(make: object, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        make()  # type: ignore[operator]
