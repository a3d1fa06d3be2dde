"""HTTP: `X-Amz-Target: AmazonAthena.<Operation>` or `AWSGlue.<Operation>`, with JSON bodies."""

import asyncio
import json
import logging
import uuid
from typing import Any

from aiohttp import web

from athena_local.api.operations import AthenaApi
from athena_local.errors import AthenaError, ForwardedError, InvalidRequestError, ThrottledError

_CONTENT_TYPE = "application/x-amz-json-1.1"
_MAX_BODY = 2 * 1024 * 1024
_log = logging.getLogger(__name__)


def application(api: AthenaApi) -> web.Application:
    """Return the web application of an API."""

    async def post(request: web.Request) -> web.Response:
        operation = request.headers.get("X-Amz-Target", "")
        body = await request.read()
        status, answer = await asyncio.to_thread(_answer, api, operation, body)
        headers = {"x-amzn-RequestId": str(uuid.uuid4())}
        if "__type" in answer:
            headers["x-amzn-ErrorType"] = answer["__type"]
        return web.Response(
            status=status, body=json.dumps(answer).encode(), content_type=_CONTENT_TYPE, headers=headers
        )

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    app = web.Application(client_max_size=_MAX_BODY)
    app.router.add_post("/", post)
    app.router.add_get("/healthz", health)
    return app


def _answer(api: AthenaApi, target: str, body: bytes) -> tuple[int, dict[str, Any]]:
    service, _, operation = target.partition(".")
    if service not in ("AmazonAthena", "AWSGlue"):
        return 400, {"__type": "UnknownOperationException"}
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return 400, {"__type": "SerializationException"}
    try:
        answering = api if service == "AmazonAthena" else api.glue
        return 200, answering.call(operation, parameters)
    except AthenaError as error:
        return _refusal(error)
    except Exception as error:  # noqa: BLE001  # the server's edge: a client must have an answer
        _log.exception("%s", operation)
        return 500, {"__type": "InternalServerException", "Message": f"{type(error).__name__}: {error}"}


def _refusal(error: AthenaError) -> tuple[int, dict[str, Any]]:
    match error:
        case ForwardedError():
            return error.status, {"__type": error.code, "Message": error.message}
        case ThrottledError():
            reason = "CONCURRENT_QUERY_LIMIT_EXCEEDED"
            return 400, {"__type": "TooManyRequestsException", "Message": str(error), "Reason": reason}
        case InvalidRequestError(code="METADATA"):
            return 400, {"__type": "MetadataException", "Message": error.message}
        case InvalidRequestError():
            codes = {"AthenaErrorCode": error.code, "ErrorCode": error.code}
            return 400, {"__type": "InvalidRequestException", "Message": error.message, **codes}
        case _:
            return 500, {"__type": "InternalServerException", "Message": str(error)}
