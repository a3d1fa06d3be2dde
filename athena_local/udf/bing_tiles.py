"""Bing tiles, each as its quadkey: one digit per level of zoom."""

import math
from typing import Final

from athena_local.errors import QueryError
from athena_local.udf.shapes import POLYGON, Shape

_LEVELS: Final = 23
_LATITUDE: Final = 85.05112878
_PIXELS: Final = 256


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _check_zoom(zoom: int) -> None:
    if not 0 <= zoom <= _LEVELS:
        raise _invalid(f"Zoom level must be {'<= 23' if zoom > 0 else '>= 0'}")


def tile(x: int, y: int, zoom: int) -> str:
    """Return the tile of a column and a row."""
    _check_zoom(zoom)
    for number in (x, y):
        if not 0 <= number < 2**zoom:
            raise _invalid(f"XY coordinates for a Bing tile at zoom level {zoom} must be within [0, {2**zoom}) range")
    return "".join(str((x >> level & 1) + 2 * (y >> level & 1)) for level in reversed(range(zoom)))


def named(quadkey: str) -> str:
    """Return the tile of a quadkey."""
    if len(quadkey) > _LEVELS or set(quadkey) - set("0123"):
        raise _invalid(f"Invalid QuadKey digit sequence: {quadkey}")
    return quadkey


def column_and_row(quadkey: str) -> tuple[int, int]:
    """Return a tile's column and row."""
    x = int("".join(str(int(digit) & 1) for digit in quadkey) or "0", 2)
    y = int("".join(str(int(digit) >> 1) for digit in quadkey) or "0", 2)
    return x, y


def at(latitude: float, longitude: float, zoom: int) -> str:
    """Return the tile of a place."""
    _check_place(latitude, longitude)
    _check_zoom(zoom)
    return _at(latitude, longitude, zoom)


def _check_place(latitude: float, longitude: float) -> None:
    if not -_LATITUDE <= latitude <= _LATITUDE:
        raise _invalid("Latitude must be between -85.05112878 and 85.05112878")
    if not -180 <= longitude <= 180:
        raise _invalid("Longitude must be between -180.0 and 180.0")


def _at(latitude: float, longitude: float, zoom: int) -> str:
    size = _PIXELS << zoom
    sine = math.sin(latitude * math.pi / 180)
    across = (longitude + 180) / 360
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    x, y = (math.floor(min(max(part * size, 0), size - 1)) // _PIXELS for part in (across, down))
    return tile(x, y, zoom)


def around(latitude: float, longitude: float, zoom: int) -> list[str]:
    """Return the tile of a place and those beside it, column by column."""
    x, y = column_and_row(at(latitude, longitude, zoom))
    last = 2**zoom - 1
    columns = range(max(x - 1, 0), min(x + 1, last) + 1)
    rows = range(max(y - 1, 0), min(y + 1, last) + 1)
    return [tile(column, row, zoom) for column in columns for row in rows]


def polygon(quadkey: str) -> Shape:
    """Return the rectangle that a tile covers."""
    x, y = column_and_row(quadkey)
    west, north = _corner(x, y, len(quadkey))
    east, south = _corner(x + 1, y + 1, len(quadkey))
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Shape(kind=POLYGON, rings=(ring,))


def _corner(x: int, y: int, zoom: int) -> tuple[float, float]:
    size = _PIXELS << zoom
    across = min(x * _PIXELS, size) / size - 0.5
    down = 0.5 - min(y * _PIXELS, size) / size
    return 360 * across, 90 - 360 * math.atan(math.exp(-down * 2 * math.pi)) / math.pi
