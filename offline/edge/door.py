"""The front door's edge before an API: the function that is deployed, and the stage's secret."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from offline.deployment import DeployedApi
from offline.edge.cloudfront import CloudFront
from offline.edge.function import EdgeFunction
from offline.environment import CODE_ROOT
from offline.functions import aws_client
from offline.gateway.answer import Answer, message
from offline.gateway.request import Received

VIEWER_REQUEST = CODE_ROOT / "edge" / "viewer_request.js"

ReadSecret = Callable[[str], str]


class EdgeDoor:
    """The edge's function and secret; the secret is read once per deployment, as by CloudFront."""

    def __init__(self, file: Path = VIEWER_REQUEST, read_secret: ReadSecret | None = None) -> None:
        self._function = EdgeFunction(file)
        self._read_secret = read_secret or _secret_in_the_emulator
        self._secret = ""

    async def forwarded(self, received: Received, api: DeployedApi) -> Received | Answer:
        """Return the request as it reaches the API, or the edge's own answer."""
        try:
            self._secret = self._secret or await asyncio.to_thread(self._read_secret, api.edge_secret)
        except (BotoCoreError, ClientError) as error:
            return message(503, f"The edge's secret {api.edge_secret} cannot be read ({error}): `lake up` deploys it.")
        return await CloudFront(self._function, {api.edge_header: self._secret}).forwarded(received)

    def forget_secret(self) -> None:
        """Read the secret again at the next request."""
        self._secret = ""

    async def close(self) -> None:
        """End the function's process."""
        await self._function.close()


def _secret_in_the_emulator(name: str) -> str:
    secret = aws_client("secretsmanager", os.environ).get_secret_value(SecretId=name)
    return str(secret["SecretString"])
