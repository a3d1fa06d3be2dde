"""Errors as HTTP answers."""

from typing import Any, cast

import pytest

from athena_local.api.operations import AthenaApi
from athena_local.api.server import _answer
from athena_local.errors import AthenaError, ForwardedError, InvalidRequestError, ThrottledError


class FakeApi:
    def __init__(self, error: Exception) -> None:
        self.error = error
        self.glue = self

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "answer"),
    [
        (
            InvalidRequestError("no", code="MALFORMED_QUERY"),
            400,
            {"__type": "InvalidRequestException", "AthenaErrorCode": "MALFORMED_QUERY", "ErrorCode": "MALFORMED_QUERY"},
        ),
        (InvalidRequestError("no", code="METADATA"), 400, {"__type": "MetadataException", "Message": "no"}),
        (ThrottledError(), 400, {"__type": "TooManyRequestsException", "Reason": "CONCURRENT_QUERY_LIMIT_EXCEEDED"}),
        (ForwardedError(status=404, code="Gone", message="no"), 404, {"__type": "Gone"}),
        (RuntimeError("bug"), 500, {"__type": "InternalServerException", "Message": "RuntimeError: bug"}),
        (AthenaError("no"), 500, {"__type": "InternalServerException"}),
    ],
)
@pytest.mark.parametrize("target", ["AmazonAthena.GetQueryExecution", "AWSGlue.GetTable"])
def test_an_error_has_its_status_and_type(target: str, error: Exception, status: int, answer: dict[str, str]) -> None:
    got_status, got = _answer(cast("AthenaApi", FakeApi(error)), target, b"{}")
    assert (got_status, {name: got.get(name) for name in answer}) == (status, answer)


@pytest.mark.parametrize(
    ("target", "body", "type_"),
    [
        ("GetQueryExecution", b"{}", "UnknownOperationException"),
        ("AmazonAthena.GetQueryExecution", b"{", "SerializationException"),
    ],
)
def test_a_request_that_is_none(target: str, body: bytes, type_: str) -> None:
    assert _answer(cast("AthenaApi", FakeApi(RuntimeError())), target, body) == (400, {"__type": type_})
