"""Stages on AWS: which one is meant, where it goes, what it holds, and how it is removed."""
