"""Shapes of two dimensions, to and from well-known binary."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from athena_local.errors import QueryError

Position = tuple[float, float]
POINT, LINE, POLYGON, POINTS, LINES, POLYGONS, COLLECTION = range(1, 8)
NAMES = {
    POINT: "POINT", LINE: "LINESTRING", POLYGON: "POLYGON", POINTS: "MULTIPOINT", LINES: "MULTILINESTRING",
    POLYGONS: "MULTIPOLYGON", COLLECTION: "GEOMETRYCOLLECTION",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A shape.

    Attributes
    ----------
    kind
        The number that well-known binary gives it.
    rings
        The positions of a point or a line, in one list; those of each ring of a polygon. A shape without any is empty.
    parts
        The shapes that a shape of several consists of.
    """

    kind: int
    rings: tuple[tuple[Position, ...], ...] = ()
    parts: tuple["Shape", ...] = ()

    @property
    def positions(self) -> list[Position]:
        """All positions, in order."""
        own = [position for ring in self.rings for position in ring]
        return own + [position for part in self.parts for position in part.positions]

    @property
    def name(self) -> str:
        """The name in well-known text."""
        return NAMES[self.kind]


def point(position: Position) -> Shape:
    """Return a point."""
    return Shape(kind=POINT, rings=((position,),))


def several(kind: int, parts: Sequence[Shape]) -> Shape:
    """Return a shape of several."""
    return Shape(kind=kind, parts=tuple(parts))


def read(data: bytes) -> Shape:
    """Read well-known binary.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for more than two dimensions.
    """
    return _Reader(data).shape()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def _take(self, form: str) -> tuple[float, ...]:
        values: tuple[float, ...] = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return values

    def shape(self) -> Shape:
        order = "<" if self._take("B")[0] else ">"
        kind = int(self._take(f"{order}I")[0])
        if kind not in NAMES:
            raise QueryError("NOT_SUPPORTED", "a geometry of more than two dimensions is not implemented offline")
        if kind == POINT:
            x, y = self._take(f"{order}dd")
            return Shape(kind=kind, rings=(((x, y),),) if x == x else ())  # noqa: PLR0124  (NaN is an empty point)
        if kind == LINE:
            ring = self._ring(order)
            return Shape(kind=kind, rings=(ring,) if ring else ())
        count = int(self._take(f"{order}I")[0])
        if kind == POLYGON:
            return Shape(kind=kind, rings=tuple(self._ring(order) for _ in range(count)))
        return Shape(kind=kind, parts=tuple(self.shape() for _ in range(count)))

    def _ring(self, order: str) -> tuple[Position, ...]:
        count = int(self._take(f"{order}I")[0])
        numbers = self._take(f"{order}{2 * count}d")
        return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def write(shape: Shape) -> bytes:
    """Return well-known binary."""
    return b"".join(_bytes(shape))


def _bytes(shape: Shape) -> Iterator[bytes]:
    yield struct.pack("<BI", 1, shape.kind)
    if shape.kind == POINT:
        yield struct.pack("<dd", *(shape.rings[0][0] if shape.rings else (float("nan"), float("nan"))))
        return
    if shape.kind == LINE:
        yield _ring_bytes(shape.rings[0] if shape.rings else ())
        return
    yield struct.pack("<I", len(shape.rings or shape.parts))
    for ring in shape.rings:
        yield _ring_bytes(ring)
    for part in shape.parts:
        yield from _bytes(part)


def _ring_bytes(ring: Sequence[Position]) -> bytes:
    return struct.pack(f"<I{2 * len(ring)}d", len(ring), *(number for position in ring for number in position))


def oriented(ring: Sequence[Position], *, outer: bool) -> tuple[Position, ...]:
    """Return a ring as Trino writes it: the outer one counter-clockwise, an inner one clockwise."""
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    left_turning = sum(x * v - u * y for (x, y), (u, v) in pairs) > 0
    return tuple(ring) if left_turning == outer else tuple(reversed(ring))


def rings_of(polygon: Shape) -> list[tuple[Position, ...]]:
    """Return the rings of a polygon as Trino writes them."""
    return [oriented(ring, outer=number == 0) for number, ring in enumerate(polygon.rings)]
