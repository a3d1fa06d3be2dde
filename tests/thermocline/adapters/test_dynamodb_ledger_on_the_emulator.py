"""The offline environment's DynamoDB keeps the ledger's rules, too: the same tests, with true concurrency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.fakes.aws import create_ledger_table
from tests.fakes.emulator import client as client_of
from tests.fakes.emulator import emulator
from tests.thermocline.adapters.test_dynamodb_leases import (
    Bench,
    test_a_lease_ends_when_its_time_is_up_and_the_next_token_is_higher,
    test_a_lease_has_one_holder_until_it_is_released,
    test_of_many_at_once_one_has_the_lease,
    test_only_its_holder_releases_a_lease,
)
from tests.thermocline.adapters.test_dynamodb_ledger import (
    ledger,
    test_a_generation_has_its_own_entries_of_any_number,
    test_a_parked_entry_belongs_to_no_generation_until_it_begins_anew,
    test_an_attempt_begins_under_the_current_suppression_list_only,
    test_an_attempt_that_was_taken_over_cannot_finish,
    test_an_entry_is_what_it_was_given,
    test_an_entry_that_is_done_is_not_parked,
    test_an_object_is_entered_once,
    test_marks_never_move_back,
    test_no_entry_is_in_a_generation_that_was_closed_before_it_was_read,
    test_nothing_enters_a_closed_generation,
    test_of_many_attempts_at_one_object_one_finishes_and_its_files_are_the_entrys,
    test_the_next_generation_is_the_first_that_has_an_entry,
)
from thermocline.adapters.dynamodb_ledger import DynamoLedger

__all__ = [
    "ledger",
    "test_a_generation_has_its_own_entries_of_any_number",
    "test_a_lease_ends_when_its_time_is_up_and_the_next_token_is_higher",
    "test_a_lease_has_one_holder_until_it_is_released",
    "test_a_parked_entry_belongs_to_no_generation_until_it_begins_anew",
    "test_an_attempt_begins_under_the_current_suppression_list_only",
    "test_an_attempt_that_was_taken_over_cannot_finish",
    "test_an_entry_is_what_it_was_given",
    "test_an_entry_that_is_done_is_not_parked",
    "test_an_object_is_entered_once",
    "test_marks_never_move_back",
    "test_no_entry_is_in_a_generation_that_was_closed_before_it_was_read",
    "test_nothing_enters_a_closed_generation",
    "test_of_many_at_once_one_has_the_lease",
    "test_of_many_attempts_at_one_object_one_finishes_and_its_files_are_the_entrys",
    "test_only_its_holder_releases_a_lease",
    "test_the_next_generation_is_the_first_that_has_an_entry",
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulator(tmp_path_factory.mktemp("emulator")) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[Any]:
    dynamodb = create_ledger_table(client_of("dynamodb", url), "ledger")
    yield dynamodb
    dynamodb.delete_table(TableName="ledger")


@pytest.fixture
def bench(client: Any) -> Bench:
    return Bench(client)


@pytest.fixture
def raced(client: Any) -> DynamoLedger:
    return DynamoLedger(client, "ledger")
