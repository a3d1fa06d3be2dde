"""Promotion of a generation: ours, and what else sorts Parquet within a memory cap."""
