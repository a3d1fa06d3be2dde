"""Convert: raw objects of canonical NDJSON to Parquet with the contract's columns and types, one file per object."""
