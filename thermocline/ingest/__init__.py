"""The ingest use case: it stores a request's events durably, and only then acknowledges it."""
