"""Merge the small files of a date, once it gets no more rows but late ones."""
