"""Tables: the Glue catalog, partitions, objects in S3, and DuckDB's view of them."""
