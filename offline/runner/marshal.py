"""A handler's result as Lambda's Python runtime makes JSON of it.

It uses simplejson, so that a Decimal is a number, a named tuple an object and bytes within a result text, while dates
and sets are refused. NaN stays ``NaN``, which whoever reads strict JSON refuses.
https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/lambda_runtime_marshaller.py
"""

import math
from decimal import Decimal
from typing import Any

import simplejson


class _Encoder(simplejson.JSONEncoder):  # type: ignore[misc]  # it has no types
    def __init__(self) -> None:
        super().__init__(use_decimal=False, ensure_ascii=False, allow_nan=True)

    def default(self, o: Any) -> Any:
        """Return what stands for a value that JSON has no form for, or raise TypeError."""
        if isinstance(o, Decimal):
            return math.nan if o.is_nan() else simplejson.RawJSON(str(o))
        return super().default(o)


def marshalled(result: Any) -> bytes:
    """The payload of a result; bytes are one as they are. Raises what simplejson raises."""
    if isinstance(result, bytes):
        return result
    return str(_Encoder().encode(result)).encode()
