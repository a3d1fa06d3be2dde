"""Spark as an engine of promotion: for generations that are too large for the function (ADR 41)."""
