from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from kit.errors import DefinitionError
from kit.packaging.imports import Code, check_imports, third_party
from stacks.code import PACKAGES, ROOT
from stacks.layers import COLUMNAR, LIGHT, WARM

LAKE = Code(project=ROOT, root=ROOT, shared=PACKAGES)


@pytest.mark.parametrize(("name", "packages"), [("ingest", LIGHT), ("convert", COLUMNAR), ("sweep", COLUMNAR)])
def test_the_lakes_handlers_import_what_their_layers_hold(name: str, packages: tuple[str, ...]) -> None:
    check_imports(LAKE, f"lambdas/{name}/handler", "handler", packages)
    reached = {found.module for found in third_party(LAKE, f"lambdas/{name}/handler", "handler")}
    assert "msgspec" in reached
    assert ("pyarrow" in reached) is (name == "convert")


def test_the_lakes_ingest_lacks_what_convert_has() -> None:
    with pytest.raises(DefinitionError, match="imports 'pyarrow', which is not declared"):
        check_imports(LAKE, "lambdas/convert/handler", "handler", LIGHT)


def test_layers_hold_what_functions_import() -> None:
    provided = {"backports.zstd", "boto3", "botocore"}  # in Lambda's runtime; zstd is in its Python
    provided.add("pyspark")  # on Glue
    names = packages_distributions()
    imported = {
        names[module][0].lower().replace("_", "-")
        for package in ("lambdas", "thermocline")
        for path in (ROOT / package).rglob("*.py")
        for module in _imported(path)
        if module in names and module not in ("kit", "lambdas", "thermocline")
    }
    assert imported - provided <= {*LIGHT, *COLUMNAR, *WARM}


_ONLY_THE_LAYER = """
import importlib.abc, sys
from importlib.metadata import packages_distributions
layer = {name.lower() for name in sys.argv[1:]}
runtime = {"boto3", "botocore", "jmespath", "s3transfer", "urllib3", "backports-zstd"}
class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.partition(".")[0]
        owners = {each.lower().replace("_", "-") for each in known.get(top, ())}
        if owners and not owners & (layer | runtime | {"thermocline"}):
            raise ModuleNotFoundError(f"{name} is not in the layer", name=name)
known = packages_distributions()
sys.meta_path.insert(0, Refuse())
import duckdb, pyarrow.parquet, pyiceberg.catalog.glue, pyiceberg.io.pyarrow, pyiceberg.table
import pyiceberg.table.update.snapshot
print("imported")
"""


def test_what_commits_to_warm_tables_imports_nothing_beside_its_layer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ONLY_THE_LAYER, *WARM], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "imported\n", done.stderr


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}}
