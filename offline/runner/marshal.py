"""A handler's result as JSON, as Lambda's Python runtime writes it.

It uses simplejson. So a Decimal becomes a number, a named tuple an object, and bytes within a result text; dates and
sets are refused. NaN stays ``NaN``, which strict readers of JSON refuse.
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
        """Return a replacement for a value that JSON cannot express, or raise TypeError."""
        if isinstance(o, Decimal):
            return math.nan if o.is_nan() else simplejson.RawJSON(str(o))
        return super().default(o)


def marshalled(result: Any) -> bytes:
    """Return the payload of a result; bytes stay as they are. Raise the errors of simplejson."""
    if isinstance(result, bytes):
        return result
    return str(_Encoder().encode(result)).encode()
