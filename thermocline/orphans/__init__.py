"""Delete files that nothing refers to: of attempts and promoters that died, and of snapshots that were forgotten."""
