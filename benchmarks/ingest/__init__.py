"""Ingest: one Segment batch of 100 events per request, from the HTTP API's event to the records put."""
