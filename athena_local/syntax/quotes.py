"""Names and texts in statements, with their quotes and without."""

import re


def quoted(name: str) -> str:
    """Return an identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a string literal."""
    return "'" + text.replace("'", "''") + "'"


def bare(name: str) -> str:
    """Return an identifier without its quotes, in lower case."""
    return name[1:-1].lower() if name[:1] in '`"' else name.lower()


def unquoted(text: str) -> str:
    """Return the text of a string literal."""
    return text[1:-1].replace("''", "'")


def blank(text: str) -> str:
    """Return spaces for a text, whose lines stay: what is behind it keeps its position."""
    return re.sub(r"[^\n]", " ", text)
