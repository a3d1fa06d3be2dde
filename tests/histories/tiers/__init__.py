"""Histories of the levels: convert, promotion, publishing, cleaning and compaction against each other, step by step."""
