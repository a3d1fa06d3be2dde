import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.tables.partition_names import partition_name, partition_values

KEYS = st.lists(st.from_regex(r"[a-z_]{1,5}", fullmatch=True), min_size=1, max_size=3, unique=True)


def test_what_hive_escapes() -> None:
    assert partition_name(["day", "city"], ["2026-11-22 10:30", "a/b=c%é"]) == (
        "day=2026-11-22 10%3A30/city=a%2Fb%3Dc%25é"
    )


@given(KEYS, st.data())
def test_values_are_read_from_the_name_they_give(keys: list[str], data: st.DataObject) -> None:
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=6)
    values = data.draw(st.tuples(*(texts for _ in keys)))
    assert partition_values(partition_name(keys, values), keys) == values


@pytest.mark.parametrize("name", ["day=1", "n=1/day=1", "Day=1/n=1", "day=/n=1", "1/2", "day=1/n=1/x=1"])
def test_names_of_other_partitions_have_no_values(name: str) -> None:
    assert partition_values(name, ["day", "n"]) is None
