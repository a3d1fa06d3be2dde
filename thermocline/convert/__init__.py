"""The convert use case: one raw object becomes one Parquet file per table."""
