"""The edges: the only modules that import AWS's SDK. Each implements ports of ingest, convert or sweep."""
