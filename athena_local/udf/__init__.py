"""Functions of Trino in Python, which DuckDB calls with Arrow columns."""
