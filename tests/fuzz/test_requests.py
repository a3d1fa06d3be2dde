"""Spoilt requests of every protocol: no crash, bounded time, and what is acknowledged is put."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.requests import VALID, Valid, mutated
from tests.fuzz.target import answer


@pytest.mark.parametrize("valid", VALID, ids=[valid.path for valid in VALID])
def test_what_the_fuzzers_start_from_is_valid(valid: Valid) -> None:
    assert answer(valid)[0] == 200


@pytest.mark.parametrize("examples", [200, pytest.param(1_500, marks=pytest.mark.long)])
def test_no_spoilt_request_crashes(examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.randoms(use_true_random=False))
    def crash_nothing(random: Random) -> None:
        answer(mutated(random))

    crash_nothing()


@settings(max_examples=200)
@given(st.sampled_from(VALID), st.binary(max_size=300))
def test_no_bytes_crash(valid: Valid, body: bytes) -> None:
    answer(valid._replace(body=body))
