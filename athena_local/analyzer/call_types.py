"""The types of function calls, and the arguments that no overload of a function takes."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from athena_local.analyzer import operators
from athena_local.analyzer.char_values import joined, refuse_mixed
from athena_local.analyzer.coercions import INTEGERS, common
from athena_local.analyzer.operators import boolean, compared, joint
from athena_local.analyzer.scopes import Scope
from athena_local.analyzer.signatures import Argument, accepts, known, result
from athena_local.analyzer.trino_types import AVERAGED, FLOATING, UNKNOWN, VARCHAR, Type, row
from athena_local.errors import QueryError

if TYPE_CHECKING:
    from athena_local.analyzer.scopes import Typed

_LONGEST: Final = 2**31 - 1
TYPEOF: Final = "trino type of the argument"
ARGUMENTS: Final = "trino types of the arguments"
_Types = Sequence[Type | None]


# How many arguments have a type: the second of normalize is the name of a form.
_TYPED: Final = {"normalize": 1}


def call_type(typing: "Typed", call: exp.Anonymous, scope: Scope) -> Type | None:
    """Return the type of a call; None when it cannot be told."""
    name = call.name.lower()
    nodes = _arguments(call)[: _TYPED.get(name)]
    if name in _QUANTIFIERS:
        return _quantified(typing, call, scope)
    arguments = [_lambda(typing, node, scope) if isinstance(node, exp.Lambda) else typing.type_of(node, scope)
                 for node in nodes]  # fmt: skip
    types = [each if isinstance(each, Type) else None for each in arguments]
    call.meta[ARGUMENTS] = tuple(types)
    if name == "concat" and (chars := joined(nodes, types)):
        return chars
    if name == "nullif" and types and types[0] is not None and types[0].name in ("double", "real"):
        _note_floating(call)
    if name in _SPECIAL:
        return _SPECIAL[name](types)
    if name in ("reduce", "reduce_agg") and len(arguments) == 4 and types[0]:
        _check_state(arguments[2], types[1], types[0].items[0] if name == "reduce" and types[0].items else types[0])
    if not known(name):
        return None
    _check_arguments(call, name, arguments)
    if name == "typeof" and types[0] is not None and types[0].is_exact:
        call.meta[TYPEOF] = str(types[0])
    if name in _NUMERIC and types[0] is not None:
        return _NUMERIC[name](types)
    bounded = _BOUNDED.get(name)
    told = (bounded(types) if bounded else None) or _replaced(name, types) or result(name, arguments)
    if name in ("greatest", "least") and told is not None and told.name in ("double", "real"):
        _note_floating(call)
    return told


def _check_arguments(call: exp.Anonymous, name: str, arguments: Sequence[Argument]) -> None:
    if not accepts(name, arguments):
        given = ", ".join(str(each) if isinstance(each, Type) else "<function>" for each in arguments)
        raise QueryError("FUNCTION_NOT_FOUND", f"Unexpected parameters ({given}) for function {name}")
    if name in ("avg", "sum", "substr") and arguments[0] == UNKNOWN:
        raise QueryError("AMBIGUOUS_FUNCTION_CALL", "Could not choose a best candidate operator.")
    if name == "avg" and isinstance(arguments[0], Type) and arguments[0].name == "decimal":
        call.meta[AVERAGED] = arguments[0]


def _check_state(reducer: Argument, state: Type | None, element: Type | None) -> None:
    """Refuse a state whose type grows with each step, as that of a sum of decimals does."""
    for _ in range(4):
        following = reducer([state, element]) if callable(reducer) else None
        joined = common(state, following) if state is not None and following is not None else None
        if joined is None or joined == state:
            return
        state = joined
    if state is not None and state.name == "decimal":
        told = "SignatureBinder.iterativeSolve does not converge after 4 iterations."
        raise QueryError("GENERIC_INTERNAL_ERROR", told)


def _replaced(name: str, types: _Types) -> Type | None:
    """Return the bound that Trino gives to a text after its parts were replaced; None for any other call."""
    texts = [Type("varchar", (0,)) if each == UNKNOWN else each for each in types]
    bounds = [each.numbers[0] for each in texts if each and each.name == "varchar" and each.numbers]
    if len(types) != 3 or len(bounds) != 3 or min(bounds) < 0:
        return None
    text, _, replacement = bounds
    if name == "replace":
        return Type("varchar", (min(text + replacement * (text + 1), _LONGEST),))
    if name == "regexp_replace":
        each = max(text * replacement // 2, replacement)
        return Type("varchar", (min(text + each * (text + 1), _LONGEST),))
    return None


def _encoded(types: _Types) -> Type | None:
    """Return the bound of a text whose characters may each become twelve."""
    text = types[0]
    if text == UNKNOWN:
        return Type("varchar", (0,))
    if text is None or not text.numbers or text.numbers[0] < 0:
        return None
    return Type("varchar", (min(12 * text.numbers[0], _LONGEST),))


def _iso(types: _Types) -> Type | None:
    """Return the bound of a date or time in ISO's form."""
    moment = types[0]
    if moment is None or moment.name not in _ISO:
        return None
    digits = moment.numbers[0] if moment.numbers else 0
    return Type("varchar", (_ISO[moment.name] + (digits + 1 if digits else 0),))


_ISO: Final = {"date": 16, "timestamp": 22, "timestamptz": 28}


def _note_floating(call: exp.Anonymous) -> None:
    """Wrap the arguments, because the note must outlive whatever they are rewritten to."""
    wrapped = [exp.Paren(this=each) for each in list(call.expressions)]
    for each in wrapped:
        each.meta[FLOATING] = True
    call.set("expressions", wrapped)


_QUANTIFIERS: Final = ("all", "any", "some", "exists")


def _quantified(typing: "Typed", call: exp.Anonymous, scope: Scope) -> Type | None:
    columns = typing.query(call.expressions[0], scope) if call.expressions else None
    if call.name.lower() == "exists":
        return Type("boolean")
    return columns[0][1] if columns is not None and len(columns) == 1 else None


def _arguments(call: exp.Anonymous) -> list[exp.Expr]:
    nodes: list[exp.Expr] = []
    for each in call.expressions:
        if isinstance(each, exp.Star):
            continue
        each = each.this if isinstance(each, exp.Order) and each.this else each  # noqa: PLW2901
        nodes += each.expressions if isinstance(each, exp.Distinct) else [each]
    return nodes


def _lambda(typing: "Typed", node: exp.Lambda, scope: Scope) -> Callable[[_Types], Type | None]:
    if node.find(exp.Query):
        raise QueryError("NOT_SUPPORTED", "Lambda expression cannot contain subqueries")

    def body(parameters: _Types) -> Type | None:
        names = [name.name.lower() for name in node.expressions]
        if len(names) != len(parameters):
            told = f"Expected a lambda that takes {len(parameters)} argument(s) but got {len(names)}"
            raise QueryError("INVALID_PARAMETER_USAGE", told)
        inner = {**scope.parameters, **dict(zip(names, parameters, strict=True))}
        return typing.type_of(node.this, Scope(scope.sources, inner, scope.common, scope.parent))

    return body


# Functions without a signature ---------------------------------------------------------------------------------------


def _row(types: _Types) -> Type | None:
    if not types:
        raise QueryError("FUNCTION_NOT_FOUND", "Function 'row' not registered")
    return None if None in types else row([each for each in types if each])


def _concat(types: _Types) -> Type | None:
    if not types or len(types) == 1:
        return None
    if len(types) > 2 and UNKNOWN in types and any(each is not None and each.name == "varchar" for each in types):
        return VARCHAR
    if len(types) > 2 and all(each is not None and each.name == "array" for each in types):
        return joint(types, "concat")
    joined = types[0]
    for type_ in types[1:]:
        joined = operators.concatenated(joined, type_)
    return joined


def _coalesce(types: _Types) -> Type | None:
    if len(types) < 2:
        raise QueryError("SYNTAX_ERROR", "The 'coalesce' function must have at least two arguments")
    return joint(types, "All COALESCE operands")


def _nullif(types: _Types) -> Type | None:
    if len(types) == 2:
        compared(types[0], types[1], "=")
        refuse_mixed(types, "NULLIF operands")
    return types[0] if types else None


def _if(types: _Types) -> Type | None:
    boolean(types[0], "IF condition")
    return joint(types[1:], "Result types for IF")


def _format(types: _Types) -> Type:
    if types and types[0] is not None and types[0].name not in ("varchar", "char", "unknown"):
        raise operators.mismatch(f"Type of first argument to format() must be VARCHAR (actual: {types[0]})")
    return VARCHAR


_SPECIAL: Final[dict[str, Callable[[_Types], Type | None]]] = {
    "row": _row,
    "concat": _concat,
    "coalesce": _coalesce,
    "nullif": _nullif,
    "if": _if,
    "try": lambda types: types[0] if types else None,
    "format": _format,
}

_BOUNDED: Final[dict[str, Callable[[_Types], Type | None]]] = {"url_encode": _encoded, "to_iso8601": _iso}

# Functions of numbers ------------------------------------------------------------------------------------------------


def _rounded(types: _Types) -> Type | None:
    number = types[0]
    if number is None or number.name == "unknown":
        return number and Type("tinyint")
    if number.name != "decimal":
        return number
    precision, scale = number.numbers
    if len(types) > 1:
        return Type("decimal", (min(38, precision + 1), scale))
    return Type("decimal", (precision - scale + min(scale, 1), 0))


def _summed(types: _Types) -> Type | None:
    number = types[0]
    if number is None or number.name == "unknown":
        return None
    if number.name in INTEGERS:
        return Type("bigint")
    return Type("decimal", (38, number.numbers[1])) if number.name == "decimal" else number


def _signed(types: _Types) -> Type | None:
    number = types[0]
    if number is None or number.name == "unknown":
        return None
    return Type("decimal", (1, 0)) if number.name == "decimal" else number


def _truncated(number: Type | None) -> Type | None:
    if number is None or number.name != "decimal":
        return number if number and number.name == "real" else Type("double") if number else None
    return Type("decimal", (max(number.numbers[0] - number.numbers[1], 1), 0))


def _remainder(types: _Types) -> Type | None:
    return operators.arithmetic(types[0], types[1], "%")


_NUMERIC: Final[dict[str, Callable[[_Types], Type | None]]] = {
    "round": _rounded, "ceil": _rounded, "ceiling": _rounded, "floor": _rounded, "sign": _signed, "sum": _summed,
    "truncate": lambda types: types[0] if len(types) > 1 else _truncated(types[0]),
    "mod": _remainder, "abs": lambda types: Type("tinyint") if types[0] == UNKNOWN else types[0],
}  # fmt: skip
