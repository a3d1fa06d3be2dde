"""The convert function."""
