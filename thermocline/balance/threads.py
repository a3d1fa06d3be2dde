"""Calls that wait for an answer, made side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_THREADS = 8

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def side_by_side(call: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    """Return the answers to a call with each item, in their order; the first error is raised."""
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(call, items))
