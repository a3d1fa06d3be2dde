"""What limits a column's values: lengths, a pattern, a list of values. All are for text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thermocline.contracts.model import Column


def limit_problems(column: Column) -> Iterator[str]:
    """Name what is wrong with a column's limits; the validator could not be made, or would refuse every row."""
    lengths = (column.min_length, column.max_length)
    has_options = lengths != (None, None) or column.pattern is not None
    if column.type != "string" and (has_options or column.enum):
        yield f"{column.name}: minLength, maxLength, pattern and enum are for text, this is a {column.type}"
    elif column.enum and has_options:
        yield f"{column.name}: a list of values says all, leave out minLength, maxLength and pattern"
    if column.max_length is not None and (column.min_length or 0) > column.max_length:
        yield f"{column.name}: minLength is above maxLength, so that no value fits"
    for name, pattern in (("pattern", column.pattern), ("anonymousPattern", column.anonymous_pattern)):
        if pattern is not None and not _is_pattern(pattern):
            yield f"{column.name}: {name} {pattern!r} is no regular expression"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
