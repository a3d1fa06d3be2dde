"""Hot files → the warm files of a generation, by Spark: the same rows as `thermocline.warm.rows` makes of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyspark.sql import functions as f
from pyspark.storagelevel import StorageLevel

from thermocline import layout
from thermocline.contracts import Contract
from thermocline.errors import HotFileMissing, WarmColumnMissing
from thermocline.spark import ids
from thermocline.spark.decisions import KEPT, counts, decide, suppressed
from thermocline.spark.frames import FILE, PLACE, read
from thermocline.spark.ports import Footers, Staging
from thermocline.spark.session import CATALOG
from thermocline.streams import QUARANTINE
from thermocline.subjects import SubjectHasher, Subjects, erasure_keys
from thermocline.warm.identities import write_no_ids
from thermocline.warm.local import filled_in
from thermocline.warm.model import WarmFile
from thermocline.warm.owned import asked_of
from thermocline.warm.ports import Files
from thermocline.warm.work import Work, Written

_AT_ONCE: Final = 32


class SparkRows:
    """Reads hot files and writes warm ones, under names that nobody has used.

    Spark's Iceberg writes the data files into a staging table, and commits nothing that anybody sees: a commit of its
    own could hold neither the fence nor the base. Our catalog commits the files.

    Parameters
    ----------
    spark
        A session of `spark_session`.
    warehouse
        The session's folder.
    root
        The lake bucket's address, ``s3://name``.
    schema_of
        Gives the Arrow schema of a table.
    others
        Writes the rows of other generations that files of the generation have; they are few, and not hot.
    secret
        Returns the secret of subjects' digests; it goes to Spark's workers when somebody is suppressed.
    """

    def __init__(
        self,
        *,
        spark: Any,
        warehouse: Path,
        root: str,
        files: Files,
        footers: Footers,
        staging: Staging,
        contracts: Mapping[str, Contract],
        schema_of: Callable[[str], pa.Schema],
        others: Callable[[Work], tuple[WarmFile, ...]],
        secret: Callable[[], str],
    ) -> None:
        self._spark = spark
        self._warehouse = warehouse
        self._root = root
        self._files = files
        self._footers = footers
        self._staging = staging
        self._contracts = contracts
        self._schema_of = schema_of
        self._others = others
        self._secret = secret

    def write(self, work: Work) -> Written:
        """Write a generation's rows, sorted and each once; rows of other generations into files of their own.

        Raises
        ------
        HotFileMissing
            A file is not there: nothing may be concluded from the others.
        WarmColumnMissing
            A file has values that the table has no column for.
        """
        schema = self._schema_of(work.table)
        hot = self._hot_footers(work)
        self._require_columns(work.table, schema, hot)
        name = f"g{uuid.uuid4().hex}"
        folder = self._warehouse / name / work.table
        self._staging.make(work.table, folder)
        target = f"{CATALOG}.{name}.{work.table}"
        written = self._promote(work, schema, hot, target)
        others = self._others(work) if work.rest else ()
        return msgspec.structs.replace(written, files=(*self._staging.files(work.table, folder), *others))

    def _promote(self, work: Work, schema: pa.Schema, hot: Mapping[str, Any], target: str) -> Written:
        read_rows = sum(footer.num_rows for footer in hot.values())
        path = self._warehouse / f"{uuid.uuid4().hex}.parquet"
        if not read_rows:
            write_no_ids(path)
            return Written(files=(), ids=self._store_ids(work, path), read=0, kept=0)
        filled = {key: footer for key, footer in hot.items() if footer.num_rows}
        rows = self._read(filled, schema).withColumn("gen", f.lit(work.gen))
        decided = self._decide(work, rows).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            number = counts(decided)
            ids.write(decided, path)
            kept = rows
            if number.get(True, 0) < read_rows:
                leaves = decided.where(f.col(KEPT).isNull() | ~f.col(KEPT)).select(FILE, PLACE)
                kept = rows.join(leaves, [FILE, PLACE], "left_anti")
            self._append(kept, target)
        finally:
            decided.unpersist()
        return Written(
            files=(),
            ids=self._store_ids(work, path),
            read=read_rows,
            kept=number.get(True, 0),
            dropped=number.get(False, 0),
            suppressed=number.get(None, 0),
        )

    def _decide(self, work: Work, rows: Any) -> Any:
        asked = {name: owns for name, owns in self._asked(work).items() if name in rows.columns}
        earlier = [f"{self._root}/{key}" for key in work.earlier]
        return decide(
            rows,
            self._spark.read.parquet(*earlier) if earlier else None,
            suppressed=suppressed(asked),
            twins=work.table == QUARANTINE,
        )

    def _asked(self, work: Work) -> Mapping[str, Callable[[str], bool]]:
        if not work.suppression.subjects:
            return {}
        known = self._secret()  # a text can go to workers, the client that reads it cannot
        listed = Subjects(SubjectHasher(lambda: known), work.suppression.subjects, erasure_keys(self._contracts))
        return asked_of(self._contracts[work.table], listed)

    def _append(self, rows: Any, target: str) -> None:
        rows.drop(FILE, PLACE).writeTo(target).option("check-nullability", "false").append()

    def _read(self, footers: Mapping[str, Any], schema: pa.Schema) -> Any:
        return read(self._spark, self._root, footers, schema)

    def _hot_footers(self, work: Work) -> Mapping[str, Any]:
        try:
            return self._footers_of(sorted(work.hot))
        except FileNotFoundError as error:
            raise HotFileMissing(
                f"{work.table} {work.gen}: {error} is not there, although the ledger names it; nothing was written. "
                "Bring it back from the bucket's versions, or convert its raw object anew"
            ) from error

    def _footers_of(self, keys: Sequence[str]) -> Mapping[str, Any]:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(zip(keys, pool.map(self._footers.footer, keys), strict=True))

    def _require_columns(self, table: str, schema: pa.Schema, hot: Mapping[str, Any]) -> None:
        if missing := sorted(filled_in(hot.values()).difference(schema.names)):
            raise WarmColumnMissing(
                f"the warm table of {table} has no column {', '.join(missing)} yet, and hot files have values of it: "
                "the end of the deployment adds it; if that failed, deploy again"
            )

    def _store_ids(self, work: Work, path: Path) -> str:
        key = layout.ids_key(work.table, work.gen, uuid.uuid4().hex)
        self._files.store(path, key)
        path.unlink()
        return key
