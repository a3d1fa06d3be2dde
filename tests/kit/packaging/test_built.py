"""Functions that a command builds: Go for real where it is there, .NET with a program that stands in for its own."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest

from kit.constructs import App, Function, Stack
from kit.errors import DefinitionError
from kit.packaging.code import package
from kit.packaging.package import Package, Project
from tests.kit.constructs.templates import one

GO = "provided.al2023"
GO_PROGRAM = 'package main\n\nfunc main() { println("hello") }\n'
DOTNET_HANDLER = "Notes::Notes.Listing::Main"
needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="Go is not on this machine")

# Does what `dotnet publish` does with the arguments that matter, and keeps all of them.
DOTNET = f"""#!/bin/sh
exec {shlex.quote(sys.executable)} - "$@" <<'PROGRAM'
import json, pathlib, sys
given = dict(zip(sys.argv[3::2], sys.argv[4::2]))
output = pathlib.Path(given["--output"])
(output / "Notes.dll").write_text("code")
(output / "arguments.json").write_text(json.dumps(sys.argv[1:]))
(pathlib.Path(given["--artifacts-path"]) / "obj").mkdir()
PROGRAM
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"go/hello/main.go": GO_PROGRAM, "go/hello/go.mod": "module hello\n\ngo 1.24\n", "net/Notes.csproj": ""}
    for name, text in files.items():
        file = tmp_path / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "project"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first on PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def tool(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def made(root: Path, handler: str, runtime: str, **options: Any) -> Package:
    return package(Project(root=root), handler=handler, runtime=runtime, **options)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@needs_go
def test_a_go_program_becomes_lambdas_bootstrap_for_arm64(root: Path) -> None:
    before = files(root)
    built = made(root, "hello", GO, src="go")
    assert (files(built.folder), built.handler, built.runtime.name) == ({"bootstrap"}, "bootstrap", GO)
    program = (built.folder / "bootstrap").read_bytes()
    assert (program[:4], int.from_bytes(program[18:20], "little")) == (b"\x7fELF", 183)  # 183 is AArch64
    assert os.access(built.folder / "bootstrap", os.X_OK)
    assert files(root) == before


@needs_go
def test_the_same_go_program_has_the_same_asset_hash_everywhere(root: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(root, tmp_path / "another" / "place"))
    one, two = (made(place, "go/hello", GO).folder for place in (root, other))
    assert cdk.FileSystem.fingerprint(str(one)) == cdk.FileSystem.fingerprint(str(two))


@needs_go
def test_a_go_program_that_does_not_compile_is_told_by_the_compilers_last_lines(root: Path) -> None:
    (root / "go" / "hello" / "main.go").write_text("package main\n\nfunc main() { nothing() }\n")
    with pytest.raises(DefinitionError, match=r"^handler 'go/hello': go build failed: .*main\.go:3:15: undefined"):
        made(root, "go/hello", GO)


def test_a_missing_toolchain_is_told_in_one_line(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DefinitionError, match=r"^handler 'go/hello': go is not on PATH: install Go 1\.24 or later"):
        made(root, "go/hello", GO)
    with pytest.raises(DefinitionError, match=r"dotnet is not on PATH: install the \.NET SDK 8 or later"):
        made(root, DOTNET_HANDLER, "dotnet8", src="net")
    with pytest.raises(DefinitionError, match=r"zig is not on PATH: install it, or name a command"):
        made(root, "x", GO, bundle={"command": ["zig", "build"], "output": "out"})


@pytest.mark.parametrize("runtime", ["dotnet8", "dotnet10"])
@pytest.mark.parametrize("language", ["csproj", "fsproj"])
def test_a_dotnet_project_is_published_for_arm64(root: Path, tools: Path, runtime: str, language: str) -> None:
    tool(tools, "dotnet", DOTNET)
    (root / "net" / "Notes.csproj").rename(root / "net" / f"Notes.{language}")
    before = files(root)
    built = made(root, DOTNET_HANDLER, runtime, src="net")
    assert (built.handler, built.runtime.name) == (DOTNET_HANDLER, runtime)
    assert files(built.folder) == {"Notes.dll", "arguments.json"}
    arguments = (built.folder / "arguments.json").read_text()
    for part in ('["publish", ', '"--runtime", "linux-arm64"', '"--self-contained", "false"', f'"Notes.{language}"'):
        assert part in arguments
    assert files(root) == before, "what is made on the way would look like an edit"


def test_a_build_that_fails_is_told_by_its_last_lines(root: Path, tools: Path) -> None:
    tool(tools, "dotnet", "#!/bin/sh\nseq 1 20\necho 'Listing.cs(3,9): error CS0103' >&2\nexit 1\n")
    with pytest.raises(DefinitionError, match=r"dotnet publish failed: 16 \| 17 \| 18 \| 19 \| 20 \| Listing\.cs\(3"):
        made(root, DOTNET_HANDLER, "dotnet8", src="net")


def test_a_command_of_ones_own_runs_in_src_and_leaves_the_code_in_its_output(root: Path) -> None:
    script = 'mkdir -p .build; echo "$GOOS $GOARCH $CGO_ENABLED" > .build/bootstrap; pwd > .build/where'
    bundle = {"command": ["sh", "-c", script], "output": ".build"}
    built = made(root, "anything", GO, src="go", bundle=bundle)
    assert (built.folder / "bootstrap").read_text() == "linux arm64 0\n"
    assert Path((built.folder / "where").read_text().strip()).samefile(root / "go")
    (root / "go" / ".build" / "bootstrap").write_text("another function's")
    assert (built.folder / "bootstrap").read_text() == "linux arm64 0\n"


def test_a_command_may_be_a_program_of_the_project(root: Path) -> None:
    tool(root / "net", "build.sh", "#!/bin/sh\nmkdir -p .build; echo code > .build/Notes.dll\n")
    built = made(root, "Notes", "dotnet8", src="net", bundle={"command": ["./build.sh"], "output": ".build"})
    assert files(built.folder) == {"Notes.dll"}


def command(*words: str, **more: Any) -> dict[str, Any]:
    return {"bundle": {"command": list(words), "output": ".build"} | more}


@pytest.mark.parametrize(
    ("handler", "runtime", "options", "message"),
    [
        ("go/none", GO, {}, r"handler 'go/none': there is no folder of that name with a Go program \(\*\.go\) in it"),
        ("net", GO, {}, "there is no folder of that name with a Go program"),
        ("x", GO, command("true"), "the command left no folder '.build'"),
        ("x", GO, command("mkdir", "-p", ".build"), "the command left no file 'bootstrap' in its output"),
        ("x", GO, command("sh", "-c", "exit 3"), "sh -c failed: it printed nothing"),
        ("x", GO, command("true", outptu="x"), "bundle has no property 'outptu'; did you mean 'output'"),
        ("x", GO, {"bundle": {"command": ["true"]}}, "bundle: output names the folder where the command leaves"),
        ("x", GO, {"bundle": {"output": ".build"}}, "bundle: command is a list of words, as in"),
        ("x", GO, {"bundle": {"command": "make", "output": ".build"}}, "bundle: command is a list of words, as in"),
        ("x", GO, {"bundle": "make"}, "bundle of provided.al2023 is a mapping, as in"),
        ("list.main ()", "dotnet8", {"src": "net"}, "is not of the form 'Assembly::Namespace.Type::Method'"),
        (DOTNET_HANDLER, "dotnet8", {"src": "go"}, r"src must have one \.csproj or \.fsproj in it; there is none"),
    ],
)
def test_wrong_use_is_told(root: Path, handler: str, runtime: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        made(root, handler, runtime, **options)


def test_of_two_dotnet_projects_neither_is_taken(root: Path) -> None:
    (root / "net" / "Other.fsproj").touch()
    with pytest.raises(DefinitionError, match=r"there is Notes\.csproj and Other\.fsproj"):
        made(root, DOTNET_HANDLER, "dotnet8", src="net")


@needs_go
def test_a_go_function_is_deployed_on_arm64(root: Path, tmp_path: Path) -> None:
    stack = Stack(App(name="app", stage="test", root=root, outdir=str(tmp_path / "cdk.out")), "main")
    Function(stack, "Hello", handler="go/hello", runtime=GO)
    function = one(stack, "AWS::Lambda::Function")
    assert (function["Handler"], function["Runtime"], function["Architectures"]) == ("bootstrap", GO, ["arm64"])
