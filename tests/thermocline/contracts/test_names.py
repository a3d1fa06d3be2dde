from __future__ import annotations

from pathlib import Path

import pytest

from tests.thermocline.contracts.changes import column, contract
from tests.thermocline.contracts.test_loader import changed
from thermocline.contracts import load_contract
from thermocline.contracts.evolution import breaking_changes
from thermocline.contracts.names import RESERVED, case_twins, column_name_problems, table_name_problems
from thermocline.errors import ContractError


@pytest.mark.parametrize(
    "name",
    [
        *sorted(RESERVED),
        "Price",
        "userId",
        "2nd",
        "a.b",
        "a-b",
        "a b",
        "größe",
        "",
        "$path",
        "a" * 256,
        "a\n",
        "\uff50rice",
    ],
)
def test_a_name_that_a_reader_does_not_take_is_refused(name: str) -> None:
    (problem,) = column_name_problems([name])
    assert problem.startswith(f"{name}: ")


def test_a_name_of_the_lakes_own_tables_is_refused() -> None:
    assert table_name_problems("balances") == []
    for name in ("balance", "hot_clicks"):
        assert "use another" in table_name_problems(name)[0]


@pytest.mark.parametrize("name", ["price", "_src", "order", "p2", "_", "a" * 255, "file", "pos"])
def test_other_names_are_right(name: str) -> None:
    assert column_name_problems([name, "other"]) == []


def test_names_that_differ_only_in_case_are_named_together() -> None:
    assert case_twins(["price", "Price", "PRICE", "other"]) == [["PRICE", "Price", "price"]]
    assert "Price, price: differ only in case, which Athena and Glue do not see" in column_name_problems(
        ["price", "Price"]
    )


@pytest.mark.parametrize("name", ["Stream", "STREAM", "_pos", "2nd"])
def test_the_contracts_lint_names_them(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContractError, match=name):
        load_contract(changed(tmp_path, **{"- name: detail": f"- name: {name}"}))


def test_a_tables_name_is_plain(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="table 'Quarantine'"):
        load_contract(changed(tmp_path, **{"physicalName: quarantine": "physicalName: Quarantine"}))


def test_a_new_column_differs_from_released_ones_in_more_than_case() -> None:
    old = contract([column("a"), column("Price")])
    assert breaking_changes(old, contract([*old.columns, column("price")])) == ["Price, price: differ only in case"]
