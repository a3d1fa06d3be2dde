"""The Athena JSON API on DuckDB: Trino SQL over the Glue catalog and S3 of any AWS endpoint."""
