"""One statement, from text to rows, on DuckDB."""
