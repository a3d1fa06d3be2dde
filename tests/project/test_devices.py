from __future__ import annotations

import pytest

from tests.devices import PAGE, SAMPLES, Sample, page


def test_the_page_shows_what_the_code_makes_of_the_samples() -> None:
    assert PAGE.read_text() == page(), "run: python -m tests.devices --docs"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.sender)
def test_every_sample_becomes_measurements(sample: Sample) -> None:
    assert sample.events()
