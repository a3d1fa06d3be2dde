"""Which rows of a generation stay: the rules of `thermocline.warm.identities`, for Spark."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from pyspark.sql import Window
from pyspark.sql import functions as f

from thermocline.spark.frames import FILE, PLACE
from thermocline.warm.identities import NO_KEY

KEY: Final = "__key"
KEPT: Final = "__kept"
"""True: the row stays. False: it is dropped. Null: it is suppressed, and its key is `NO_KEY`."""

_PARTS: Final = ("source", "fingerprint", "event_id")


def decide(rows: Any, earlier: Any | None, *, suppressed: Any, twins: bool) -> Any:
    """Return a row for each row: `KEY`, ``_src``, `KEPT`, `FILE` and `PLACE`; no wide column is read.

    Parameters
    ----------
    earlier
        Identities of the generations in the window before; None without any.
    suppressed
        Condition of the rows of suppressed subjects.
    twins
        Twins stay, and so do rows that an earlier generation has.
    """
    gone = f.coalesce(suppressed, f.lit(False))
    key = f.when(gone, f.lit(bytearray(NO_KEY))).otherwise(_key(rows.columns))
    narrow = rows.select(
        key.alias(KEY), "_src", "received_at", FILE, PLACE, f.when(gone, f.lit(None)).otherwise(f.lit(True)).alias(KEPT)
    )
    if twins:
        return narrow.drop("received_at")
    order = Window.partitionBy(KEY).orderBy(f.col("received_at").asc_nulls_last(), "_src", FILE, PLACE)
    stays = f.row_number().over(order) == 1
    if earlier is not None:
        seen = earlier.select(f.col("key").alias(KEY)).distinct().withColumn("__seen", f.lit(True))
        narrow = narrow.join(seen, KEY, "left")
        stays &= f.col("__seen").isNull()
    decided = narrow.withColumn(KEPT, f.when(f.col(KEPT), stays))
    return decided.select(KEY, "_src", KEPT, FILE, PLACE)


def suppressed(asked: Mapping[str, Callable[[str], bool]]) -> Any:
    """Return the condition that one of some columns has the value of a suppressed subject.

    Python hashes the values, so that no plan of Spark's, which it logs and shows, has the secret.

    Parameters
    ----------
    asked
        What tells it of a value as text, by column (see `thermocline.warm.owned.asked_of`); it goes to Spark's workers.
    """
    return (
        f.greatest(f.lit(False), *(_is_listed(name, owns) for name, owns in asked.items())) if asked else f.lit(False)
    )


def counts(decided: Any) -> Mapping[bool | None, int]:
    """Return how many rows have each value of `KEPT`."""
    return {row[KEPT]: row["count"] for row in decided.groupBy(KEPT).count().collect()}


def _key(present: Collection[str]) -> Any:
    parts = [f.coalesce(f.col(name).cast("string"), f.lit("")) if name in present else f.lit("") for name in _PARTS]
    return f.unhex(f.md5(f.concat_ws("\x1f", *parts).cast("binary")))


def _is_listed(column: str, owns: Callable[[str], bool]) -> Any:
    listed = f.udf(lambda value: value is not None and owns(value), "boolean")
    return listed(f.col(f"`{column}`").cast("string"))
