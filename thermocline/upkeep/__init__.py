"""The upkeep function: compaction, cleaning, the orphan sweep and retention, one function for all."""
