"""The two layers of third-party packages: light for ingest, columnar for convert."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from kit.packaging import layers
from stacks.code import ROOT

LIGHT: Final = ("crawlerdetect", "geoip2fast", "msgspec", "pyyaml", "ua-parser", "ua-parser-builtins", "xxhash")
COLUMNAR: Final = ("msgspec", "pyarrow", "pyyaml", "xxhash")

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
