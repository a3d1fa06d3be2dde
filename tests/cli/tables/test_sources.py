"""Samples come from files, from gzip files, and from standard input."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.errors import CliError
from cli.main import app
from cli.tables.sources import plain_file
from thermocline.contracts import load_contract

ROWS = b'{"id":1}\n{"id":2}\n'


def new(folder: Path, *arguments: str, stdin: bytes = b"") -> Result:
    command = ["contracts", "new", "things", "--folder", str(folder), *arguments]
    return CliRunner().invoke(app, command, input=stdin)


def produced(folder: Path) -> list[tuple[str, str]]:
    return [(column.name, column.type) for column in load_contract(folder / "things.odcs.yaml").produced]


def test_gzip_is_unpacked_and_its_name_says_what_it_holds(tmp_path: Path) -> None:
    sample = tmp_path / "rows.ndjson.gz"
    sample.write_bytes(gzip.compress(ROWS) + gzip.compress(b'{"id":"x"}\n'))  # files that were joined
    result = new(tmp_path, "--from", str(sample))
    assert result.exit_code == 0, result.stderr
    assert "3 rows" in result.stdout
    assert f"gunzip -c {sample} | curl" in result.stdout
    assert "--data-binary @- " in result.stdout
    assert produced(tmp_path) == [("id", "string")]


def test_standard_input_needs_its_format(tmp_path: Path) -> None:
    assert "give --format" in new(tmp_path, "--from", "-", stdin=ROWS).stderr
    result = new(tmp_path, "--from", "-", "--format", "ndjson", stdin=ROWS)
    assert result.exit_code == 0, result.stderr
    assert produced(tmp_path) == [("id", "bigint")]


@pytest.mark.parametrize(
    "body",
    [b"", b"plain", gzip.compress(ROWS)[:-9], gzip.compress(ROWS) + b"more"],
    ids=["nothing", "plain", "cut", "with more behind"],  # gzip's own bytes change from second to second
)
def test_damaged_gzip_is_named(body: bytes, tmp_path: Path) -> None:
    sample = tmp_path / "rows.ndjson.gz"
    sample.write_bytes(body)
    result = new(tmp_path, "--from", str(sample))
    assert result.exit_code == 1
    assert result.stderr.startswith("lake: ")


@pytest.mark.parametrize(("name", "said"), [("rows.csv", "there is no such file"), (".", "it is no file")])
def test_what_cannot_be_read_is_named(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CliError, match=said), plain_file(tmp_path / name):
        pass
