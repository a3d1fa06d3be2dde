from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.nodejs import node_folder
from kit.packaging.esbuild import EXTENSIONS, FORMATS, BundleError, Handler, Options, bundle, program


def project(root: Path, **files: str) -> Path:
    for name, text in files.items():
        file = root / "src" / name.replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def bundled(root: Path, name: str, options: Options | None = None, *, debug: bool = False) -> Path:
    chosen = options or Options()
    output = root / "out" / f"bundle{FORMATS[chosen.format]}"
    bundle(Handler.find(root, None, name), chosen, node=22, output=output, debug=debug)
    return output


def refusal(root: Path, name: str, options: Options | None = None) -> str:
    with pytest.raises(BundleError) as caught:
        bundled(root, name, options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def run(file: Path, export: str) -> object:
    code = f"import({json.dumps(str(file))}).then(async (m) => console.log(JSON.stringify(await m.{export}())))"
    line = [str(node_folder() / "node"), "-e", code]
    return json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("minify", [True, False])
def test_every_kind_of_source_becomes_every_kind_of_bundle(
    tmp_path: Path, extension: str, kind: str, minify: bool
) -> None:
    typed = ": Promise<unknown>" if "t" in extension else ""
    if extension in {".js", ".cjs"}:  # CommonJS, with what such packages expect
        text = "const { sep } = require('node:path');\nexports.main = async () => [sep, typeof __dirname, mine()];\n"
        text += "const { mine } = require('./own.js');"
    else:
        text = "import { sep } from 'node:path';\nimport { mine } from './own.js';\n"
        text += f"export const main = async (){typed} => [sep, 'string', mine()];"
    root = project(tmp_path, **{f"list{extension}": text, "own.js": "export const mine = () => 1;"})
    assert run(bundled(root, "src/list.main", Options(format=kind, minify=minify)), "main") == ["/", "string", 1]


def test_the_same_sources_make_the_same_bundle_in_every_folder(tmp_path: Path) -> None:
    files = {"list.ts": "import { a } from './a'; export const main = async () => a;", "a.ts": "export const a = 1;"}
    one, two = (bundled(project(tmp_path / name, **files), "src/list.main") for name in ("one", "two/three"))
    assert one.read_bytes() == two.read_bytes()
    assert str(tmp_path) not in one.read_text()


def test_a_handler_is_bundled_with_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    text = "export const main = async () => 'mine'; export const other = async () => 'not for this one';"
    content = bundled(project(tmp_path, **{"list.ts": text}), "src/list.main").read_text()
    assert "mine" in content
    assert "not for this one" not in content


def test_lambdas_own_packages_are_left_out_unless_told_otherwise(tmp_path: Path) -> None:
    text = "import { S3Client } from '@aws-sdk/client-s3'; import 'sharp'; export const main = async () => S3Client;"
    root = project(tmp_path, **{"list.ts": text})
    assert 'Could not resolve "sharp"; install it in the project with npm, or name it in' in refusal(
        root, "src/list.main"
    )
    left = bundled(root, "src/list.main", Options(external=("@aws-sdk/*", "sharp"))).read_text()
    assert re.findall(r'from "(.+)"|import "(.+)"', left) == [("@aws-sdk/client-s3", ""), ("", "sharp")]
    assert "Could not resolve" in refusal(root, "src/list.main", Options(external=("sharp",)))


def test_names_of_errors_survive_minifying(tmp_path: Path) -> None:
    text = "class NoSuchOrder extends Error {} export const main = async () => new NoSuchOrder().constructor.name;"
    root = project(tmp_path, **{"list.ts": text})
    assert run(bundled(root, "src/list.main", Options(minify=True)), "main") == "NoSuchOrder"


def test_only_a_bundle_to_debug_refers_to_its_sources(tmp_path: Path) -> None:
    root = project(tmp_path, **{"list.ts": "export const main = async () => 1;"})
    assert "sourceMappingURL" not in bundled(root, "src/list.main").read_text()
    assert "sourceMappingURL=data:" in bundled(root, "src/list.main", debug=True).read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("export const other = async () => 1;", "src/list.js exports no 'main'; write `export const main = async ("),
        ("exports.other = async () => 1;", "src/list.js exports no 'main'; write `export const main = async ("),
        ("const main = async () => 1;", "src/list.js exports no 'main'; write `export const main = async ("),
        ("", "src/list.js exports no 'main'; write `export const main = async ("),
        ("export const main = async () => { a b };", "src/list.js:1:36 Expected \";\" but found \"b\""),
        ("import './no'; export const main = 1;", "src/list.js:1:7 Could not resolve \"./no\""),
        ("import { a } from './a.js'; export const main = a;", "No matching export in \"src/a.js\" for import \"a\""),
    ],
)  # fmt: skip
def test_sources_that_make_no_handler_are_refused_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    root = project(tmp_path, **{"list.js": text, "a.js": "export const b = 1;"})
    told = refusal(root, "src/list.main")
    assert told.startswith("handler 'src/list.main': ")
    assert message in told


@pytest.mark.parametrize("text", ["module.exports = require('./a.js');", "module.exports = { ...require('./a.js') };"])
def test_a_commonjs_handler_may_come_from_elsewhere(tmp_path: Path, text: str) -> None:
    root = project(tmp_path, **{"list.js": text, "a.js": "exports.main = async () => 1;"})
    assert run(bundled(root, "src/list.main"), "main") == 1


def test_top_level_await_needs_an_es_module(tmp_path: Path) -> None:
    root = project(tmp_path, **{"list.mjs": "const one = await 1; export const main = async () => one;"})
    assert run(bundled(root, "src/list.main"), "main") == 1
    assert "leave out 'format', or write 'esm'" in refusal(root, "src/list.main", Options(format="cjs"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("src/none.main", "there is no file src/none.ts, .js or .mjs; write one with `export const main = async ("),
        ("src/list", "is not of the form 'path/file.function'"),
        ("../list.main", "is not of the form 'path/file.function'"),
        ("src/two.main", "two.ts and two.js both exist; keep one of them"),
    ],
)
def test_handlers_that_are_not_there_are_told(tmp_path: Path, name: str, message: str) -> None:
    root = project(tmp_path, **{"list.ts": "", "two.ts": "", "two.js": ""})
    assert message in refusal(root, name)


def test_a_handler_is_found_from_src_and_may_have_a_hyphen(tmp_path: Path) -> None:
    root = project(tmp_path, **{"sub/get-notes.ts": ""})
    assert Handler.find(root, "src", "sub/get-notes.main").file == "src/sub/get-notes.ts"


names = st.lists(st.text("abc/@*-", min_size=1), max_size=3).map(tuple)


@given(st.builds(Options, minify=st.booleans(), external=names, format=st.sampled_from(list(FORMATS))))
def test_options_pass_to_the_runner_unchanged(options: Options) -> None:
    assert Options.from_variable(options.to_variable()) == options


def test_without_the_variable_options_are_the_defaults() -> None:
    assert Options.from_variable(None) == Options.from_variable("") == Options()


def test_without_esbuild_it_is_told_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="esbuild for linux-pdp11 is not installed: `make setup` installs it"):
        program(tmp_path, system="Linux", machine="pdp11")


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [("Linux", "x86_64", "linux-x64"), ("Linux", "aarch64", "linux-arm64"), ("Darwin", "arm64", "darwin-arm64")],
)
def test_the_machines_own_esbuild_is_taken(tmp_path: Path, system: str, machine: str, name: str) -> None:
    file = tmp_path / "node_modules" / "@esbuild" / name / "bin" / "esbuild"
    file.parent.mkdir(parents=True)
    file.touch()
    assert program(tmp_path, system=system, machine=machine) == file


def test_every_machine_that_we_support_has_its_esbuild_locked() -> None:
    lock = json.loads((Path(__file__).parents[3] / "package-lock.json").read_text())["packages"]
    for name in ("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"):
        assert lock[f"node_modules/@esbuild/{name}"]["integrity"]


def test_nothing_of_cdk_is_imported() -> None:
    code = "import sys, kit.packaging.esbuild; print(any(name.startswith('aws_cdk') for name in sys.modules))"
    line = [sys.executable, "-c", code]
    root = Path(__file__).parents[3]
    assert subprocess.run(line, capture_output=True, text=True, check=True, cwd=root).stdout.strip() == "False"
