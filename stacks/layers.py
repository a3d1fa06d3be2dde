"""The layers of third-party packages: light for ingest, columnar for convert, warm for what commits to warm tables.

Recovery reads events as ingest does, and commits: it has the warm layer, and what ingest has beside it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from kit.packaging import layers
from stacks.code import ROOT

LIGHT: Final = ("crawlerdetect", "geoip2fast", "msgspec", "pyyaml", "ua-parser", "ua-parser-builtins", "xxhash")
COLUMNAR: Final = ("msgspec", "pyarrow", "pyyaml", "xxhash")

# Of what pyiceberg requires, only what committing to a table imports: its command line and REST catalog would not fit.
_PYICEBERG: Final = (
    "annotated-types", "cachetools", "mmh3", "pydantic", "pydantic-core", "pyiceberg", "pyparsing", "pyroaring",
    "python-dateutil", "six", "strictyaml", "typing-extensions", "typing-inspection", "zstandard",
)  # fmt: skip
WARM: Final = (*COLUMNAR, "duckdb", *_PYICEBERG)
READING: Final = tuple(name for name in LIGHT if name not in WARM)

# Pure Python that is published as source only.
SOURCE_ONLY: Final = ("geoip2fast",)


def build_layer(packages: tuple[str, ...]) -> Path:
    """Return the folder of a layer with these packages, in the versions of requirements.txt.

    Raises
    ------
    ConfigurationError
        A package is not in requirements.txt, or the layer exceeds what Lambda can unpack.
    """
    return layers.build_layer(
        packages,
        requirements=ROOT / "requirements.txt",
        cache=ROOT / "build" / "layers",
        install=partial(layers.pip_install, source_only=SOURCE_ONLY),
    )
