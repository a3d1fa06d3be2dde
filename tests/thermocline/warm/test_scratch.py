from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.files import FolderFiles
from thermocline.warm.scratch import ScratchFiles


def test_what_is_stored_lies_below_the_prefix_and_is_found_by_its_own_key(tmp_path: Path) -> None:
    bucket = FolderFiles(tmp_path / "bucket")
    source, fetched = tmp_path / "source", tmp_path / "fetched"
    source.write_bytes(b"new")
    address = ScratchFiles(bucket, "replay/1a/").store(source, "ids/a.parquet")
    assert bucket.keys() == ["replay/1a/ids/a.parquet"]
    again = ScratchFiles(bucket, "replay/1a/")  # another process
    assert again.key_of(address) == "replay/1a/ids/a.parquet"
    again.fetch("ids/a.parquet", fetched)
    assert fetched.read_bytes() == b"new"
    source.write_bytes(b"true")
    bucket.store(source, "ids/b.parquet")
    again.fetch("ids/b.parquet", fetched)
    assert fetched.read_bytes() == b"true"
    with pytest.raises(FileNotFoundError):
        again.fetch("ids/c.parquet", fetched)
