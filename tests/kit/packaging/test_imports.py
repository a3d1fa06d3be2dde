from __future__ import annotations

import re
from pathlib import Path

import pytest

from kit.errors import DefinitionError
from kit.packaging.imports import Code, check_imports, third_party


def code(root: Path) -> Code:
    return Code(project=root, root=root, own="src")


def project(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def reached(folder: Path, files: dict[str, str]) -> set[str]:
    root = project(folder, files)
    return {f"{i.file.relative_to(root)}:{i.line} {i.module}" for i in third_party(code(root), "src/main", "main")}


def test_standard_library_and_project_are_not_third_party(tmp_path: Path) -> None:
    assert not reached(
        tmp_path, {"src/main.py": "import json, src.b\nfrom src import c", "src/b.py": "", "src/c.py": ""}
    )


@pytest.mark.parametrize(
    ("main", "other"),
    [
        ("import src.other", "import foreign"),
        ("from src import other", "import foreign.part"),
        ("from . import other", "from foreign import x"),
        ("from .other import x", "import foreign as f"),
        ("from src.other import *", "def f():\n    import foreign"),
        ("import src.other\ndef main(e, c):\n    src.other.f()", "def f():\n    import foreign"),
        ("from src import other\ndef main(e, c):\n    other.f()", "def f():\n    import foreign"),
        ("from src import other as o\ndef main(e, c):\n    o.g()", "def f():\n    import foreign\ndef g():\n    f()"),
        ("from src import other\ndef main(e, c):\n    run(other)", "def f():\n    import foreign"),
        ("from src.other import f", "def f():\n    import foreign"),
        ("def main(e, c):\n    helper()\ndef helper():\n    import src.other", "import foreign"),
        ("from src.other import C", "class C:\n    def m(self):\n        import foreign"),
        ("from src import other", "try:\n    import foreign\nexcept ValueError:\n    pass"),
    ],
)
def test_what_can_be_reached_counts(tmp_path: Path, main: str, other: str) -> None:
    places = reached(tmp_path, {"src/main.py": main, "src/other.py": other})
    assert {re.sub(r":\d+", "", place) for place in places} == {"src/other.py foreign"}


@pytest.mark.parametrize(
    "other",
    [
        "def f():\n    import foreign\ndef g(): ...",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import foreign",
        "import typing\nif typing.TYPE_CHECKING:\n    import foreign",
        "try:\n    import foreign\nexcept ImportError:\n    foreign = None",
        "try:\n    import foreign\nexcept (ValueError, ModuleNotFoundError):\n    pass",
        "from __future__ import annotations",
        "import kit.runtime.links\nfrom kit.runtime.links import links\nfrom kit.runtime import links",
    ],
)
def test_what_cannot_run_or_may_fail_or_is_shipped_does_not(tmp_path: Path, other: str) -> None:
    main = "from src import other\ndef main(e, c):\n    other.g()"
    assert not reached(tmp_path, {"src/main.py": main, "src/other.py": other})


def test_a_packages_own_code_runs_too(tmp_path: Path) -> None:
    files = {"src/main.py": "import src.p.q", "src/p/__init__.py": "from .r import x", "src/p/r.py": "import foreign"}
    assert reached(tmp_path, {**files, "src/p/q.py": ""}) == {"src/p/r.py:1 foreign"}


def test_circles_end(tmp_path: Path) -> None:
    assert not reached(tmp_path, {"src/main.py": "import src.b", "src/b.py": "import src.main"})


def test_an_undeclared_import_is_told_with_its_place_and_what_to_write(tmp_path: Path) -> None:
    root = project(tmp_path, {"src/main.py": "\nimport yaml\ndef main(e, c): ...", "requirements.txt": "msgspec==1\n"})
    where = r"src/main\.py:2 imports 'yaml', which is not declared: add 'pyyaml' to "
    with pytest.raises(DefinitionError, match=where + r"packages=\[…\] of the function"):
        check_imports(code(root), "src/main", "main", ("msgspec",))
    with pytest.raises(DefinitionError, match=where + "requirements.txt"):
        check_imports(code(root), "src/main", "main", None)
    check_imports(code(root), "src/main", "main", ("PyYAML",))


@pytest.mark.parametrize("folder", ["", "src/"])
def test_requirements_of_project_and_source_folder_declare(tmp_path: Path, folder: str) -> None:
    requirements = "# comment\nPy.YAML==6 ; python_version > '3'\n    # via x\nrequests[socks]>=2\n"
    files = {"src/main.py": "import yaml, requests", f"{folder}requirements.txt": requirements.replace("Py.", "Py")}
    root = project(tmp_path, files)
    check_imports(Code(project=root, root=root / "src"), "main", "main", None)


def test_what_lambda_brings_needs_no_declaration(tmp_path: Path) -> None:
    root = project(tmp_path, {"src/main.py": "import boto3\nfrom botocore.config import Config"})
    check_imports(code(root), "src/main", "main", ())


def test_what_the_app_includes_is_there_and_what_it_leaves_out_is_told(tmp_path: Path) -> None:
    root = project(tmp_path, {"src/main.py": "import lib.a, top", "lib/a.py": "import foreign", "top.py": ""})
    for start, file in ((root, "src/main"), (root / "src", "main")):
        own = "src" if start == root else None
        shared = Code(project=root, root=start, shared=("lib", "top.py"), own=own)
        assert [i.module for i in third_party(shared, file, "main")] == ["foreign"]
        alone = Code(project=root, root=start, own=own)
        with pytest.raises(DefinitionError, match=r"src/main\.py:1 imports 'lib', which is not in the function's code"):
            check_imports(alone, file, "main", ())
