"""What Trino checks before a statement runs: names, clauses and types."""
