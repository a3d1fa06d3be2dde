"""Statements that define, prepare or show."""
