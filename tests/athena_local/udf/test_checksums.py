import random
import struct

import pytest

from athena_local.udf.checksums import checksum

_WHOLE = struct.Struct("<q")


def _of_numbers(*values: str | None) -> str:
    return checksum(list(values), lambda text: _WHOLE.pack(int(text))).hex(" ")


def test_one_value_has_the_checksum_that_trino_gives() -> None:
    assert _of_numbers("1") == "93 8f c3 0a b5 2d e5 d4"


def test_null_counts() -> None:
    assert _of_numbers(None) == "87 ca eb 85 b1 79 37 9e"


def test_two_values_have_the_sum() -> None:
    assert _of_numbers("1", "2").replace(" ", "").upper() == "6387D0F5865FD136"


@pytest.mark.parametrize("seed", range(3))
def test_the_order_does_not_matter(seed: int) -> None:
    values: list[str | None] = ["4", "-7", None, "0", "4"]
    shuffled = random.Random(seed).sample(values, len(values))
    assert _of_numbers(*shuffled) == _of_numbers(*values)
