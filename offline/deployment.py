"""The record of what `up` deployed into an environment, in a file that the front door and the runner watch."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlsplit

from offline.cors import CorsConfiguration
from offline.ports import free_ports
from offline.state import LakeFolder, write_json


@dataclass(frozen=True, kw_only=True)
class DeployedRoute:
    """A route of an HTTP API in the emulator.

    Attributes
    ----------
    function
        Name of the function that it leads to; "" if it leads elsewhere, or has an authorizer.
    """

    key: str
    function: str = ""


@dataclass(frozen=True, kw_only=True)
class DeployedApi:
    """An HTTP API in the emulator.

    Attributes
    ----------
    construct
        Its path in the app's tree of constructs, which identifies it: names may be equal.
    host, path
        The Host header by which the emulator identifies it, and its stage's path if it has one.
    port
        The local port at which the front door serves it; None for the ingest API, which has the front door's own port.
    edge_secret
        Name of the secret that the edge sends, if the front door acts as CloudFront for this API; else "".
    edge_header
        The header that the edge sends it in.
    """

    construct: str
    name: str
    host: str
    path: str
    api_id: str = ""
    cors: CorsConfiguration = field(default_factory=CorsConfiguration)
    routes: tuple[DeployedRoute, ...] = ()
    port: int | None = None
    edge_secret: str = ""
    edge_header: str = ""

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Return the record whose fields `asdict` wrote."""
        cors: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.pop("cors").items()}
        routes = tuple(DeployedRoute(**route) for route in fields.pop("routes"))
        return cls(**fields, cors=CorsConfiguration(**cors), routes=routes)


@dataclass(frozen=True, kw_only=True)
class OfflineDeployment:
    """A deployment: the ingest API and the app's other APIs."""

    inputs_hash: str
    ingest: DeployedApi
    others: tuple[DeployedApi, ...] = ()

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Return the record whose fields `asdict` wrote."""
        others = tuple(DeployedApi.from_json(api) for api in fields["others"])
        return cls(inputs_hash=fields["inputs_hash"], ingest=DeployedApi.from_json(fields["ingest"]), others=others)

    def api(self, construct: str | None) -> DeployedApi | None:
        """Return an API by its construct, or the ingest API without one."""
        if construct is None:
            return self.ingest
        return next((api for api in self.others if api.construct == construct), None)


def offline_deployment(
    *,
    inputs_hash: str,
    ingest_url: str,
    apis: Sequence[DeployedApi],
    edge_secret: str = "",
    edge_header: str = "",
    before: OfflineDeployment | None = None,
) -> OfflineDeployment:
    """Return the record of a deployment.

    Parameters
    ----------
    ingest_url
        The stacks' output `IngestUrl`.
    apis
        Every HTTP API of the app.
    edge_secret
        Name of the edge's secret; "" if the stage has no edge.
    edge_header
        The header that the edge sends it in.
    before
        The previous deployment: an API keeps its port.
    """
    parts = urlsplit(ingest_url)
    ingest = next((api for api in apis if api.host == parts.netloc), None)
    served = ingest or DeployedApi(construct="", name="", host=parts.netloc, path="")
    return OfflineDeployment(
        inputs_hash=inputs_hash,
        ingest=replace(served, path=parts.path.rstrip("/"), edge_secret=edge_secret, edge_header=edge_header),
        others=_with_ports([api for api in apis if api is not ingest], before),
    )


def _with_ports(apis: list[DeployedApi], before: OfflineDeployment | None) -> tuple[DeployedApi, ...]:
    known = {api.construct: api.port for api in before.others} if before else {}
    fresh = iter(free_ports(sum(api.construct not in known for api in apis)))
    ports = [known[api.construct] if api.construct in known else next(fresh) for api in apis]
    return tuple(replace(api, port=port) for api, port in zip(apis, ports, strict=True))


def load_deployment(folder: LakeFolder) -> OfflineDeployment | None:
    """Return what is deployed; None if nothing is yet, or if another version of the lake wrote the record."""
    try:
        return OfflineDeployment.from_json(json.loads(folder.deployment.read_text()))
    except (FileNotFoundError, KeyError, TypeError):
        return None


def save_deployment(folder: LakeFolder, deployment: OfflineDeployment) -> None:
    """Record a deployment; the front door and the runner use it from their next request on."""
    write_json(folder.deployment, asdict(deployment))
