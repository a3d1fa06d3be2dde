"""A ledger's table that is brought to what another had."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.fakes.aws import AwsClient, create_ledger, create_ledger_table
from thermocline.adapters.dynamodb_items import item_key, lease_key
from thermocline.adapters.dynamodb_leases import DynamoLeases
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.adapters.dynamodb_restore import DynamoRestore
from thermocline.ledger import Entry

GEN, LATER = "2026-11-26-09", "2026-11-26-12"
KEY = "raw/clickstream/2026/11/26/09/a"
DIGEST, OTHER = "a" * 32, "b" * 32
DONE = Entry(raw_key=KEY, stream="clickstream", gen=GEN, status="done", token="t1", lines=3)


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_ledger_table(create_ledger(aws, "ledger"), "copy")


@pytest.fixture
def restore(client: Any) -> DynamoRestore:
    return DynamoRestore(client, "ledger", source="copy")


@pytest.fixture
def copy(client: Any) -> DynamoRestore:
    return DynamoRestore(client, "copy")


def items(client: Any) -> list[dict[str, Any]]:
    return sorted(client.scan(TableName="ledger")["Items"], key=str)


def test_what_only_the_copy_has_is_copied_once(client: Any, restore: DynamoRestore, copy: DynamoRestore) -> None:
    keys = [f"{KEY}{number}" for number in range(120)]
    for key in keys:
        copy.put(replace(DONE, raw_key=key), instead_of=None)
    copy.note("clickstream", {"price": GEN})
    assert restore.copy_missing(dry_run=True) == 121
    assert items(client) == []
    assert restore.copy_missing(dry_run=False) == 121
    assert {entry.raw_key for entry in restore.entries("clickstream", GEN)} == set(keys)
    assert restore.since("clickstream") == {"price": GEN}
    assert restore.copy_missing(dry_run=False) == 0


def test_an_entry_that_is_truer_in_the_copy_leaves_its_generation(restore: DynamoRestore, copy: DynamoRestore) -> None:
    copy.put(DONE, instead_of=None)
    restore.put(replace(DONE, gen=LATER, token="t2"), instead_of=None)
    assert restore.copy_missing(dry_run=False) == 1
    assert restore.entries("clickstream", GEN) == [DONE]
    assert restore.entries("clickstream", LATER) == []
    assert restore.next_generation("clickstream", LATER) is None


def test_a_membership_alone_is_copied_if_its_entry_has_the_generation(
    client: Any, restore: DynamoRestore, copy: DynamoRestore
) -> None:
    for ledger in (copy, restore):
        ledger.put(DONE, instead_of=None)
        ledger.put(replace(DONE, raw_key=f"{KEY}2", status="pending"), instead_of=None)
    restore.put(replace(DONE, raw_key=f"{KEY}2", gen=LATER), instead_of=replace(DONE, raw_key=f"{KEY}2"))
    client.delete_item(TableName="ledger", Key=item_key("entries#clickstream", f"{GEN}#{KEY}"))
    assert restore.copy_missing(dry_run=False) == 1
    assert restore.entries("clickstream", GEN) == [DONE]


def test_a_parked_entry_is_in_no_generation_and_listed(restore: DynamoRestore) -> None:
    pending = replace(DONE, status="pending")
    restore.put(pending, instead_of=None)
    restore.put(replace(DONE, gen=None, status="parked"), instead_of=pending)
    assert restore.entries("clickstream", GEN) == []
    assert [entry.raw_key for entry in restore.parked()] == [KEY]


def test_marks_and_leases_are_not_copied(client: Any, restore: DynamoRestore, copy: DynamoRestore) -> None:
    copy.close("clickstream", GEN)
    DynamoLeases(client, "copy").acquire("clickstream")
    assert restore.copy_missing(dry_run=False) == 0
    assert items(client) == []


def test_a_token_only_grows_and_frees_the_lease(client: Any, restore: DynamoRestore) -> None:
    assert restore.token("clickstream") == 0
    leases = DynamoLeases(client, "ledger")
    leases.acquire("clickstream")
    restore.raise_token("clickstream", 7)
    assert leases.acquire("clickstream") == 8
    restore.raise_token("clickstream", 7)
    assert "until" in client.get_item(TableName="ledger", Key=lease_key("clickstream"))["Item"]


def test_of_two_lists_the_later_one_holds(client: Any, restore: DynamoRestore, copy: DynamoRestore) -> None:
    copy.suppress([DIGEST, OTHER])
    assert restore.copy_missing(dry_run=False) == 2
    restore.raise_version(copy.version())
    assert restore.suppression().subjects == {DIGEST, OTHER}
    DynamoLedger(client, "ledger").lift([DIGEST])
    assert restore.copy_missing(dry_run=False) == 0
    restore.raise_version(1)
    assert restore.version() == 2


def test_an_erasure_is_known_by_its_state(client: Any, restore: DynamoRestore) -> None:
    assert not restore.knows_erasure("r1")
    client.put_item(TableName="ledger", Item=item_key("erasure#r1", "state"))
    assert restore.knows_erasure("r1")
