"""Benchmarks: ours beside its peers, each in a process of its own, all in one run."""
