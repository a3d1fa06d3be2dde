"""The `lake` command."""
