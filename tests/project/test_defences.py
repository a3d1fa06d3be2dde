"""The page of defences names what there is; `python -m tests.defences` breaks them."""

from __future__ import annotations

import pytest

from tests.defences import DEFENCES, PAGE, ROOT, Defence, page


def test_the_page_is_that_of_the_list() -> None:
    assert PAGE.read_text() == page(), "python -m tests.defences --docs writes it"


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence.what)
def test_a_defence_can_be_broken_and_its_test_exists(defence: Defence) -> None:
    file, _, test = defence.test.partition("[")[0].partition("::")
    assert f"def {test}(" in (ROOT / file).read_text()
    assert (ROOT / defence.file).read_text().count(defence.old) == 1
