"""Opens samples: files of rows, or a JSON Schema."""

from __future__ import annotations

from pathlib import Path

from cli.errors import CliError
from cli.tables.csv_sample import csv_sample
from cli.tables.json_sample import json_sample, ndjson_sample
from cli.tables.json_schema import json_schema_sample
from cli.tables.parquet_sample import parquet_sample
from cli.tables.samples import Format, Sample

_SUFFIXES = {
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".parquet": Format.PARQUET,
}


def open_sample(path: Path, form: Format | None = None) -> Sample:
    """Open a sample.

    Parameters
    ----------
    form
        Its format; by default, the file's name tells, and for JSON the content, too.

    Raises
    ------
    CliError
        The file holds nothing that a table can be made of.
    """
    form = form or _SUFFIXES.get(path.suffix.lower())
    match form:
        case Format.NDJSON:
            return ndjson_sample(path)
        case Format.JSON:
            return json_sample(path)
        case Format.CSV:
            return csv_sample(path)
        case Format.PARQUET:
            return parquet_sample(path)
        case Format.JSON_SCHEMA:
            return json_schema_sample(path)
    raise CliError(f"can't tell what {path.name} holds: give --format, one of {', '.join(Format)}")
