"""Histories of the whole way from a request to Parquet, with failures at every step."""
