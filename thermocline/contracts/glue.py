"""Contract → Glue table: columns, partition keys and partition projection."""

from __future__ import annotations

from thermocline.contracts.model import Column, Contract


def glue_columns(contract: Contract) -> list[dict[str, str]]:
    """Return the columns inside the files, in Glue's form (``Name``, ``Type``, ``Comment``)."""
    return [_glue_column(column) for column in contract.stored]


def glue_partition_keys(contract: Contract) -> list[dict[str, str]]:
    """Return the partition keys in Glue's form."""
    return [_glue_column(column) for column in contract.partitions]


def projection_parameters(*, location: str, first_generation: str) -> dict[str, str]:
    """Return the table parameters that let Athena compute the hourly generations.

    Parameters
    ----------
    location
        ``s3://bucket/prefix/`` of the table.
    first_generation
        The oldest generation to look for, ``yyyy-MM-dd-HH``. Generations are ingest time, so it is the
        deployment's first hour and not the oldest event. The last one is ahead of the clock: after a promotion of
        everything, the open generation is.
    """
    return {
        "classification": "parquet",
        "projection.enabled": "true",
        "projection.gen.type": "date",
        "projection.gen.format": "yyyy-MM-dd-HH",
        "projection.gen.interval": "1",
        "projection.gen.interval.unit": "HOURS",
        "projection.gen.range": f"{first_generation},NOW+48HOURS",
        "storage.location.template": f"{location}gen=${{gen}}/",
    }


def _glue_column(column: Column) -> dict[str, str]:
    return {"Name": column.name, "Type": column.type, "Comment": column.description[:255]}
