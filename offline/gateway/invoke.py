"""Calls of functions as from API Gateway: through Lambda's API, in the emulator."""

import io
import os
from urllib.parse import quote

from aiohttp import ClientSession, ClientTimeout
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from offline.environment import REGION
from offline.gateway.answer import INTERNAL_SERVER_ERROR, TOO_MANY_REQUESTS, UNAVAILABLE, Answer, answer_of

INTEGRATION_SECONDS = 30


class Functions:
    """The functions in the emulator, invoked by name."""

    def __init__(self, session: ClientSession, emulator_url: str, *, seconds: float = INTEGRATION_SECONDS) -> None:
        self._session = session
        self._emulator_url = emulator_url
        self._timeout = ClientTimeout(total=seconds)
        self._signer = SigV4Auth(
            Credentials(os.environ.get("AWS_ACCESS_KEY_ID", "test"), os.environ.get("AWS_SECRET_ACCESS_KEY", "test")),
            "lambda",
            REGION,
        )

    async def answer(self, function: str, event: bytes) -> Answer:
        """Return the gateway's answer from a function; raise `ClientConnectionError` when the emulator is gone.

        An error of the function is in its log, and never in the answer.
        """
        url = f"{self._emulator_url}/2015-03-31/functions/{quote(function, safe='')}/invocations"
        request = AWSRequest("POST", url, headers={"Content-Type": "application/json"}, data=event)
        self._signer.add_auth(request)
        headers, data = dict(request.headers), io.BytesIO(event)
        try:
            async with self._session.post(url, data=data, headers=headers, timeout=self._timeout) as response:
                payload = await response.read()
                if response.status == TOO_MANY_REQUESTS.status:
                    return TOO_MANY_REQUESTS
                failed = not response.ok or "X-Amz-Function-Error" in response.headers
                return INTERNAL_SERVER_ERROR if failed else answer_of(payload)
        except TimeoutError:
            return UNAVAILABLE
