"""The one type table: the counterpart of each physical type everywhere else.

Every type is lossless from the producer to the Parquet file: exact decimals, 64-bit integers, UTC microseconds
(of which Athena shows the milliseconds).
"""

from __future__ import annotations

import datetime as dt
import decimal
from dataclasses import dataclass
from typing import Annotated

import msgspec

INT32 = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
INT64 = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
UTC_TIMESTAMP = Annotated[dt.datetime, msgspec.Meta(tz=True)]


@dataclass(frozen=True, kw_only=True)
class Type:
    """One physical type.

    Attributes
    ----------
    logical
        ODCS logical type that goes with it.
    python
        Type of the value in a canonical event.
    arrow
        Arrow type, as ``pyarrow.type_for_alias`` or ``thermocline.contracts.arrow`` names it.
    iceberg
        Iceberg type. A time is without zone there, as Athena has it in hot tables; it is UTC all the same.
    widens_to
        The types that a column may become while its older files stay as they are: Athena reads them as these types.
    """

    logical: str
    python: object
    arrow: str
    iceberg: str
    widens_to: tuple[str, ...] = ()


TYPES: dict[str, Type] = {
    "string": Type(logical="string", python=str, arrow="string", iceberg="string"),
    "int": Type(logical="integer", python=INT32, arrow="int32", iceberg="int", widens_to=("bigint",)),
    "bigint": Type(logical="integer", python=INT64, arrow="int64", iceberg="long"),
    "double": Type(logical="number", python=float, arrow="float64", iceberg="double"),
    "boolean": Type(logical="boolean", python=bool, arrow="bool", iceberg="boolean"),
    "timestamp": Type(logical="timestamp", python=UTC_TIMESTAMP, arrow="timestamp[us, UTC]", iceberg="timestamp"),
    "date": Type(logical="date", python=dt.date, arrow="date32", iceberg="date"),
    "decimal(38,9)": Type(
        logical="number", python=decimal.Decimal, arrow="decimal128(38, 9)", iceberg="decimal(38, 9)"
    ),
}
