"""Iceberg tables of the Glue catalog, through pyiceberg."""
