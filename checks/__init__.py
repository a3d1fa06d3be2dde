"""Checks that have a tool environment of their own."""
