from __future__ import annotations

from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from kit.constructs import App, Function, Stack
from kit.errors import DefinitionError
from kit.packaging.code import package
from kit.packaging.esbuild import Options
from kit.packaging.package import Package, Project
from tests.kit.constructs.templates import one

MAIN = "export const main = async (): Promise<number> => 1;"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("src/list.ts", "src/sub/deep.ts", "top.mjs"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(MAIN.replace(": Promise<number>", "") if name.endswith(".mjs") else MAIN)
    return tmp_path


def made(root: Path, handler: str, **options: Any) -> Package:
    return package(Project(root=root), handler=handler, **{"runtime": "nodejs22.x"} | options)


def files(made: Package) -> set[str]:
    return {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("handler", "options", "file"),
    [
        ("src/list.main", {}, "src/list.mjs"),
        ("sub/deep.main", {"src": "src"}, "sub/deep.mjs"),
        ("top.main", {"runtime": "nodejs20.x"}, "top.mjs"),
        ("top.main", {"runtime": "nodejs24.x", "bundle": {"format": "cjs"}}, "top.cjs"),
    ],
)
def test_code_is_one_file_where_lambda_looks_for_the_handler(
    root: Path, handler: str, options: dict[str, Any], file: str
) -> None:
    bundled = made(root, handler, **options)
    assert files(bundled) == {file}
    assert bundled.handler == handler
    assert bundled.runtime.name == options.get("runtime", "nodejs22.x")


def test_a_handler_is_bundled_once(root: Path) -> None:
    assert made(root, "src/list.main").folder == made(root, "src/list.main").folder
    assert made(root, "src/list.main").folder != made(root, "src/sub/deep.main").folder
    assert made(root, "src/list.main").folder != made(root, "src/list.main", bundle={"minify": True}).folder


def test_the_same_sources_have_the_same_asset_hash_everywhere(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "another" / "place"
    (other / "src").mkdir(parents=True)
    (other / "src" / "list.ts").write_text(MAIN)
    hashes = [cdk.FileSystem.fingerprint(str(made(place, "src/list.main").folder)) for place in (root, other)]
    (other / "src" / "sub").mkdir()
    (other / "src" / "sub" / "deep.ts").write_text(MAIN.replace("1", "2"))
    assert hashes[0] == hashes[1]
    assert cdk.FileSystem.fingerprint(str(made(other, "src/sub/deep.main").folder)) != hashes[0]


def test_the_runner_is_told_the_options(root: Path) -> None:
    assert made(root, "src/list.main").environment == {}
    variables = made(root, "src/list.main", bundle={"external": ["sharp"], "format": "cjs"}).environment
    assert Options.from_variable(variables["LAKE_BUNDLE"]) == Options(external=("sharp",), format="cjs")


@pytest.mark.parametrize(
    ("handler", "options", "message"),
    [
        ("src/none.main", {}, r"there is no file src/none\.ts, \.js or \.mjs; write one with `export const main"),
        ("src/list.none", {}, r"src/list\.ts exports no 'none'; write `export const none = async \(event, context\)"),
        ("src/list.main", {"bundle": {"minfy": True}}, "bundle has no property 'minfy'; did you mean 'minify'"),
        ("src/list.main", {"bundle": {"minify": "yes"}}, "bundle: minify is True or False, not 'yes'"),
        ("src/list.main", {"bundle": {"external": "sharp"}}, "bundle: external is a list of packages, not 'sharp'"),
        ("src/list.main", {"bundle": {"format": "umd"}}, "bundle: format is 'esm' or 'cjs', not 'umd'"),
        ("src/list.main", {"bundle": "minify"}, "bundle of JavaScript is a mapping"),
        ("src/list.main", {"runtime": "nodejs18.x"}, r"runtime 'nodejs18\.x' is not supported; use .*nodejs22\.x"),
        ("src/list.main", {"runtime": "python3.14"}, r"list\.ts is not Python; add runtime='nodejs24\.x'"),
    ],
)
def test_wrong_use_is_told(root: Path, handler: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        made(root, handler, **options)


def test_a_function_is_deployed_with_its_bundle(root: Path, tmp_path: Path) -> None:
    stack = Stack(App(name="app", stage="test", root=root, outdir=str(tmp_path / "cdk.out")), "main")
    Function(stack, "List", handler="list.main", src="src", runtime="nodejs22.x", bundle={"minify": True})
    function = one(stack, "AWS::Lambda::Function")
    assert (function["Handler"], function["Runtime"]) == ("list.main", "nodejs22.x")
    variables = function["Environment"]["Variables"]
    assert variables["LAKE_SRC"] == "src"
    assert Options.from_variable(variables["LAKE_BUNDLE"]).minify
