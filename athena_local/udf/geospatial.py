"""DuckDB's `spatial` extension, where its package is installed: ``pip install duckdb-extension-spatial``."""

import re
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "duckdb_extension_spatial"


def extension() -> Path | None:
    """Return the extension's file; None when its package is not installed."""
    package = find_spec(_PACKAGE)
    folder = Path(package.origin).parent if package and package.origin else None
    return next(iter(sorted(folder.glob("extensions/*/spatial.duckdb_extension"))), None) if folder else None


def macros() -> str:
    """Return the macros of geospatial functions; nothing without the extension."""
    return files(__package__).joinpath("geospatial.sql").read_text("utf-8") if extension() else ""


def macro_names() -> frozenset[str]:
    """Return the geospatial functions of Trino that answer."""
    return frozenset(re.findall(r"^CREATE MACRO trino_(\w+)", macros(), re.MULTILINE))
