"""The SQL/JSON path language: a path's text becomes a function of a JSON value."""

import re
from functools import lru_cache
from typing import Any

from athena_local.errors import QueryError
from athena_local.udf import json_path_steps as steps
from athena_local.udf.json_path_functions import (
    Predicate,
    arithmetic,
    both,
    either,
    index_of,
    method,
    replaced,
    text_of,
)
from athena_local.udf.json_path_steps import Evaluate
from athena_local.udf.json_text import Number

_TOKEN = re.compile(
    r"""\s*(?:(\d+\.\d+|\d+)|("(?:[^"\\]|\\.)*")|(\$[A-Za-z_]\w*|\$|@)|([A-Za-z_]\w*)
    |(==|!=|<>|<=|>=|&&|\|\||\.\.|[-+*/%.\[\](),?<>!]))""", re.VERBOSE,
)  # fmt: skip


@lru_cache(maxsize=256)
def read_path(path: str) -> tuple[bool, Evaluate]:
    """Return whether a path is strict, and its function.

    Raises
    ------
    QueryError
        ``SYNTAX_ERROR``, or ``NOT_SUPPORTED`` for parts that are not implemented.
    """
    mode, _, rest = path.strip().partition(" ")
    if mode not in ("lax", "strict"):
        raise QueryError("SYNTAX_ERROR", f"line 1:1: missing {{'lax', 'strict'}} at '{path[:1]}'")
    reader = _Reader(rest)
    evaluate = reader.sum()
    reader.end()
    return mode == "strict", evaluate


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise QueryError("SYNTAX_ERROR", f"line 1:1: the JSON path is not understood at '{text[at:]}'")
            self._tokens.append(match[0].strip())
            at = match.end()
        self._at = 0

    def _next(self, *tokens: str) -> str:
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        if token and (not tokens or token in tokens):
            self._at += 1
            return token
        return ""

    def _expect(self, token: str) -> None:
        if not self._next(token):
            raise QueryError("NOT_SUPPORTED", f"this JSON path is not implemented offline: '{token}' is expected")

    def end(self) -> None:
        if token := self._next():
            raise QueryError("NOT_SUPPORTED", f"'{token}' in a JSON path is not implemented offline")

    def sum(self) -> Evaluate:
        left = self._product()
        while operator := self._next("+", "-"):
            left = arithmetic(left, operator, self._product())
        return left

    def _product(self) -> Evaluate:
        left = self._signed()
        while operator := self._next("*", "/", "%"):
            left = arithmetic(left, operator, self._signed())
        return left

    def _signed(self) -> Evaluate:
        if operator := self._next("-", "+"):
            return arithmetic(lambda _: [Number("0")], operator, self._signed())
        return self._path()

    def _path(self) -> Evaluate:
        evaluate = self._primary()
        while step := self._next(".", "..", "[", "?"):
            evaluate = self._step(evaluate, step)
        return evaluate

    def _primary(self) -> Evaluate:  # noqa: PLR0911  (one of each kind)
        token = self._next()
        if token == "(":  # noqa: S105  (a bracket)
            inner = self.sum()
            self._expect(")")
            return inner
        if token == "$":  # noqa: S105
            return lambda scope: [scope.root]
        if token == "@":  # noqa: S105
            return lambda scope: [scope.current]
        if token.startswith("$"):
            return lambda scope: [scope.variables[token[1:]]]
        if token == "last":  # noqa: S105
            return lambda scope: [Number(scope.last)]
        constants: dict[str, Any] = {"true": True, "false": False, "null": None}
        if token in constants:
            return lambda _: [constants[token]]
        if token[:1] == '"':
            return lambda _: [text_of(token)]
        if token[:1].isdigit():
            return lambda _: [Number(token)]
        raise QueryError("SYNTAX_ERROR", f"line 1:1: the JSON path is not understood at '{token}'")

    def _step(self, before: Evaluate, step: str) -> Evaluate:
        if step == "?":
            return self._filter(before)
        if step == "[":
            return self._subscripts(before)
        token = self._next()
        if step == "..":
            return lambda scope: steps.descendants(before(scope), text_of(token))
        if token == "*":  # noqa: S105
            return lambda scope: steps.member(before(scope), None, scope)
        if self._next("("):
            self._expect(")")
            return method(before, token)
        return lambda scope: steps.member(before(scope), text_of(token), scope)

    def _subscripts(self, before: Evaluate) -> Evaluate:
        if self._next("*"):
            self._expect("]")
            return lambda scope: [each for array in steps.elements(before(scope), scope) for each in array]
        first = self.sum()
        last = self.sum() if self._next("to") else first
        self._expect("]")
        return lambda scope: [
            each
            for array in steps.elements(before(scope), scope)
            for inner in [replaced(scope, last=len(array) - 1)]
            for each in steps.between(array, index_of(first(inner)), index_of(last(inner)), scope)
        ]

    def _filter(self, before: Evaluate) -> Evaluate:
        self._expect("(")
        holds = self._any()
        self._expect(")")
        return lambda scope: [
            each for each in steps.unwrapped(before(scope), scope) if holds(replaced(scope, current=each))
        ]

    def _any(self) -> Predicate:
        left = self._all()
        while self._next("||"):
            left = either(left, self._all())
        return left

    def _all(self) -> Predicate:
        left = self._condition()
        while self._next("&&"):
            left = both(left, self._condition())
        return left

    def _condition(self) -> Predicate:
        if self._next("exists"):
            inner = self._primary()
            return lambda scope: bool(inner(scope))
        left = self.sum()
        operator = self._next("==", "!=", "<>", "<=", ">=", "<", ">")
        if not operator:
            raise QueryError("NOT_SUPPORTED", "this filter of a JSON path is not implemented offline")
        right = self.sum()
        return lambda scope: any(steps.compared(a, operator, b) for a in left(scope) for b in right(scope))
