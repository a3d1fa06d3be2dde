"""Where the lake's own code is: what every function of it gets, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("config", "contracts", "lambdas", "thermocline")
