"""The bound of the process's memory."""

import os
import re
import resource
from pathlib import Path

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BESIDE_THE_ENGINE = 3 * 10**9 // 2


def bound_process_memory(memory_limit: str) -> int | None:
    """Let an allocation beyond twice the engine's limit fail, and with it the query that asked for it.

    DuckDB's limit counts the pages and hash tables of its queries, and not the values that a function makes, such as a
    text of a gigabyte. The kernel's bound is for all of the process's own memory; only Linux has it.

    Parameters
    ----------
    memory_limit
        The engine's, such as ``1GB``.

    Returns
    -------
    int or None
        The bound in bytes; None where there is none.
    """
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return None
    used = int(statm.read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    bound = used + 2 * number_of_bytes(memory_limit) + _BESIDE_THE_ENGINE
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, most))
    return bound


def number_of_bytes(size: str) -> int:
    """Return the bytes of ``1GB``, ``500 MB`` or ``1.5GiB``.

    Raises
    ------
    ValueError
        It is no size.
    """
    match = re.fullmatch(r"\s*([\d.]+)\s*([KMGT]?)(?:i?B)?\s*", size, re.IGNORECASE)
    if match is None:
        raise ValueError(f"not a size: {size}")
    return int(float(match[1]) * _UNITS[match[2].upper()])
