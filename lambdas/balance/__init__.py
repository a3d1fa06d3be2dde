"""The balance function."""
