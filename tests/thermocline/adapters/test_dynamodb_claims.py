"""Claims of quarantined rows: the first has a row, whoever it is, and keeps it."""

from __future__ import annotations

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from tests.fakes.aws import AwsClient, create_ledger
from thermocline.adapters.dynamodb_claims import DynamoClaims
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.ledger import Entry

BAD, OTHER = "raw/quarantine/2026/11/22/10/a.ndjson.zst", "raw/clickstream/2026/11/22/10/b.ndjson.zst"
MINE, THEIRS = "raw/clickstream/2026/11/22/10/recovered-1.ndjson.zst", "replay-7"


@pytest.fixture
def claims(aws: AwsClient) -> DynamoClaims:
    return DynamoClaims(create_ledger(aws, "ledger"), "ledger", pause=lambda _: None)


def test_the_first_has_a_row_and_keeps_it(claims: DynamoClaims) -> None:
    assert claims.claim(BAD, ["1", "2"], MINE) == {"1", "2"}
    assert claims.claim(BAD, ["2", "3"], THEIRS) == {"3"}
    assert claims.claim(BAD, ["1", "2", "3"], MINE) == {"1", "2"}
    assert claims.claims([BAD, OTHER]) == {BAD: {"1": MINE, "2": MINE, "3": THEIRS}}


def test_rows_of_two_raw_objects_are_two(claims: DynamoClaims) -> None:
    claims.claim(BAD, ["1"], MINE)
    assert claims.claim(OTHER, ["1"], THEIRS) == {"1"}


def test_a_claim_is_no_entry(aws: AwsClient) -> None:
    client = create_ledger(aws, "ledger")
    DynamoClaims(client, "ledger").claim(BAD, ["1"], MINE)
    ledger = DynamoLedger(client, "ledger")
    assert ledger.entry(BAD) is None
    ledger.enter(BAD, stream="quarantine", gen="2026-11-22-10", token="t", suppression=0)
    assert isinstance(ledger.entry(BAD), Entry)
    assert DynamoClaims(client, "ledger").claims([BAD]) == {BAD: {"1": MINE}}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sets(st.integers(0, 60).map(str))), max_size=5))
def test_every_claimed_row_has_one_owner_the_first(asked: list[tuple[str, set[str]]]) -> None:
    first: dict[str, str] = {}
    with mock_aws():
        claims = DynamoClaims(create_ledger(lambda name: boto3.client(name, "eu-central-1"), "ledger"), "ledger")
        for owner, ids in asked:
            for event_id in ids:
                first.setdefault(event_id, owner)
            assert claims.claim(BAD, ids, owner) == {event_id for event_id in ids if first[event_id] == owner}
        assert dict(claims.claims([BAD]).get(BAD, {})) == first
