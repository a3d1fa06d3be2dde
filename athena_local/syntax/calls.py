"""DuckDB's function calls and structs, as syntax trees."""

from sqlglot import exp

# The mark of a call that the parser made: no name that a user wrote.
OWN = "own"


def function(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """Return a call of a DuckDB function, which is not rewritten again."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def struct(fields: dict[str, exp.Expr]) -> exp.Struct:
    """Return a struct of values by field name."""
    pairs = [exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in fields.items()]
    return exp.Struct(expressions=pairs)


def own_function(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """Return a call of a DuckDB function, made before the calls of a query are rewritten."""
    call = function(name, *arguments)
    call.meta[OWN] = True
    return call


def named(expression: exp.Expr, name: str) -> exp.Alias:
    """Return an expression under a name."""
    return exp.Alias(this=expression, alias=exp.to_identifier(name))
