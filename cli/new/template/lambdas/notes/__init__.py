"""The notes functions."""
