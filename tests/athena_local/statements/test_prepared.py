from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import ForwardedError, InvalidRequestError, QueryError
from athena_local.statements.prepared import PreparedStatements, prepared_kind, split_values


class FakeAthena:
    """The prepared statements of one workgroup."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def forward(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        name = parameters["StatementName"]
        if operation == "CreatePreparedStatement":
            self.known[name] = parameters["QueryStatement"]
        elif name not in self.known:
            raise ForwardedError(status=400, code="ResourceNotFoundException", message="not there")
        elif operation == "DeletePreparedStatement":
            del self.known[name]
        return {"PreparedStatement": {"QueryStatement": self.known.get(name)}}


def test_a_statement_is_kept_run_and_forgotten() -> None:
    statements = PreparedStatements(FakeAthena().forward)
    statements.prepare("PREPARE p FROM\nSELECT ?", "w")
    assert statements.execution("execute p USING 'a, b', 2", "w") == ("SELECT ?", ("'a, b'", "2"))
    assert statements.execution("EXECUTE p", "w") == ("SELECT ?", ())
    with pytest.raises(QueryError, match="ALREADY_EXISTS"):
        statements.prepare("PREPARE p FROM SELECT 1", "w")
    statements.deallocate("DEALLOCATE PREPARE p", "w")
    for again in (
        lambda: statements.execution("EXECUTE p", "w"),
        lambda: statements.deallocate("DEALLOCATE PREPARE p", "w"),
    ):
        with pytest.raises(QueryError, match="NOT_FOUND: Prepared statement not found: p"):
            again()


def test_a_statement_at_once_keeps_its_place() -> None:
    statements = PreparedStatements(FakeAthena().forward)
    body = "EXECUTE\nIMMEDIATE 'SELECT ''a'', ?' USING 'it''s', 2"
    assert statements.execution(body, "w") == (f"{' ' * 7}\n{' ' * 11}SELECT 'a', ?", ("'it''s'", "2"))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("PREPARE p FROM SELECT 1", "PREPARE"),
        ("deallocate prepare p", "DEALLOCATE"),
        ("EXECUTE p", "EXECUTE"),
        ("EXECUTE IMMEDIATE 'SELECT 1'", "EXECUTE"),
        ("EXECUTE IMMEDIATE SELECT 1", None),
        ("EXECUTE IMMEDIATE", None),
        ("EXECUTE p 1", None),
        ("DEALLOCATE p", None),
    ],
)
def test_kinds(body: str, kind: str | None) -> None:
    assert prepared_kind(body) == kind


@given(st.lists(st.sampled_from(["1", "'a,b'", "ARRAY[1, 2]", "DATE '2026-11-22'", "(1, 2)", "-1.5", "'it''s'"])))
def test_values_are_split_at_the_commas_between_them(values: list[str]) -> None:
    assert split_values(" , ".join(values)) == values


def test_what_is_no_list_of_values() -> None:
    with pytest.raises(InvalidRequestError):
        split_values("1, ) 2")
