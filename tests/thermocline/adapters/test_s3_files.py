from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, create_bucket
from thermocline.adapters.s3_files import S3Files
from thermocline.layout import warm_data_key

KEY = "warm/clickstream/data/event_time_month=2026-11/é 1.parquet"


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_bucket(aws, "lake")


def test_a_file_comes_back_by_the_key_in_its_address(client: Any, tmp_path: Path) -> None:
    files = S3Files(client, "lake", storage_class="INTELLIGENT_TIERING")
    (tmp_path / "here").write_bytes(b"\x00rows" * 1000)
    address = files.store(tmp_path / "here", KEY)
    assert address == f"s3://lake/{KEY}"
    assert files.key_of(address) == KEY
    files.fetch(KEY, tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()
    assert client.head_object(Bucket="lake", Key=KEY)["StorageClass"] == "INTELLIGENT_TIERING"


@pytest.mark.parametrize(("sealed", "kept_as"), [(False, "INTELLIGENT_TIERING"), (True, "GLACIER_IR")])
def test_sealed_files_have_a_storage_class_of_their_own(
    client: Any, tmp_path: Path, sealed: bool, kept_as: str
) -> None:
    files = S3Files(client, "lake", storage_class="INTELLIGENT_TIERING", cold_storage_class="GLACIER_IR")
    (tmp_path / "here").write_bytes(b"rows")
    key = warm_data_key("clicks", "event_time_month=2026-09", "a", sealed=sealed)
    files.store(tmp_path / "here", key)
    assert client.head_object(Bucket="lake", Key=key)["StorageClass"] == kept_as


def test_a_missing_object_is_a_missing_file(client: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=KEY):
        S3Files(client, "lake").fetch(KEY, tmp_path / "there")
    assert not (tmp_path / "there").exists()


def test_another_error_is_not_taken_for_a_missing_object(client: Any, tmp_path: Path) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        S3Files(client, "elsewhere").fetch(KEY, tmp_path / "there")


def test_an_address_in_another_bucket_has_no_key_here(client: Any) -> None:
    with pytest.raises(ValueError, match="is not in the bucket lake"):
        S3Files(client, "lake").key_of("s3://other/warm/a")
