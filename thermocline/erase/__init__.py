"""Erase subjects from everything that the lake keeps, and prove it (ADR 45)."""
