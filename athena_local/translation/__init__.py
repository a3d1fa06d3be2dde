"""A checked syntax tree of Trino → one of DuckDB."""
