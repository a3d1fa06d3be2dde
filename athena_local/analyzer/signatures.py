"""Which arguments Trino's functions take, and what they return: `signatures.txt`."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from athena_local.analyzer.coercions import NUMBERS, coerces, common, comparable, orderable
from athena_local.analyzer.trino_types import Type, parsed, split

# The type of a lambda's result, given those of its parameters; None for what is not known.
Lambda = Callable[[Sequence[Type | None]], Type | None]
Argument = Type | Lambda | None
_UNKNOWN: Final = Type("unknown")
_LINE: Final = re.compile(r"(\w+)\((.*)\) -> (.*)")
_CONSTRAINTS: Final[dict[str, Callable[[Type], bool]]] = {"O": orderable, "C": comparable, "K": comparable}


@dataclass(frozen=True)
class _Signature:
    formals: tuple[Type, ...]
    repeats: bool
    result: str


def _read() -> dict[str, list[_Signature]]:
    signatures: dict[str, list[_Signature]] = defaultdict(list)
    for line in files(__package__).joinpath("signatures.txt").read_text("utf-8").splitlines():
        if match := _LINE.fullmatch(line):
            name, arguments, result = match.groups()
            formals = tuple(parsed(each.removesuffix("...")) for each in split(arguments))
            signatures[name].append(_Signature(formals, arguments.endswith("..."), result))
    return signatures


_SIGNATURES: Final = _read()


def known(name: str) -> bool:
    """Tell whether a function's arguments are told here."""
    return name in _SIGNATURES


def accepts(name: str, arguments: Sequence[Argument]) -> bool:
    """Tell whether a function takes these arguments; one that is not known fits everywhere."""
    return any(_bound(each, arguments) is not None for each in _SIGNATURES[name])


def result(name: str, arguments: Sequence[Argument]) -> Type | None:
    """Return the type that a call has, when it can be told."""
    for signature in _SIGNATURES[name]:
        bound = _bound(signature, arguments)
        if bound is not None:
            return _filled(signature, bound, arguments)
    return None


def _bound(signature: _Signature, arguments: Sequence[Argument]) -> dict[str, Type | None] | None:
    formals = list(signature.formals)
    if signature.repeats:
        formals += [formals[-1]] * (len(arguments) - len(formals))
    if len(formals) != len(arguments):
        return None
    bound: dict[str, Type | None] = {}
    fits = all(_fits(actual, formal, bound) for actual, formal in zip(arguments, formals, strict=True))
    return bound if fits else None


def _fits(actual: Argument, formal: Type, bound: dict[str, Type | None]) -> bool:  # noqa: PLR0911
    if formal.name == "function":
        return actual is None or (callable(actual) and _lambda_fits(actual, formal, bound))
    if actual is None:
        return _give_up(formal, bound)
    if not isinstance(actual, Type):
        return False
    if formal.name.isupper():
        return _variable_fits(actual, formal.name, bound)
    if formal.name == "varchar" and formal.numbers and actual.name == "varchar" and not _short(actual, formal):
        return False
    if not formal.items:
        return coerces(actual, formal)
    if actual.name == "unknown":
        return _give_up(formal, bound)
    if actual.name != formal.name or len(actual.items) != len(formal.items):
        return False
    return all(_fits(x, y, bound) for x, y in zip(actual.items, formal.items, strict=True))


def _short(actual: Type, formal: Type) -> bool:
    return actual.numbers != () and actual.numbers <= formal.numbers


def _variable_fits(actual: Type, name: str, bound: dict[str, Type | None]) -> bool:
    if name == "N":
        return actual.name in (*NUMBERS, "unknown")
    constraint = _CONSTRAINTS.get(name)
    if constraint is not None and not constraint(actual):
        return False
    earlier = bound.get(name, actual)
    joint = common(earlier, actual) if earlier is not None else None
    bound[name] = joint
    return earlier is None or joint is not None


def _give_up(formal: Type, bound: dict[str, Type | None]) -> bool:
    for each in (formal, *formal.items):
        if each.name.isupper():
            bound[each.name] = None
        for inner in each.items:
            _give_up(inner, bound)
    return True


def _lambda_fits(body: Lambda, formal: Type, bound: dict[str, Type | None]) -> bool:
    *parameters, expected = formal.items
    returned = body([_concrete(each, bound) for each in parameters])
    if returned is None:
        return _give_up(expected, bound)
    return _fits(returned, expected, bound)


def _concrete(formal: Type, bound: dict[str, Type | None]) -> Type | None:
    if formal.name.isupper():
        return bound.get(formal.name)
    items = [_concrete(each, bound) for each in formal.items]
    return None if None in items else Type(formal.name, formal.numbers, tuple(each for each in items if each))


def _filled(signature: _Signature, bound: dict[str, Type | None], arguments: Sequence[Argument]) -> Type | None:
    text = signature.result
    if text == "?":
        return None
    if match := re.fullmatch(r"varchar=(\d)", text):
        first = arguments[int(match[1]) - 1]
        return Type("varchar", first.numbers) if isinstance(first, Type) else None
    if match := re.fullmatch(r"(array\()?=(\d)\)?", text):
        number = int(match[2]) - 1
        argument = arguments[number]
        if argument == _UNKNOWN and signature.formals[number].name == "varchar":
            argument = Type("varchar", (0,))
        if not isinstance(argument, Type) or argument.name == "unknown":
            return None
        return Type("array", items=(argument,)) if match[1] else argument
    formal = parsed(text)
    return _substituted(formal, bound)


def _substituted(formal: Type, bound: dict[str, Type | None]) -> Type | None:
    if formal.name.isupper():
        return bound.get(formal.name)
    items = [_substituted(each, bound) for each in formal.items]
    if None in items:
        return None
    return Type(formal.name, formal.numbers, tuple(each for each in items if each), formal.fields)
