"""Compact a partition once into large files of the cold class, when nearly all of its late rows have come."""
