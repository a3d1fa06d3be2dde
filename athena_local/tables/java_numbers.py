"""Numbers as Java writes them, which is how Athena shows and stores them as text."""

import math
import struct
from decimal import Decimal


def java_double(value: float, digits: str | None = None) -> str:
    """Return a number as Java's Double.toString writes it: plain between 1e-3 and 1e7, else ``1.0E10``."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = digits or repr(value)
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        plain = format(Decimal(text), "f")
        return plain if "." in plain else f"{plain}.0"
    sign, figures, exponent = Decimal(text).normalize().as_tuple()
    fraction = "".join(str(figure) for figure in figures[1:]) or "0"
    return f"{'-' if sign else ''}{figures[0]}.{fraction}E{int(exponent) + len(figures) - 1}"


def float_digits(value: float) -> str:
    """Return the fewest digits that distinguish a 32-bit float from its neighbours."""
    forms = (f"{value:.{precision}g}" for precision in range(1, 10))
    return next((form for form in forms if struct.unpack("f", struct.pack("f", float(form)))[0] == value), repr(value))
