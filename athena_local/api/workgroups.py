"""Workgroups and other administration, which the AWS endpoint's own Athena answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError, ParamValidationError

from athena_local.errors import ForwardedError, InvalidRequestError

_DEFAULTS = {
    "PublishCloudWatchMetricsEnabled": True,
    "RequesterPaysEnabled": False,
    "EngineVersion": {"SelectedEngineVersion": "AUTO", "EffectiveEngineVersion": "Athena engine version 3"},
}


@dataclass(frozen=True, kw_only=True)
class Workgroup:
    """The settings of a workgroup that a query needs."""

    name: str
    output_location: str | None = None
    enforced: bool = False
    scan_limit: int | None = None


class Administration:
    """The AWS endpoint's Athena over boto3's client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def forward(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Call an operation by its API name, and return its answer with times in epoch seconds.

        Raises
        ------
        InvalidRequestError
            There is no such operation.
        ForwardedError
            The endpoint refuses.
        """
        method = getattr(self._client, xform_name(operation), None)
        if method is None:
            raise InvalidRequestError(f"Unknown operation {operation}")
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
            The workgroup does not exist or is disabled.
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
        limit = settings.get("BytesScannedCutoffPerQuery")
        return Workgroup(
            name=name,
            output_location=(settings.get("ResultConfiguration") or {}).get("OutputLocation") or None,
            enforced=settings["EnforceWorkGroupConfiguration"],
            scan_limit=int(limit) if limit else None,
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.timestamp() if isinstance(value, datetime) else value
