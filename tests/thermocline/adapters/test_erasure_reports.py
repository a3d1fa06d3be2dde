"""What erasures have left in the bucket."""

from __future__ import annotations

import json

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.erasure_reports import S3Erasures
from thermocline.restore.ports import Erasure


def test_a_proof_or_a_begun_run_tells_version_and_subjects_and_another_only_its_name(aws: AwsClient) -> None:
    s3 = create_bucket(aws, "lake")
    assert list(S3Erasures(s3, "lake").runs()) == []
    proof = {"form": 1, "run": "r1", "version": 3, "digests": ["aa", "bb"], "touched": []}
    s3.put_object(Bucket="lake", Key="erasure/r1/report.json", Body=json.dumps(proof).encode())
    s3.put_object(Bucket="lake", Key="erasure/r1/warm-1.json", Body=b"{}")
    s3.put_object(Bucket="lake", Key="erasure/r2/raw-1.json", Body=b"{}")
    begun = {"id": "r3", "version": 4, "digests": ["cc"], "step": "drain"}
    s3.put_object(Bucket="lake", Key="erasure/r3/work/run.json", Body=json.dumps(begun).encode())
    assert list(S3Erasures(s3, "lake").runs()) == [
        Erasure(run="r1", version=3, digests=("aa", "bb")),
        Erasure(run="r2"),
        Erasure(run="r3", version=4, digests=("cc",)),
    ]
