"""From what a protocol understood to canonical NDJSON: identity, time, enrichment, privacy, packing. Pure."""
