from __future__ import annotations

from typing import Any

from checks.checkov import LOCK, acknowledged, problems, without_metadata

QUEUE = ("storage", "Queue", "CKV_AWS_27")
BUCKET = ("storage", "Bucket", "CKV_AWS_21")
RESOURCE: dict[str, Any] = {
    "Type": "AWS::SQS::Queue",
    "Properties": {"QueueName": "arrivals"},
    "Metadata": {"checkov": {"skip": [{"id": "CKV_AWS_27", "comment": "why"}]}},
}


def test_a_finding_needs_a_reason_and_a_reason_a_finding() -> None:
    assert problems({QUEUE: "encrypt"}, {QUEUE: "why"}) == []
    assert problems({QUEUE: "encrypt"}, {}) == ["storage/Queue/CKV_AWS_27: encrypt"]
    assert problems({}, {BUCKET: "why"}) == ["storage/Bucket/CKV_AWS_21: acknowledged, and not found"]
    assert problems({QUEUE: "encrypt"}, {QUEUE: " "}) == ["storage/Queue/CKV_AWS_27: acknowledged without a reason"]


def test_checkov_sees_templates_without_their_acknowledgements() -> None:
    template = {"Resources": {"Queue": RESOURCE, "Other": {"Type": "AWS::SQS::Queue"}}, "Outputs": {}}
    assert acknowledged({"storage": template}) == {QUEUE: "why"}
    bare = without_metadata(template)
    assert acknowledged({"storage": bare}) == {}
    assert bare["Resources"]["Queue"]["Properties"] == RESOURCE["Properties"]
    assert bare["Outputs"] == {}
    assert "Metadata" in template["Resources"]["Queue"]


def test_every_package_of_the_tool_is_pinned() -> None:
    lines = [line for line in LOCK.read_text().splitlines() if not line.lstrip().startswith("#")]
    assert all("==" in line for line in lines)
    assert any(line.startswith("checkov==") for line in lines)
