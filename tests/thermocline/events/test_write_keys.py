from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.events.write_keys import derive_write_key, source_of
from thermocline.sources import Source

SECRET = "s3cret"
SOURCES = {"shop": Source(stream="clickstream"), "meters": Source(stream="telemetry", key_version=3)}
names = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z")


def find(key: str, secret: str = SECRET) -> str | None:
    return source_of(key, secret=secret, sources=SOURCES)


@given(names, st.integers(1, 100), st.text())
def test_a_derived_key_belongs_to_its_source(name: str, version: int, secret: str) -> None:
    sources = {name: Source(stream="clickstream", key_version=version)}
    assert source_of(derive_write_key(secret, name, version), secret=secret, sources=sources) == name


@given(names, names, st.integers(1, 50), st.integers(1, 50))
def test_a_key_of_another_source_or_version_is_not_valid(left: str, right: str, one: int, two: int) -> None:
    same = (left, one) == (right, two)
    assert (derive_write_key(SECRET, left, one) == derive_write_key(SECRET, right, two)) == same


@pytest.mark.parametrize(
    "key",
    [
        "",
        ".",
        "_",
        "shop",
        "shop.",
        "shop_",
        derive_write_key(SECRET, "shop").replace("_", "__"),
        derive_write_key(SECRET, "shop").replace("_", "-"),
        derive_write_key(SECRET, "shop").upper(),
        derive_write_key(SECRET, "shop") + "a",
        derive_write_key(SECRET, "shop")[:-1],
        derive_write_key(SECRET, "shop", 2),
        derive_write_key(SECRET, "meters", 2),
        derive_write_key(SECRET, "unknown"),
        derive_write_key("other", "shop"),
        derive_write_key(SECRET, "shop").replace("shop", "meters"),
        "shop.schlüssel",
    ],
)
def test_other_keys_belong_to_nobody(key: str) -> None:
    assert find(key) is None


def test_keys_are_safe_in_urls_and_basic_authorization() -> None:
    name, _, signature = derive_write_key(SECRET, "shop").partition("_")
    assert name == "shop"
    assert len(signature) == 32
    assert signature.isalnum()
    assert find(f"{name}_{signature}") == "shop"


def test_a_key_holds_no_dot_at_which_an_sdk_splits_the_names_of_its_queues() -> None:
    assert "." not in derive_write_key(SECRET, "shop")
