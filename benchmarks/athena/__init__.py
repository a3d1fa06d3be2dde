"""The offline Athena beside plain DuckDB: ClickBench's queries over a table with its schema, and many partitions."""
