"""Results of earlier executions, shown again for the same query."""

from collections.abc import Iterable, Iterator
from typing import Any

from athena_local.api.execution import Execution
from athena_local.errors import InvalidRequestError

_MAX_MINUTES = 10_080
_DEFAULT_MINUTES = 60
_REUSABLE = ("SELECT", "EXECUTE")


def reuse_configuration(parameters: dict[str, Any]) -> dict[str, object]:
    """Return the configuration that GetQueryExecution shows for a StartQueryExecution.

    Raises
    ------
    InvalidRequestError
        The age is not between 0 and 10,080 minutes.
    """
    asked = (parameters.get("ResultReuseConfiguration") or {}).get("ResultReuseByAgeConfiguration") or {}
    if not asked.get("Enabled"):
        return {"ResultReuseByAgeConfiguration": {"Enabled": False}}
    minutes = int(asked.get("MaxAgeInMinutes", _DEFAULT_MINUTES))
    if not 0 <= minutes <= _MAX_MINUTES:
        raise InvalidRequestError(f"MaxAgeInMinutes must be between 0 and {_MAX_MINUTES}.")
    return {"ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": minutes}}


def reusable(execution: Execution, newest_first: Iterable[Execution], *, now: float) -> Iterator[Execution]:
    """Yield the executions whose result an execution may show, the newest first.

    Parameters
    ----------
    now
        Seconds since 1970.
    """
    age: Any = execution.request.reuse.get("ResultReuseByAgeConfiguration") or {}
    if not age.get("Enabled") or execution.request.statement.substatement not in _REUSABLE:
        return
    oldest = now - 60 * age["MaxAgeInMinutes"]
    for earlier in newest_first:
        completed = earlier.timeline.completed
        if (
            earlier.state == "SUCCEEDED"
            and not earlier.is_reused
            and completed is not None
            and completed >= oldest
            and _question(earlier) == _question(execution)
        ):
            yield earlier


def _question(execution: Execution) -> tuple[object, ...]:
    request = execution.request
    context = (request.database, (execution.catalog or "awsdatacatalog").lower(), request.workgroup)
    return request.statement, request.parameters, context, execution.settings
