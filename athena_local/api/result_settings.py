"""Where and how results are stored: the request's ResultConfiguration, or the workgroup's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from athena_local.api.workgroups import Workgroup
from athena_local.errors import InvalidRequestError
from athena_local.tables.catalog import as_folder

_NO_LOCATION = (
    "No output location provided. You did not provide an output location for  your query results. Either specify an "
    "S3 bucket location or enable Athena managed query results in your workgroup settings."
)
_ENCRYPTION = {"SSE_S3": "AES256", "SSE_KMS": "aws:kms"}


@dataclass(frozen=True, kw_only=True)
class ResultSettings:
    """How an execution's results are stored.

    Attributes
    ----------
    folder
        Where, with a slash at its end.
    others
        The rest of the ResultConfiguration.
    """

    folder: str
    others: Mapping[str, Any] = field(default_factory=dict)

    def as_api(self, location: str) -> dict[str, Any]:
        """Return the `ResultConfiguration` of an execution whose result is at `location`."""
        return {"OutputLocation": location, **self.others}

    def upload_options(self) -> dict[str, str]:
        """Return S3's options for the result's objects."""
        encryption = self.others.get("EncryptionConfiguration") or {}
        options = {
            "ServerSideEncryption": _ENCRYPTION.get(encryption.get("EncryptionOption", "")),
            "SSEKMSKeyId": encryption.get("KmsKey"),
            "ExpectedBucketOwner": self.others.get("ExpectedBucketOwner"),
            "ACL": (self.others.get("AclConfiguration") or {}).get("S3AclOption", "").lower().replace("_", "-"),
        }
        return {name: value for name, value in options.items() if value}


def result_settings(requested: Mapping[str, Any], workgroup: Workgroup) -> ResultSettings:
    """Return the settings of an execution; those of a workgroup that enforces its own are not the request's.

    Raises
    ------
    InvalidRequestError
        No location is known, it is not in S3, or the client should encrypt.
    """
    chosen = dict(workgroup.results) if workgroup.enforced else {**workgroup.results, **requested}
    location = str(chosen.pop("OutputLocation", "") or "")
    if not location:
        raise InvalidRequestError(_NO_LOCATION)
    if not location.startswith("s3://"):
        raise InvalidRequestError("outputLocation is not a valid S3 path.")
    if (chosen.get("EncryptionConfiguration") or {}).get("EncryptionOption") == "CSE_KMS":
        raise InvalidRequestError("Results that are encrypted by the client (CSE_KMS) are not supported offline.")
    return ResultSettings(folder=as_folder(location), others={name: value for name, value in chosen.items() if value})
