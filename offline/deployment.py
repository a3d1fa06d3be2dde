"""What `up` deployed into an environment: kept in a file that the front door and the runner watch."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from offline.cors import CorsConfiguration
from offline.state import LakeFolder, write_json


@dataclass(frozen=True, kw_only=True)
class OfflineDeployment:
    """`api_host` is the Host by which the emulator knows the HTTP API, `api_path` its stage's path if it has one."""

    inputs_hash: str
    api_host: str
    api_path: str
    cors: CorsConfiguration = field(default_factory=CorsConfiguration)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Read what `asdict` made."""
        cors: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.pop("cors").items()}
        return cls(**fields, cors=CorsConfiguration(**cors))


def offline_deployment(*, inputs_hash: str, ingest_url: str, assembly: Path) -> OfflineDeployment:
    """The record of a deployment, from the `IngestUrl` output and the assembly's templates."""
    url = urlsplit(ingest_url)
    return OfflineDeployment(
        inputs_hash=inputs_hash,
        api_host=url.netloc,
        api_path=url.path.rstrip("/"),
        cors=cors_of_assembly(assembly),
    )


def cors_of_assembly(assembly: Path) -> CorsConfiguration:
    """The first HTTP API's CORS configuration in a cloud assembly (the emulator drops it on the way in)."""
    for resource in _resources(assembly):
        if resource["Type"] == "AWS::ApiGatewayV2::Api" and "CorsConfiguration" in resource["Properties"]:
            return CorsConfiguration.from_properties(resource["Properties"]["CorsConfiguration"])
    return CorsConfiguration()


def _resources(assembly: Path) -> Iterator[dict[str, Any]]:
    for template in sorted(assembly.glob("*.template.json")):
        yield from json.loads(template.read_text()).get("Resources", {}).values()


def load_deployment(folder: LakeFolder) -> OfflineDeployment | None:
    """What is deployed, or None if nothing is yet."""
    try:
        return OfflineDeployment.from_json(json.loads(folder.deployment.read_text()))
    except FileNotFoundError:
        return None


def save_deployment(folder: LakeFolder, deployment: OfflineDeployment) -> None:
    """Record a deployment; the front door and the runner take it up with their next request."""
    write_json(folder.deployment, asdict(deployment))
