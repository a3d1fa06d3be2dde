"""The children of an environment, in the order in which they are started."""

import sys

from offline.certificate import CA_FILE, make_certificate
from offline.children import ChildSpec
from offline.emulator import emulator_spec
from offline.environment import aws_environment, clean_environment
from offline.ports import assigned, load_ports
from offline.state import LakeFolder

CHILDREN = ("emulator", "athena", "runner", "frontdoor")


def plan(folder: LakeFolder, stage: str, *, iam: bool = False, keep: bool = False) -> list[ChildSpec]:
    """Return emulator, Athena endpoint, Lambda runner and front door, each on the environment's port for it.

    With `iam` the emulator enforces policies, over TLS, and functions run under their roles. With `keep` it saves its
    data when it is stopped.
    """
    ports = assigned(CHILDREN, load_ports(folder.ports))
    emulator, athena, runner, frontdoor = (ports[name] for name in CHILDREN)
    emulator_url, athena_url, runner_url = (f"http://127.0.0.1:{port}" for port in (emulator, athena, runner))
    if iam:
        make_certificate(folder.tls)
        emulator_url = emulator_url.replace("http:", "https:")
    authority = str(folder.tls / CA_FILE) if iam else None
    aws = aws_environment(emulator_url=emulator_url, athena_url=athena_url, authority=authority)
    environment = {**clean_environment(folder), **aws}
    here = ("--root", str(folder.root), "--name", folder.name)

    def module(
        name: str, port: int, *arguments: str, package: str | None = None, ready_path: str | None = "/healthz"
    ) -> ChildSpec:
        command = (sys.executable, "-m", package or f"offline.{name}", "--port", str(port), *arguments)
        return ChildSpec(name=name, command=command, environment=environment, port=port, ready_path=ready_path)

    return [
        emulator_spec(folder, stage=stage, port=emulator, aws=aws, runner_url=runner_url, iam=iam, keep=keep),
        module("athena", athena, "--cache-dir", str(folder.temp / "athena"), package="athena_local"),
        module("runner", runner, *here, *(("--roles",) if iam else ())),
        # All paths of the front door belong to the API, so only its port can show that it is ready.
        module("frontdoor", frontdoor, *here, "--emulator-url", emulator_url, ready_path=None),
    ]
