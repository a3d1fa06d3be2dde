"""The upkeep function: it compacts, cleans, sweeps orphans and ends old rows."""
