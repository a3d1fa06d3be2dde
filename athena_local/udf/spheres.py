"""Areas, lengths and distances on a sphere, as Trino computes them."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from athena_local.errors import QueryError
from athena_local.udf.shapes import LINE, LINES, POINT, POLYGON, POLYGONS, Position, Shape

_RADIUS: Final = 6371010.0  # metres
_TURN: Final = 2 * math.pi


def checked(shape: Shape) -> Shape:
    """Return a shape whose positions are longitudes and latitudes."""
    for x, y in shape.positions:
        if not -180 <= x <= 180:
            raise _invalid("Longitude must be between -180 and 180")
        if not -90 <= y <= 90:
            raise _invalid("Latitude must be between -90 and 90")
    return shape


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _only(shape: Shape, kinds: Sequence[int], name: str) -> None:
    if shape.kind not in kinds:
        allowed = {POINT: "POINT", LINE: "LINE_STRING", LINES: "MULTI_LINE_STRING", POLYGON: "POLYGON",
                   POLYGONS: "MULTI_POLYGON"}  # fmt: skip
        given = allowed.get(shape.kind, shape.name.replace("MULTI", "MULTI_"))
        raise _invalid(f"{name} only applies to {' or '.join(allowed[kind] for kind in kinds)}. Input type is: {given}")


def distance(left: Shape, right: Shape) -> float | None:
    """Return the metres between two points."""
    for shape in (left, right):
        _only(shape, [POINT], "ST_Distance")
    return between(left.positions[0], right.positions[0]) if left.rings and right.rings else None


def between(start: Position, end: Position) -> float:
    """Return the metres between two positions."""
    a, b = math.radians(start[1]), math.radians(end[1])
    step = math.radians(start[0]) - math.radians(end[0])
    across = math.cos(b) * math.sin(step)
    along = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(step)
    rest = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(step)
    return math.atan2(math.sqrt(across * across + along * along), rest) * 6371.01 * 1000


def length(shape: Shape) -> float | None:
    """Return the metres of a line."""
    _only(shape, [LINE, LINES], "ST_Length")
    lines = shape.parts or (shape,)
    if not shape.positions:
        return None
    return sum(between(a, b) for line in lines for ring in line.rings for a, b in pairwise(ring))


def area(shape: Shape) -> float | None:
    """Return the square metres of a polygon."""
    _only(shape, [POLYGON, POLYGONS], "ST_Area")
    if not shape.positions:
        return None
    polygons = shape.parts or (shape,)
    excess = sum(_sign(number) * abs(_excess(ring)) for each in polygons for number, ring in enumerate(each.rings))
    return abs(excess * _RADIUS * _RADIUS)


def _sign(number: int) -> int:
    return -1 if number else 1


def _excess(ring: Sequence[Position]) -> float:
    if len(ring) < 4:
        raise _invalid("Polygon is not valid: a loop contains less then 3 vertices.")
    excess = turned = 0.0
    first = before = None
    for start, end in pairwise(ring):
        if start == end:
            raise _invalid("Polygon is not valid: it has two identical consecutive vertices")
        excess += _under(start, end)
        leaving, arriving = _bearing(start, end), (_bearing(end, start) + math.pi) % _TURN
        first = leaving if first is None else first
        turned += _turn(before, leaving) if before is not None else 0.0
        turned += _turn(leaving, arriving)
        before = arriving
    turned += _turn(before or 0.0, first or 0.0)
    return abs(excess) - _TURN if abs(turned) < math.pi / 4 else excess  # a pole lies within


def _under(start: Position, end: Position) -> float:
    a, b = math.tan(math.radians(start[1]) / 2), math.tan(math.radians(end[1]) / 2)
    step = math.radians(end[0]) - math.radians(start[0])
    return 2 * math.atan2(math.tan(step / 2) * (a + b), 1 + a * b)


def _bearing(start: Position, end: Position) -> float:
    a, b = math.radians(start[1]), math.radians(end[1])
    step = math.radians(end[0]) - math.radians(start[0])
    y = math.sin(step) * math.cos(b)
    x = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(step)
    return math.atan2(y, x) % _TURN


def _turn(before: float, after: float) -> float:
    return (after - before + 3 * math.pi) % _TURN - math.pi
