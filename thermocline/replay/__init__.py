"""Convert generations again from raw, by the contracts of today, and replace what warm has of them (ADR 43)."""
