from __future__ import annotations

from cli.stages.steps import DeployProgress

LINES = """\
dev-thermocline-storage: creating stack...
dev-thermocline-storage |  0/15 | 11:50:05 AM | CREATE_IN_PROGRESS      | AWS::S3::Bucket            | Lake (Lake1)
dev-thermocline-storage |  1/15 | 11:50:05 AM | CREATE_COMPLETE         | AWS::S3::Bucket            | Lake (Lake1)
dev-thermocline-catalog |  1/6  | 11:50:06 AM | UPDATE_COMPLETE         | AWS::Glue::Table           | Clickstream
dev-thermocline-catalog |  2/6  | 11:50:06 AM | CREATE_FAILED           | AWS::Glue::Table           | Telemetry
 ✅  dev-thermocline-storage
"""


def test_every_finished_resource_is_told_by_stack() -> None:
    told: list[str] = []
    progress = DeployProgress(tell=told.append)
    for line in LINES.splitlines(keepends=True):
        progress.see(line)
    assert told == ["dev-thermocline-storage 1/15", "dev-thermocline-storage 1/15, dev-thermocline-catalog 1/6"]
