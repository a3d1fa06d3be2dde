"""Athena's operations over HTTP."""
