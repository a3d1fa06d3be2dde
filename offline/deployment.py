"""What `up` deployed into an environment: kept in a file that the front door and the runner watch."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from offline.cors import CorsConfiguration
from offline.ports import free_ports
from offline.state import LakeFolder, write_json


@dataclass(frozen=True, kw_only=True)
class DeployedApi:
    """An HTTP API in the emulator.

    Attributes
    ----------
    host, path
        The Host by which the emulator knows it, and its stage's path if it has one.
    port
        The local port at which the front door serves it; None for the ingest API, which has the front door's own.
    """

    name: str
    host: str
    path: str
    cors: CorsConfiguration = field(default_factory=CorsConfiguration)
    port: int | None = None

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Read what `asdict` made."""
        cors: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.pop("cors").items()}
        return cls(**fields, cors=CorsConfiguration(**cors))


@dataclass(frozen=True, kw_only=True)
class OfflineDeployment:
    """A deployment: the ingest API, and the app's other ones."""

    inputs_hash: str
    ingest: DeployedApi
    others: tuple[DeployedApi, ...] = ()

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Read what `asdict` made."""
        others = tuple(DeployedApi.from_json(api) for api in fields["others"])
        return cls(inputs_hash=fields["inputs_hash"], ingest=DeployedApi.from_json(fields["ingest"]), others=others)

    def api(self, name: str | None) -> DeployedApi | None:
        """An API by its name; the ingest API without one."""
        if name is None:
            return self.ingest
        return next((api for api in self.others if api.name == name), None)


def offline_deployment(
    *,
    inputs_hash: str,
    ingest_url: str,
    api_urls: Mapping[str, str],
    assembly: Path,
    before: OfflineDeployment | None = None,
) -> OfflineDeployment:
    """The record of a deployment.

    Parameters
    ----------
    ingest_url
        The stacks' output `IngestUrl`.
    api_urls
        URL by name of every HTTP API in the emulator.
    assembly
        The cloud assembly, whose templates have the CORS configurations that the emulator drops.
    before
        The deployment that this one follows: an API keeps its port.
    """
    host = urlsplit(ingest_url).netloc
    cors = _cors_by_api(assembly)
    ingest_name = next((name for name in cors if urlsplit(api_urls.get(name)).netloc == host), "")
    others = [_api(name, api_urls[name], cors[name]) for name in cors if name in api_urls and name != ingest_name]
    return OfflineDeployment(
        inputs_hash=inputs_hash,
        ingest=_api(ingest_name, ingest_url, cors.get(ingest_name, CorsConfiguration())),
        others=_with_ports(others, before),
    )


def _api(name: str, url: str, cors: CorsConfiguration) -> DeployedApi:
    parts = urlsplit(url)
    return DeployedApi(name=name, host=parts.netloc, path=parts.path.rstrip("/"), cors=cors)


def _with_ports(apis: list[DeployedApi], before: OfflineDeployment | None) -> tuple[DeployedApi, ...]:
    known = {api.name: api.port for api in before.others} if before else {}
    fresh = iter(free_ports(sum(api.name not in known for api in apis)))
    ports = [known[api.name] if api.name in known else next(fresh) for api in apis]
    return tuple(DeployedApi(**{**vars(api), "port": port}) for api, port in zip(apis, ports, strict=True))


def _cors_by_api(assembly: Path) -> dict[str, CorsConfiguration]:
    """The CORS configuration of each HTTP API in a cloud assembly, by the API's name."""
    found = {}
    for resource in _resources(assembly):
        if resource["Type"] == "AWS::ApiGatewayV2::Api":
            properties = resource["Properties"]
            found[str(properties.get("Name"))] = CorsConfiguration.from_properties(
                properties.get("CorsConfiguration", {})
            )
    return found


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
