"""AWS's prices that the lake's costs are reckoned with: us-east-1, without the free tier, as of November 2026.

Source: https://aws.amazon.com/s3/pricing/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

AS_OF: Final = "2026-11"
REGION: Final = "us-east-1"

GIB: Final = 2**30

S3_GIB_MONTH: Final = {
    "STANDARD": 0.023,
    "INTELLIGENT_TIERING": 0.023,  # its frequent tier; what nobody reads for 30 days costs 0.0125, for 90 days 0.004
    "STANDARD_IA": 0.0125,
    "ONEZONE_IA": 0.01,
    "GLACIER_IR": 0.004,
    "GLACIER": 0.0036,
    "DEEP_ARCHIVE": 0.00099,
}
"""Dollars for a GiB and month, by storage class."""


def storage_month(by_class: Mapping[str, int]) -> float:
    """Return the dollars that bytes by storage class cost in a month; an unknown class costs as the dearest."""
    dearest = max(S3_GIB_MONTH.values())
    return sum(size / GIB * S3_GIB_MONTH.get(name, dearest) for name, size in by_class.items())
