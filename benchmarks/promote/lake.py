"""A lake of the benchmark: hot files by generation, warm tables and views, and their promotion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from benchmarks.athena.lake import BUCKET, CREDENTIALS, DATABASE, table_input
from benchmarks.promote.contender import MEMORY_MB
from benchmarks.promote.ours import GEN
from thermocline.adapters.glue_views import GlueViews
from thermocline.adapters.iceberg import IcebergCatalog
from thermocline.adapters.s3_files import S3Files
from thermocline.contracts import load_contracts
from thermocline.contracts.glue import glue_columns, glue_partition_keys, projection_parameters
from thermocline.generations import BEGINNING, following, moved
from thermocline.layout import hot_table, table_prefix
from thermocline.ledger import Suppression
from thermocline.publish.since import noted
from thermocline.subjects import SubjectHasher
from thermocline.warm.model import Change
from thermocline.warm.rows import ParquetRows
from thermocline.warm.work import Work


class Lake:
    """Tables of an emulator, whose hot files are spread evenly over generations.

    Parameters
    ----------
    hot
        Local files by table.
    generations
        Over how many.
    """

    def __init__(self, url: str, folder: Path, hot: Mapping[str, Sequence[Path]], generations: int) -> None:
        self._contracts = {name: contract for name, contract in load_contracts().items() if name in hot}
        self._s3, self._glue = _client("s3", url), _client("glue", url)
        self._generations = [moved(GEN, hour - generations) for hour in range(generations)]
        self._s3.create_bucket(Bucket=BUCKET)
        self._glue.create_database(DatabaseInput={"Name": DATABASE})
        self._catalog = IcebergCatalog(
            glue=self._glue, s3=self._s3, bucket=BUCKET, database=DATABASE, contracts=self._contracts
        )
        self._rows = ParquetRows(
            files=S3Files(self._s3, BUCKET),
            contracts=self._contracts,
            hasher=SubjectHasher(lambda: ""),
            schema_of=self._catalog.schema_of,
            folder=folder,
            memory_mb=MEMORY_MB,
        )
        self._hot = {table: self._put_hot(table, paths) for table, paths in hot.items()}

    def files(self, table: str) -> int:
        """Return how many files the warm table has."""
        return len(self._catalog.files(self._catalog.load(table)))

    def promote(self, table: str) -> None:
        """Commit one generation after the other, and publish the last."""
        for gen, keys in self._hot[table].items():
            base = self._catalog.load(table)
            work = Work(
                table=table,
                gen=gen,
                hot=tuple(keys),
                earlier=tuple(base.ids.values()),
                rest=(),
                suppression=Suppression(),
            )
            written = self._rows.write(work)
            self._catalog.commit(base, Change(token=1, gens=(gen,), add=written.files, ids={gen: written.ids}))
        self._publish(table, following(self._generations[-1]))

    def compact(self, table: str) -> None:
        """Merge all files of the warm table."""
        base = self._catalog.load(table)
        files = self._catalog.files(base)
        self._catalog.commit(base, Change(token=1, add=self._rows.merge(table, files), remove=tuple(files)))

    def _put_hot(self, table: str, paths: Sequence[Path]) -> dict[str, list[str]]:
        contract, location = self._contracts[table], f"s3://{BUCKET}/{table_prefix(table)}"
        hot = table_input(hot_table(table), []) | {"PartitionKeys": glue_partition_keys(contract)}
        hot["Parameters"] = projection_parameters(location=location, first_generation=self._generations[0])
        hot["StorageDescriptor"] |= {"Location": location, "Columns": glue_columns(contract)}
        self._glue.create_table(DatabaseName=DATABASE, TableInput=hot)
        self._catalog.ensure(table)
        self._publish(table, BEGINNING)
        keys: dict[str, list[str]] = {gen: [] for gen in self._generations}
        for number, path in enumerate(paths):
            gen = self._generations[number * len(self._generations) // len(paths)]
            key = f"{table_prefix(table)}gen={gen}/{path.name}"
            self._s3.upload_file(str(path), BUCKET, key)
            keys[gen].append(key)
        return keys

    def _publish(self, table: str, watermark: str) -> None:
        views, contract = GlueViews(self._glue, DATABASE), self._contracts[table]
        view, since = views.read(contract.table), noted(contract, {}, first=BEGINNING)
        views.write(contract, watermark=watermark, since=since, version=view.version if view else None)


def _client(service: str, url: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=CREDENTIALS["AWS_DEFAULT_REGION"],
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}, read_timeout=120),
    )
