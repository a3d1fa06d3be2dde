"""What the offline stage may hold is what the installed emulator makes, asked of the emulator itself."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.e2e.constructs.app import parts_app
from tests.infra.assembly import Stage
from tests.infra.test_stages import EMULATED

_ASK = """
import json
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS as handlers
print("\\n" + json.dumps(sorted(name for name, does in handlers.items() if "create" in does)))
"""

# DESIGN: an unknown type fails its whole stack, so that these stay out of the offline stage.
MISSING = (
    "AWS::Athena::NamedQuery",
    "AWS::Athena::PreparedStatement",
    "AWS::DMS::ReplicationTask",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::Events::Archive",
    "AWS::Glue::SecurityConfiguration",
    "AWS::Kinesis::StreamConsumer",
    "AWS::LakeFormation::Permissions",
    "AWS::QuickSight::Dashboard",
    "AWS::SecretsManager::RotationSchedule",
)

# Of any name: the emulator calls their function.
CUSTOM = "Custom::"


@cache
def made_by_the_emulator() -> frozenset[str]:
    """Resource types that the installed emulator's CloudFormation creates (in a process of its own: it is large)."""
    done = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    return frozenset(json.loads(done.stdout.splitlines()[-1]))


def test_allowlist_is_true_of_the_installed_emulator() -> None:
    assert len(made_by_the_emulator()) > 100
    assert made_by_the_emulator() >= {name for name in EMULATED if not name.startswith(CUSTOM)}


def test_offline_template_holds_only_what_the_installed_emulator_makes(local: Stage) -> None:
    types = {resource["Type"] for _, resource in local.resources()}
    assert {name for name in types if not name.startswith(CUSTOM)} <= made_by_the_emulator()


@pytest.mark.parametrize("resource_type", MISSING)
def test_what_the_emulator_is_said_to_lack_it_lacks(resource_type: str) -> None:
    assert resource_type not in made_by_the_emulator()


def test_every_construct_is_made_of_what_the_emulator_makes(tmp_path_factory: pytest.TempPathFactory) -> None:
    stacks = parts_app(outdir=str(tmp_path_factory.mktemp("parts"))).synth().stacks
    types = {resource["Type"] for stack in stacks for resource in stack.template["Resources"].values()}
    assert types - {"Custom::Script"} <= made_by_the_emulator()
