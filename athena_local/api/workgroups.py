"""Workgroups and other administration, which the AWS endpoint's own Athena answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError, ParamValidationError

from athena_local.errors import ForwardedError, InvalidRequestError

ENGINE_VERSION = {"SelectedEngineVersion": "AUTO", "EffectiveEngineVersion": "Athena engine version 3"}
_DEFAULTS = {
    "PublishCloudWatchMetricsEnabled": True,
    "RequesterPaysEnabled": False,
    "EngineVersion": ENGINE_VERSION,
}


@dataclass(frozen=True, kw_only=True)
class Workgroup:
    """The settings of a workgroup that a query needs.

    Attributes
    ----------
    results
        Its ResultConfiguration.
    enforced
        Whether a request's own ResultConfiguration is ignored.
    scan_limit
        Its BytesScannedCutoffPerQuery.
    """

    name: str
    results: Mapping[str, Any] = field(default_factory=dict)
    enforced: bool = False
    scan_limit: int | None = None
    engine_version: dict[str, str] = field(default_factory=lambda: dict(ENGINE_VERSION))


class Administration:
    """The AWS endpoint's Athena over boto3's client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def forward(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Call an operation by its API name, and return its answer with times in epoch seconds.

        Raises
        ------
        InvalidRequestError
            A parameter is not valid.
        ForwardedError
            The endpoint refuses, or there is no such operation.
        """
        method = getattr(self._client, xform_name(operation), None)
        if method is None:
            raise ForwardedError(status=400, code="UnknownOperationException", message="")
        try:
            answer: dict[str, Any] = _plain(method(**parameters))
        except ParamValidationError as error:
            raise InvalidRequestError(str(error)) from error
        except ClientError as error:
            status = int(error.response["ResponseMetadata"]["HTTPStatusCode"])
            details = error.response["Error"]
            raise ForwardedError(status=status, code=details["Code"], message=details.get("Message", "")) from error
        answer.pop("ResponseMetadata", None)
        return answer

    def get_work_group(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of GetWorkGroup with AWS's defaults, which an emulator may lack.

        ``primary`` exists without being created; it lets the client choose the result's location.
        """
        answer = self.forward("GetWorkGroup", parameters)
        defaults = _DEFAULTS | {"EnforceWorkGroupConfiguration": parameters.get("WorkGroup") != "primary"}
        answer["WorkGroup"]["Configuration"] = defaults | (answer["WorkGroup"].get("Configuration") or {})
        return answer

    def workgroup(self, name: str) -> Workgroup:
        """Return a workgroup; ``primary`` always exists, as on AWS.

        Raises
        ------
        InvalidRequestError
            The workgroup does not exist, is disabled, or has Athena store its results.
        """
        try:
            group = self.get_work_group({"WorkGroup": name})["WorkGroup"]
        except ForwardedError as error:
            if name == "primary":
                return Workgroup(name=name)
            raise InvalidRequestError(f"WorkGroup {name} is not found.") from error
        if group.get("State") == "DISABLED":
            raise InvalidRequestError(f"WorkGroup {name} is disabled.")
        settings = group["Configuration"]
        if (settings.get("ManagedQueryResultsConfiguration") or {}).get("Enabled"):
            raise InvalidRequestError(f"Managed query results, as of WorkGroup {name}, are not supported offline.")
        limit = settings.get("BytesScannedCutoffPerQuery")
        return Workgroup(
            name=name,
            results=settings.get("ResultConfiguration") or {},
            enforced=settings["EnforceWorkGroupConfiguration"],
            scan_limit=int(limit) if limit else None,
            engine_version={**ENGINE_VERSION, **(settings.get("EngineVersion") or {})},
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.timestamp() if isinstance(value, datetime) else value
