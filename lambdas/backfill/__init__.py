"""The backfill function: it converts raw objects again for a replay."""
