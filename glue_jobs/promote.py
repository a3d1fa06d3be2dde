"""Glue's job: arguments → settings → promotion by Spark, generation after generation → its last turn, or an error."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise


def main(argv: Sequence[str]) -> None:
    """Promote the generations of ``--table`` before ``--before``; ``--LAKE_…`` are the settings."""
    from thermocline.bootstrap.spark import promote_until  # noqa: PLC0415  (Glue calls main, and no import may fail)

    parser = argparse.ArgumentParser()
    parser.add_argument("--table", required=True)
    parser.add_argument("--before", required=True, help="first generation that is not promoted, as yyyy-MM-dd-HH")
    arguments, _ = parser.parse_known_args(argv)  # Glue adds its own
    os.environ.update(variables(argv))
    turn = promote_until(arguments.table, arguments.before)
    print(turn)
    if turn.next == "failed":
        sys.exit(f"{turn.table}: {turn.reason}")


def variables(argv: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the environment variables among Glue's arguments: it knows no other way to set them."""
    for name, value in pairwise(argv):
        if name.startswith(("--LAKE_", "--AWS_")):
            yield name.removeprefix("--"), value


if __name__ == "__main__":
    main(sys.argv[1:])
