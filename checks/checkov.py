"""Runs checkov over the templates of the stages on AWS: ``python -m checks.checkov``.

Checkov needs packages that this project has in later versions, so it has an environment of its own, made once per
lock. It sees the templates without what they acknowledge, and this module compares: a finding without a reason
fails, and so does a reason without a finding.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from checks.templates import built

ROOT: Final = Path(__file__).resolve().parents[1]
LOCK: Final = ROOT / "checks" / "requirements-checkov.txt"
STAGES: Final = ("dev", "prod")

Templates = Mapping[str, dict[str, Any]]
Finding = tuple[str, str, str]
"""Stack, logical id and checkov's id."""


def main() -> int:
    """Print every problem, and return the exit status."""
    templates = synthesised()
    findings, reasons = checkov_findings(templates, tool(ROOT / "build" / "tools")), acknowledged(templates)
    unexplained = problems(findings, reasons)
    for problem in unexplained:
        sys.stderr.write(f"{problem}\n")
    sys.stdout.write(f"checkov: {len(findings)} findings, {len(unexplained)} problems\n")
    return 1 if unexplained else 0


def problems(findings: Mapping[Finding, str], reasons: Mapping[Finding, str]) -> list[str]:
    """Return a line for each finding without a reason, and for each reason without a finding."""
    return [
        *(f"{'/'.join(finding)}: {findings[finding]}" for finding in findings if finding not in reasons),
        *(f"{'/'.join(finding)}: acknowledged without a reason" for finding, why in reasons.items() if not why.strip()),
        *(f"{'/'.join(finding)}: acknowledged, and not found" for finding in reasons if finding not in findings),
    ]


def acknowledged(templates: Templates) -> dict[Finding, str]:
    """Return the reason of each finding that the templates acknowledge."""
    return {
        (stack, logical_id, skip["id"]): skip["comment"]
        for stack, template in templates.items()
        for logical_id, resource in template["Resources"].items()
        for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", [])
    }


def without_metadata(template: dict[str, Any]) -> dict[str, Any]:
    """Return a template as checkov shall see it."""
    resources = {
        logical_id: {key: value for key, value in resource.items() if key != "Metadata"}
        for logical_id, resource in template["Resources"].items()
    }
    return template | {"Resources": resources}


def synthesised() -> dict[str, dict[str, Any]]:
    """Return the templates of all stages on AWS, by stack."""
    templates: dict[str, dict[str, Any]] = {}
    for stage in STAGES:
        with built(stage) as app:
            templates |= {stack.stack_name: dict(stack.template) for stack in app.synth().stacks}
    return templates


def tool(folder: Path) -> Path:
    """Return checkov's program, installed from its lock when it is not there yet."""
    environment = folder / f"checkov-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}"
    program = environment / "bin" / "checkov"
    if not program.exists():
        uv = (sys.executable, "-m", "uv")
        subprocess.run((*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(environment)), check=True)
        python = str(environment / "bin" / "python")
        subprocess.run((*uv, "pip", "install", "--quiet", "--python", python, "--requirements", str(LOCK)), check=True)
    return program


def checkov_findings(templates: Templates, program: Path) -> dict[Finding, str]:
    """Run checkov, and return its findings, each with the name of its check.

    Raises
    ------
    ValueError
        Checkov could not read a template.
    """
    with TemporaryDirectory(prefix="thermocline-checkov-") as folder:
        for stack, template in templates.items():
            (Path(folder) / f"{stack}.json").write_text(json.dumps(without_metadata(template)))
        options = ("--framework", "cloudformation", "--output", "json", "--quiet", "--compact", "--skip-download")
        # Checkov's exit status says only that it found something.
        process = subprocess.run(
            (str(program), "--directory", folder, *options), check=False, capture_output=True, text=True
        )
    report = json.loads(process.stdout)
    if report["summary"]["parsing_errors"]:
        raise ValueError(f"checkov cannot read {report['results']['parsing_errors']}")
    return dict(_finding(entry) for entry in report["results"]["failed_checks"])


def _finding(entry: dict[str, Any]) -> tuple[Finding, str]:
    stack = Path(entry["file_path"]).stem
    return (stack, entry["resource"].rpartition(".")[2], entry["check_id"]), entry["check_name"]


if __name__ == "__main__":
    sys.exit(main())
