"""The folders of the lake's code that every function includes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("config", "contracts", "lambdas", "thermocline")
