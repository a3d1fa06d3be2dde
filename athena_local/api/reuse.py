"""ResultReuseConfiguration: accepted and shown, though every query runs anew."""

from typing import Any

from athena_local.errors import InvalidRequestError

_MAX_MINUTES = 10_080
_DEFAULT_MINUTES = 60


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
