"""Trino's geospatial functions on one row; geometries come and go as well-known binary."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf import bing_tiles, shape_texts, spheres
from athena_local.udf.python_functions import Functions, PythonFunction
from athena_local.udf.shapes import (
    COLLECTION,
    LINE,
    LINES,
    POINT,
    POINTS,
    POLYGON,
    POLYGONS,
    Shape,
    oriented,
    point,
    read,
    several,
    write,
)

_TYPES = {
    POINT: "POINT", LINE: "LINE_STRING", POLYGON: "POLYGON", POINTS: "MULTI_POINT", LINES: "MULTI_LINE_STRING",
    POLYGONS: "MULTI_POLYGON", COLLECTION: "GEOMETRY_COLLECTION",
}  # fmt: skip


def _only(shape: Shape, kind: int, name: str) -> None:
    if shape.kind != kind:
        message = f"{name} only applies to {_TYPES[kind]}. Input type is: {_TYPES[shape.kind]}"
        raise QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _at(items: "list[Shape] | tuple[Shape, ...]", number: int) -> Shape | None:
    return items[number - 1] if 1 <= number <= len(items) else None


def _line(ring: Any) -> Shape:
    return Shape(kind=LINE, rings=(tuple(ring),))


def _geometries(shape: Shape) -> list[Shape] | None:
    if not shape.positions:
        return None
    return list(shape.parts) or [shape]


def _geometry_n(shape: Shape, number: int) -> Shape | None:
    return _at(_geometries(shape) or [], number)


def _num_geometries(shape: Shape) -> int:
    return len(_geometries(shape) or [])


def _num_points(shape: Shape) -> int:
    closing = len(shape.rings) if shape.kind == POLYGON else 0
    return sum(map(len, shape.rings)) - closing + sum(map(_num_points, shape.parts))


def _point_n(shape: Shape, number: int) -> Shape | None:
    _only(shape, LINE, "ST_PointN")
    return _at([point(each) for each in shape.positions], number)


def _points(shape: Shape) -> list[Shape] | None:
    return [point(each) for each in shape.positions] or None


def _exterior(shape: Shape) -> Shape | None:
    _only(shape, POLYGON, "ST_ExteriorRing")
    return _line(oriented(shape.rings[0], outer=True)) if shape.rings else None


def _interiors(shape: Shape, name: str = "ST_InteriorRings") -> list[Shape] | None:
    _only(shape, POLYGON, name)
    return [_line(oriented(ring, outer=False)) for ring in shape.rings[1:]] if shape.rings else None


def _interior_n(shape: Shape, number: int) -> Shape | None:
    return _at(_interiors(shape, "ST_InteriorRingN") or [], number)


def _corners(shape: Shape) -> tuple[float, float, float, float]:
    across, down = zip(*shape.positions, strict=True)
    return min(across), min(down), max(across), max(down)


def _envelope(shape: Shape) -> Shape:
    if not shape.positions:
        return Shape(kind=POLYGON)
    west, south, east, north = _corners(shape)
    if west == east or south == north:
        raise QueryError("NOT_SUPPORTED", "the envelope of a point or a straight line is not implemented offline")
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Shape(kind=POLYGON, rings=(ring,))


def _envelope_points(shape: Shape) -> list[Shape] | None:
    if not shape.positions:
        return None
    west, south, east, north = _corners(shape)
    return [point((west, south)), point((east, north))]


def _boundary(shape: Shape) -> Shape:
    if shape.kind == POLYGON and shape.rings:
        rings = [oriented(ring, outer=number == 0) for number, ring in enumerate(shape.rings)]
        return several(LINES, [_line(ring) for ring in rings])
    if shape.kind == LINE and shape.rings and shape.rings[0][0] != shape.rings[0][-1]:
        return several(POINTS, [point(shape.rings[0][0]), point(shape.rings[0][-1])])
    raise QueryError("NOT_SUPPORTED", f"the boundary of this {shape.name} is not implemented offline")


def _from_points(parts: list[bytes | None], name: str) -> list[Shape]:
    points: list[Shape] = []
    for number, data in enumerate(parts, 1):
        if data is None:
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid input to {name}: null at index {number}")
        shape = read(data)
        if shape.kind != POINT:
            kind = _TYPES[shape.kind]
            message = f"Invalid input to {name}: geometry is not a point: {kind} at index {number}"
            raise QueryError("INVALID_FUNCTION_ARGUMENT", message)
        if not shape.rings:
            raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid input to {name}: empty point at index {number}")
        points.append(shape)
    return points


def _tiles(shape: Shape, zoom: int) -> list[str]:
    if shape.kind != POINT or not shape.rings:
        raise QueryError("NOT_SUPPORTED", f"the Bing tiles of a {shape.name} are not implemented offline")
    ((x, y),) = shape.rings[0]
    return [bing_tiles.at(y, x, zoom)]


def _line_string(parts: list[bytes | None]) -> Shape:
    positions = [each.rings[0][0] for each in _from_points(parts, "ST_LineString")]
    for number, (before, after) in enumerate(pairwise(positions), 2):
        if before == after:
            message = f"Invalid input to ST_LineString: consecutive duplicate points at index {number}"
            raise QueryError("INVALID_FUNCTION_ARGUMENT", message)
    return Shape(kind=LINE, rings=(tuple(positions),) if len(positions) > 1 else ())


def _multi_point(parts: list[bytes | None]) -> Shape | None:
    points = _from_points(parts, "ST_MultiPoint")
    return several(POINTS, points) if points else None


# Registration --------------------------------------------------------------------------------------------------------


def _written(value: Any) -> Any:
    if isinstance(value, Shape):
        return write(value)
    return [_written(each) for each in value] if isinstance(value, list) else value


def _of_shapes(row: Callable[..., Any], takes: str, returns: str) -> PythonFunction:
    """Return a function that reads the binaries that it takes, and writes the shapes that it returns."""

    def over(*arguments: Any) -> Any:
        return _written(row(*(read(each) if isinstance(each, bytes) else each for each in arguments)))

    return PythonFunction(row=over, takes=takes.split(), returns=returns)


SHAPE_FUNCTIONS: Functions = {
    "shape_text": _of_shapes(shape_texts.text_of, "BLOB", "VARCHAR"),
    "shape_computed_text": _of_shapes(shape_texts.computed_text, "BLOB", "VARCHAR"),
    "shape_geometries": _of_shapes(_geometries, "BLOB", "BLOB[]"),
    "shape_geometry_n": _of_shapes(_geometry_n, "BLOB BIGINT", "BLOB"),
    "shape_num_geometries": _of_shapes(_num_geometries, "BLOB", "INTEGER"),
    "shape_num_points": _of_shapes(_num_points, "BLOB", "BIGINT"),
    "shape_point_n": _of_shapes(_point_n, "BLOB BIGINT", "BLOB"),
    "shape_points": _of_shapes(_points, "BLOB", "BLOB[]"),
    "shape_exterior": _of_shapes(_exterior, "BLOB", "BLOB"),
    "shape_interiors": _of_shapes(_interiors, "BLOB", "BLOB[]"),
    "shape_interior_n": _of_shapes(_interior_n, "BLOB BIGINT", "BLOB"),
    "shape_envelope": _of_shapes(_envelope, "BLOB", "BLOB"),
    "shape_envelope_points": _of_shapes(_envelope_points, "BLOB", "BLOB[]"),
    "shape_boundary": _of_shapes(_boundary, "BLOB", "BLOB"),
    "shape_line": _of_shapes(_line_string, "BLOB[]", "BLOB"),
    "shape_multi_point": _of_shapes(_multi_point, "BLOB[]", "BLOB"),
    "shape_polyline": _of_shapes(shape_texts.polyline_of, "BLOB", "VARCHAR"),
    "shape_from_polyline": _of_shapes(shape_texts.from_polyline, "VARCHAR", "BLOB"),
    "shape_geojson": _of_shapes(shape_texts.geojson_of, "BLOB", "VARCHAR"),
    "shape_from_geojson": _of_shapes(shape_texts.from_geojson, "VARCHAR", "BLOB"),
    "shape_on_sphere": _of_shapes(spheres.checked, "BLOB", "BLOB"),
    "shape_sphere_distance": _of_shapes(spheres.distance, "BLOB BLOB", "DOUBLE"),
    "shape_sphere_length": _of_shapes(spheres.length, "BLOB", "DOUBLE"),
    "shape_sphere_area": _of_shapes(spheres.area, "BLOB", "DOUBLE"),
    "tile": _of_shapes(bing_tiles.tile, "BIGINT BIGINT BIGINT", "VARCHAR"),
    "tile_named": _of_shapes(bing_tiles.named, "VARCHAR", "VARCHAR"),
    "tile_at": _of_shapes(bing_tiles.at, "DOUBLE DOUBLE BIGINT", "VARCHAR"),
    "tiles_around": _of_shapes(bing_tiles.around, "DOUBLE DOUBLE BIGINT", "VARCHAR[]"),
    "tiles_of": _of_shapes(_tiles, "BLOB BIGINT", "VARCHAR[]"),
    "tile_polygon": _of_shapes(bing_tiles.polygon, "VARCHAR", "BLOB"),
    "tile_column": _of_shapes(lambda key: bing_tiles.column_and_row(key)[0], "VARCHAR", "INTEGER"),
    "tile_row": _of_shapes(lambda key: bing_tiles.column_and_row(key)[1], "VARCHAR", "INTEGER"),
}
