"""Statements as text: Trino's grammar, and the syntax tree."""
