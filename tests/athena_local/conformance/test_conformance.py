"""The endpoint against Trino's recorded answers; without Java, and without Trino."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.athena_local.conformance.asking import Endpoint
from tests.athena_local.conformance.entries import FOLDER, areas, entries, functions, recorded
from tests.athena_local.conformance.judge import Verdict
from tests.athena_local.conformance.standing import judged, problems, ratchet, refusals


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Endpoint:
    return Endpoint(tmp_path_factory.mktemp("conformance"))


@pytest.mark.parametrize("area", areas())
def test_answers_as_trino_or_as_the_ratchet_holds(area: str, endpoint: Endpoint) -> None:
    told = problems(judged(endpoint, recorded(area)), ratchet(), refusals())
    advice = "python -m tests.athena_local.conformance --recorded --hold, once nothing is worse"
    assert not told, "\n".join([*told, advice])


def test_every_statement_has_a_recorded_answer() -> None:
    assert [entry for area in areas() for entry in entries(area)] == [
        entry for area in areas() for entry in recorded(area)
    ]


def test_ids_are_unique_and_begin_with_the_area() -> None:
    names = [(area, entry.id) for area in areas() for entry in entries(area)]
    assert all(name.startswith(f"{area}-") for area, name in names)
    assert max(Counter(names).values()) == 1


def test_every_function_of_trino_is_called() -> None:
    words = {word for area in areas() for entry in entries(area) for word in re.findall(r"\w+", entry.sql.lower())}
    assert not [name for name in functions() if name.lower() not in words]


def test_the_files_name_only_statements_of_the_list() -> None:
    names = {entry.id for area in areas() for entry in entries(area)}
    assert set(ratchet()) <= names
    assert set(refusals()) <= names
    assert not set(ratchet()) & set(refusals())


def test_neither_equal_nor_a_refusal_is_in_the_ratchet() -> None:
    assert not {Verdict.EQUAL, Verdict.REFUSED} & set(ratchet().values())


def test_one_version_of_trino_gave_all_answers() -> None:
    first = {path.read_text("utf-8").partition("\n")[0] for path in Path(FOLDER / "answers").glob("*.jsonl")}
    assert first == {'{"trino": "476"}'}
