"""Benchmarks: this project beside its peers, each in its own process, all in one run."""
