from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import ConfigurationError
from kit.packaging.layers import build_layer, check_size, pinned
from kit.packaging.package import LAMBDA_LIMIT_BYTES

LOCK = """\
msgspec==0.22.0
    # via app (pyproject.toml)
PyYAML==6.0.3 ; python_version < '4'
"""


def install(pins: tuple[str, ...], target: Path) -> None:
    package = target / "package"
    (package / "tests").mkdir(parents=True)
    (package / "tests" / "test_package.py").write_text("")
    (package / "core.py").write_text(" ".join(pins))
    (package / "core.pyx").write_text("")


def refuse(pins: tuple[str, ...], target: Path) -> None:
    raise AssertionError((pins, target))


def lock(folder: Path, text: str = LOCK) -> Path:
    path = folder / "requirements.txt"
    path.write_text(text)
    return path


def test_versions_are_those_of_the_lock() -> None:
    assert pinned(("msgspec", "pyyaml"), LOCK) == ("msgspec==0.22.0", "pyyaml==6.0.3")


def test_package_outside_the_lock_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"not in requirements\.txt: polars"):
        pinned(("msgspec", "polars"), LOCK)


def test_layer_has_lambdas_shape_without_tests_and_sources(tmp_path: Path) -> None:
    layer = build_layer(("msgspec",), requirements=lock(tmp_path), cache=tmp_path / "layers", install=install)
    files = {path.relative_to(layer).as_posix() for path in layer.rglob("*") if path.is_file()}
    assert files == {"python/package/core.py"}


def test_layer_is_built_once_for_each_set_of_versions(tmp_path: Path) -> None:
    cache = tmp_path / "layers"
    first = build_layer(("msgspec",), requirements=lock(tmp_path), cache=cache, install=install)
    again = build_layer(("msgspec",), requirements=lock(tmp_path), cache=cache, install=refuse)
    newer = build_layer(("msgspec",), requirements=lock(tmp_path, "msgspec==1.0\n"), cache=cache, install=install)
    assert first == again
    assert first != newer


def test_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        build_layer(("msgspec",), requirements=lock(tmp_path), cache=tmp_path / "layers", install=refuse)
    assert not list((tmp_path / "layers").iterdir())


def test_layer_that_lambda_cannot_unpack_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LAMBDA_LIMIT_BYTES + 1)
    with pytest.raises(ConfigurationError, match="Lambda's limit"):
        check_size(tmp_path)
