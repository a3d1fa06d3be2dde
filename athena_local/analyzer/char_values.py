"""Texts of char(n), which have n characters: the operands of an operator are brought to one length."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from athena_local.analyzer.trino_types import UNKNOWN_LENGTH, Type
from athena_local.errors import QueryError
from athena_local.syntax.calls import own_function

_EQUALITY: Final = (exp.EQ, exp.NEQ, exp.In, exp.NullSafeEQ, exp.NullSafeNEQ)
_LONGEST: Final = 65536


def has_char(types: Sequence[Type | None]) -> bool:
    """Tell whether texts of char(n) and of another length or type are among them."""
    texts = {each for each in types if each is not None and each.name != "unknown"}
    return len(texts) > 1 and any(each.name == "char" for each in texts)


def refuse_mixed(types: Sequence[Type | None], what: str) -> None:
    """Refuse values that would become texts of one length.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED``
    """
    if has_char(types):
        raise QueryError("NOT_SUPPORTED", f"{what} of char(n) and another type are not mixed offline")


def align(node: exp.Expr, operands: Sequence[exp.Expr], types: Sequence[Type | None]) -> None:
    """Bring the operands of a comparison to one length; for equality, blanks at the end do not count.

    Raises
    ------
    QueryError
        ``NOT_SUPPORTED`` for an order of texts whose length is not known.
    """
    if not has_char(types):
        return
    if isinstance(node, _EQUALITY):
        for operand in operands:
            _wrap(operand, "char_trimmed")
        return
    lengths = [each.numbers[0] if each is not None and each.numbers else UNKNOWN_LENGTH for each in types]
    if UNKNOWN_LENGTH in lengths:
        raise QueryError("NOT_SUPPORTED", "an order of char(n) and texts without a length is not implemented offline")
    for operand in operands:
        _wrap(operand, "char_padded", exp.Literal.number(max(lengths)))


def joined(operands: Sequence[exp.Expr], types: Sequence[Type | None]) -> Type | None:
    """Return the type of texts that are put together, each of its whole length; None without any char(n).

    Raises
    ------
    QueryError
        ``TYPE_NOT_FOUND`` when the result is too long, ``NOT_SUPPORTED`` when a length is not known.
    """
    if not any(each is not None and each.name == "char" for each in types):
        return None
    lengths = [each.numbers[0] if each is not None and each.numbers else _LONGEST for each in types]
    if None in types or UNKNOWN_LENGTH in lengths:
        raise QueryError("NOT_SUPPORTED", "char(n) with a text whose length is not known is not put together offline")
    if sum(lengths) > _LONGEST:
        raise QueryError("TYPE_NOT_FOUND", f"Unknown type: char({sum(lengths)})")
    for operand, length in zip(operands, lengths, strict=True):
        _wrap(operand, "char_padded", exp.Literal.number(length))
    return Type("char", (sum(lengths),))


def _wrap(operand: exp.Expr, name: str, *arguments: exp.Expr) -> None:
    placeholder = exp.Placeholder()
    operand.replace(placeholder)
    placeholder.replace(own_function(name, operand, *arguments))
