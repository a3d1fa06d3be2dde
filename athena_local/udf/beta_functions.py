"""The beta distribution and Student's t, by the continued fraction of the incomplete beta function."""

import math

from athena_local.errors import QueryError
from athena_local.udf.python_functions import Functions, PythonFunction

_STEPS = 1000
_TINY = 1e-300


def _invalid(message: str) -> QueryError:
    return QueryError("INVALID_FUNCTION_ARGUMENT", message)


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction, by Lentz's method."""
    c, d = 1.0, 1.0 / _nonzero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _nonzero(1 + term * d)
            c = _nonzero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _nonzero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY


def incomplete(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _beta_cdf(a: float, b: float, value: float) -> float:
    if a <= 0 or b <= 0:
        raise _invalid("a, b must be > 0")
    if not 0 <= value <= 1:
        raise _invalid("value must be 0 <= v <= 1")
    return incomplete(a, b, value)


def _inverse_beta_cdf(a: float, b: float, chance: float) -> float:
    if not 0 <= chance <= 1:
        raise _invalid("p must be 0 >= p >= 1")
    if a <= 0 or b <= 0:
        raise _invalid("a, b must be > 0")
    raise QueryError("NOT_SUPPORTED", "inverse_beta_cdf is not implemented offline: Trino's has nine digits")


def _check_freedom(freedom: float) -> None:
    if freedom < 1:
        raise _invalid("df must be greater than 0")


def _t_pdf(value: float, freedom: float) -> float:
    _check_freedom(freedom)
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    return scale * math.pow(1 + value * value / freedom, -(freedom + 1) / 2)


def _t_cdf(value: float, freedom: float) -> float:
    _check_freedom(freedom)
    tail = incomplete(freedom / 2, 0.5, freedom / (freedom + value * value)) / 2
    return tail if value < 0 else 1 - tail


BETA_FUNCTIONS: Functions = {
    "java_beta_cdf": PythonFunction(row=_beta_cdf, takes=["DOUBLE"] * 3, returns="DOUBLE"),
    "java_inverse_beta_cdf": PythonFunction(row=_inverse_beta_cdf, takes=["DOUBLE"] * 3, returns="DOUBLE"),
    "java_t_cdf": PythonFunction(row=_t_cdf, takes=["DOUBLE"] * 2, returns="DOUBLE"),
    "java_t_pdf": PythonFunction(row=_t_pdf, takes=["DOUBLE"] * 2, returns="DOUBLE"),
}
