"""``python -m tests.drill``: lose the ledger, a warm table and a view of a small lake, restore them, and compare.

The emulator has no point-in-time recovery: a copy of the table stands for what it makes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.drill.lake import CLICKS, DrillLake
from tests.histories.tiers.deployed import started


def main() -> int:
    """Run the drill, and return 1 if the lake shows anything else than before."""
    os.environ.update(CREDENTIALS)
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as endpoint:
        (steps := Path(folder) / "steps").mkdir()
        drill = DrillLake(endpoint, steps)
        before = drill.lake.states.read()
        expected = drill.end()
        drill.lake.states.write(before)
        began = time.monotonic()
        drill.lose_ledger()
        drill.lose_warm(CLICKS)
        drill.lose(CLICKS)
        print("lost: the ledger, the warm table and the view of clickstream")
        print(f"warm table: {drill.restore_table(CLICKS).metadata}")
        restored = drill.restore_ledger()
        print(f"ledger: {restored.copied} items copied, {len(restored.rebuilt)} entries rebuilt from warm")
        drill.lake.run(drill.lake.step("publish", CLICKS))
        drill.convert_again(restored)
        print(f"converted anew: {len(restored.missing) + len(restored.parked)} raw objects")
        same = drill.end() == expected
        print(f"{'✓' if same else '✗'} views, queries and books, after {time.monotonic() - began:.0f} s")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
