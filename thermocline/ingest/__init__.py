"""The ingest use case: a request in, durable records out, and only then an acknowledgement."""
