"""cfn-lint finds nothing in what is deployed but what is explained here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.infra.assembly import synthesise

# (rule, resource type) that CDK itself writes, with no option not to.
EXPLAINED = {
    ("W3005", "AWS::Lambda::Function"): "CDK makes a function depend on its role by name too",
    ("W3005", "AWS::StepFunctions::StateMachine"): "CDK makes a state machine depend on its role by name too",
}


def findings(folder: Path, templates: dict[str, dict[str, Any]]) -> dict[tuple[str, str], str]:
    """What cfn-lint says of templates, by rule and resource type."""
    paths = [folder / f"{stack}.json" for stack in templates]
    for path in paths:
        path.write_text(json.dumps(templates[path.stem]))
    program = Path(sys.executable).with_name("cfn-lint")
    command = (str(program), "--format", "json", "--regions", "us-east-1", "--", *map(str, paths))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout or done.returncode == 0, done.stderr
    found = json.loads(done.stdout or "[]")
    return {(each["Rule"]["Id"], _resource_type(each, templates)): each["Message"] for each in found}


def _resource_type(found: dict[str, Any], templates: dict[str, dict[str, Any]]) -> str:
    section, *rest = found["Location"]["Path"] or [""]
    if section != "Resources":
        return str(section)
    template = templates[Path(found["Filename"]).stem]
    return str(template["Resources"][rest[0]]["Type"])


def test_templates_have_no_unexplained_findings_and_no_needless_explanation(tmp_path: Path) -> None:
    templates = synthesise("dev").stacks | synthesise("prod").stacks
    found = findings(tmp_path, templates)
    assert {rule: message for rule, message in found.items() if rule not in EXPLAINED} == {}
    assert found.keys() == EXPLAINED.keys()


def test_a_mistake_is_found(tmp_path: Path) -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": "soon"}}
    assert ("E3012", "AWS::SQS::Queue") in findings(tmp_path, {"broken": {"Resources": {"Queue": queue}}})
