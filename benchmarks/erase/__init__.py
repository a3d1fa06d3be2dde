"""Erasing one subject from a lake of ten million events."""
