"""Shapes as well-known text, GeoJSON and encoded polylines, as Trino writes them."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf.shapes import (
    COLLECTION,
    LINE,
    LINES,
    NAMES,
    POINT,
    POINTS,
    POLYGON,
    POLYGONS,
    Position,
    Shape,
    rings_of,
)

_GEOJSON = {
    POINT: "Point", LINE: "LineString", POLYGON: "Polygon", POINTS: "MultiPoint", LINES: "MultiLineString",
    POLYGONS: "MultiPolygon",
}  # fmt: skip


# Well-known text -----------------------------------------------------------------------------------------------------


def number_text(number: float) -> str:
    """Return a coordinate: plain from 0.0001 on and below 1e17, else with sixteen digits and an exponent."""
    if number == 0:
        return "-0" if str(number).startswith("-") else "0"
    if not 1e-4 <= abs(number) < 1e17:
        sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
        figures = "".join(map(str, digits)).ljust(17, "0")
        power = int(exponent) + len(digits) - 1
        return f"{'-' if sign else ''}{figures[0]}.{figures[1:]}e{'-' if power < 0 else '+'}{abs(power):02d}"
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(shape: Shape) -> str:
    """Return well-known text."""
    body = _body(shape)
    return f"{shape.name} {body or 'EMPTY'}"


def _body(shape: Shape) -> str:
    if shape.kind in (POINT, LINE):
        return _listed(shape.rings[0]) if shape.rings else ""
    if shape.kind == POLYGON:
        return _joined([_listed(ring) for ring in rings_of(shape)])
    if shape.kind == COLLECTION:
        return _joined([text_of(part) for part in shape.parts])
    return _joined([_body(part) for part in shape.parts])


def _listed(positions: Sequence[Position]) -> str:
    return _joined([f"{number_text(x)} {number_text(y)}" for x, y in positions])


def _joined(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)})" if parts else ""


def computed_text(shape: Shape) -> str:
    """Return the text of a shape that was computed, unless its positions may begin elsewhere than in Trino."""
    if shape.kind not in (POINT, POINTS, LINE) and (shape.rings or shape.parts):
        raise QueryError("NOT_SUPPORTED", "the text of a computed geometry is not implemented offline")
    parts = sorted(shape.parts, key=lambda part: part.rings)
    return text_of(Shape(kind=shape.kind, rings=shape.rings, parts=tuple(parts)))


# GeoJSON -------------------------------------------------------------------------------------------------------------


def geojson_of(shape: Shape) -> str:
    """Return GeoJSON with the coordinates as they were given."""
    if shape.kind not in _GEOJSON or not shape.positions:
        raise QueryError("NOT_SUPPORTED", "the GeoJSON of this geometry is not implemented offline")
    coordinates = _coordinates(shape)
    system = '"crs":{"type":"name","properties":{"name":"EPSG:0"}}'
    return f'{{"type":"{_GEOJSON[shape.kind]}","coordinates":{coordinates},{system}}}'


def _coordinates(shape: Shape) -> str:
    if shape.kind == POINT:
        return _pair(shape.rings[0][0])
    if shape.kind == LINE:
        return _array([_pair(each) for each in shape.rings[0]])
    if shape.kind == POLYGON:
        return _array([_array([_pair(each) for each in ring]) for ring in shape.rings])
    return _array([_coordinates(part) for part in shape.parts])


def _array(parts: Sequence[str]) -> str:
    return f"[{','.join(parts)}]"


def _pair(position: Position) -> str:
    return _array([_geojson_number(number) for number in position])


def _geojson_number(number: float) -> str:
    if number == 0:
        return "0.0"
    if not 1e-3 <= abs(number) < 1e7:
        raise QueryError("NOT_SUPPORTED", "the GeoJSON of such a number is not implemented offline")
    return number_text(number)


def from_geojson(text: str) -> Shape:
    """Read GeoJSON."""
    try:
        value: Any = json.loads(text)
        kind = next(kind for kind, name in _GEOJSON.items() if name == value["type"])
        return _shape(kind, value["coordinates"])
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise QueryError("INVALID_FUNCTION_ARGUMENT", f"Invalid GeoJSON: {text}") from error


def _shape(kind: int, coordinates: Any) -> Shape:
    if kind == POINT:
        return Shape(kind=kind, rings=((_position(coordinates),),))
    if kind == LINE:
        return Shape(kind=kind, rings=(tuple(map(_position, coordinates)),))
    if kind == POLYGON:
        return Shape(kind=kind, rings=tuple(tuple(map(_position, ring)) for ring in coordinates))
    return Shape(kind=kind, parts=tuple(_shape(kind - len((POINT, LINE, POLYGON)), each) for each in coordinates))


def _position(pair: Any) -> Position:
    x, y = pair
    return float(x), float(y)


# Encoded polylines ---------------------------------------------------------------------------------------------------


def polyline_of(shape: Shape) -> str:
    """Return the encoded polyline of a line or of points."""
    if shape.kind not in (LINE, POINTS):
        kinds = "MULTI_POINT or LINE_STRING"
        raise QueryError(
            "INVALID_FUNCTION_ARGUMENT", f"encode_polyline only applies to {kinds}. Input type is: {NAMES[shape.kind]}"
        )
    text, before = "", (0, 0)
    for x, y in shape.positions:
        now = (_fixed(y), _fixed(x))
        text += "".join(_encoded(a - b) for a, b in zip(now, before, strict=True))
        before = now
    return text


def _fixed(degrees: float) -> int:
    return int(Decimal(repr(degrees * 1e5)).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _encoded(step: int) -> str:
    value = ~(step << 1) if step < 0 else step << 1
    text = ""
    while value >= 0x20:
        text += chr((0x20 | (value & 0x1F)) + 63)
        value >>= 5
    return text + chr(value + 63)


def from_polyline(text: str) -> Shape:
    """Read an encoded polyline."""
    numbers, value, shift = [0, 0], 0, 0
    positions: list[Position] = []
    for letter in text:
        chunk = ord(letter) - 63
        value |= (chunk & 0x1F) << shift
        shift += 5
        if chunk < 0x20:
            numbers.append(numbers[-2] + (~(value >> 1) if value & 1 else value >> 1))
            value, shift = 0, 0
            if len(numbers) % 2 == 0:
                positions.append((numbers[-1] / 1e5, numbers[-2] / 1e5))
    if shift or len(numbers) % 2:
        raise QueryError("GENERIC_INTERNAL_ERROR", f"Index {len(text)} out of bounds for length {len(text)}")
    return Shape(kind=LINE, rings=(tuple(positions),) if positions else ())
