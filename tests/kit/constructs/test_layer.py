from __future__ import annotations

from pathlib import Path

import pytest

from kit.constructs import Function, Layer, Stack
from kit.constructs.layer import check_total, unpacked_bytes
from kit.errors import DefinitionError
from kit.packaging.package import LAMBDA_LIMIT_BYTES
from tests.kit.constructs.templates import HANDLER, one


def layer_of(stack: Stack, folder: Path, size: int) -> Layer:
    folder.mkdir()
    with (folder / "big").open("wb") as file:
        file.truncate(size)
    return Layer(stack, folder.name, folder=folder, layer_version_name=folder.name)


def test_layer_knows_its_size(stack: Stack, tmp_path: Path) -> None:
    assert layer_of(stack, tmp_path / "Small", 10).unpacked_bytes == unpacked_bytes(tmp_path / "Small") == 10
    assert one(stack, "AWS::Lambda::LayerVersion")["CompatibleArchitectures"] == ["arm64"]


def test_code_and_layers_together_must_fit(stack: Stack, tmp_path: Path) -> None:
    halves = [layer_of(stack, tmp_path / name, LAMBDA_LIMIT_BYTES // 2) for name in ("First", "Second")]
    Function(stack, "Fits", handler=HANDLER, layers=halves[:1])
    with pytest.raises(
        DefinitionError, match=r"TooLarge unpacks to 26\d,\d+,\d+ bytes \(code .*, First 131,.*, Second"
    ):
        Function(stack, "TooLarge", handler=HANDLER, layers=halves)


def test_limit_itself_fits() -> None:
    check_total("f", {"code": LAMBDA_LIMIT_BYTES})
    with pytest.raises(DefinitionError, match=r"f unpacks to 262,144,001 bytes \(code 262,144,001\)"):
        check_total("f", {"code": LAMBDA_LIMIT_BYTES + 1})
