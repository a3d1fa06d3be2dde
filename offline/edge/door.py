"""The edge before an API, as the front door plays it: the function that is deployed, and the stage's secret."""

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
    """Lets requests through the edge; the secret is read once for each deployment, as CloudFront gets it."""

    def __init__(self, file: Path = VIEWER_REQUEST, read_secret: ReadSecret | None = None) -> None:
        self._function = EdgeFunction(file)
        self._read_secret = read_secret or _secret_in_the_emulator
        self._secret = ""

    async def forwarded(self, received: Received, api: DeployedApi) -> Received | Answer:
        """The request as it reaches the API, or what the edge answers itself."""
        try:
            self._secret = self._secret or await asyncio.to_thread(self._read_secret, api.edge_secret)
        except (BotoCoreError, ClientError) as error:
            return message(503, f"The edge's secret {api.edge_secret} cannot be read ({error}): `lake up` deploys it.")
        return await CloudFront(self._function, {api.edge_header: self._secret}).forwarded(received)

    def forget_secret(self) -> None:
        """Read the secret anew at the next request."""
        self._secret = ""

    async def close(self) -> None:
        """End the function's process."""
        await self._function.close()


def _secret_in_the_emulator(name: str) -> str:
    found = aws_client("secretsmanager", os.environ).get_secret_value(SecretId=name)
    return str(found["SecretString"])
