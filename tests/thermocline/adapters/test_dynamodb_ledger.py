from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.convert.ports import LedgerEntry, Outcome
from thermocline.sweep.ports import Progress

KEY = "raw/clickstream/2026/11/22/12/shop 1.gz"


@pytest.fixture
def client(aws: AwsClient) -> Any:
    return create_ledger(aws, "ledger")


def test_the_first_delivery_fixes_the_generation(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    first = ledger.begin(KEY, stream="clickstream", gen="2026-11-22-12")
    assert first == LedgerEntry(raw_key=KEY, gen="2026-11-22-12", done=False)
    assert ledger.begin(KEY, stream="clickstream", gen="2026-11-22-17") == first
    other = ledger.begin(KEY + "2", stream="clickstream", gen="2026-11-22-17")
    assert other.gen == "2026-11-22-17"


def test_a_finished_entry_is_done_and_has_its_counts(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    entry = ledger.begin(KEY, stream="clickstream", gen="2026-11-22-12")
    ledger.finish(entry, Outcome(rows=3, quarantined=1, raw_bytes=2**40))
    assert ledger.begin(KEY, stream="clickstream", gen="2026-11-22-17") == LedgerEntry(
        raw_key=KEY, gen="2026-11-22-12", done=True
    )
    item = client.get_item(TableName="ledger", Key={"pk": {"S": f"raw#{KEY}"}})["Item"]
    assert item == {
        "pk": {"S": f"raw#{KEY}"},
        "stream": {"S": "clickstream"},
        "gen": {"S": "2026-11-22-12"},
        "status": {"S": "done"},
        "rows": {"N": "3"},
        "quarantined": {"N": "1"},
        "raw_bytes": {"N": str(2**40)},
    }


def test_a_stream_has_a_watermark_once_it_is_published(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    assert ledger.watermark("clickstream") is None
    client.put_item(TableName="ledger", Item={"pk": {"S": "watermark#clickstream"}, "gen": {"S": "2026-11-22-11"}})
    assert ledger.watermark("clickstream") == "2026-11-22-11"
    assert ledger.watermark("telemetry") is None


def test_another_error_is_not_taken_for_an_earlier_delivery(client: Any) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        DynamoLedger(client, "missing").begin(KEY, stream="clickstream", gen="2026-11-22-12")


def test_progress_tells_what_is_begun_done_and_swept_of_any_number(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    keys = [f"{KEY}{number}" for number in range(130)]
    for key in keys:
        entry = ledger.begin(key, stream="clickstream", gen="2026-11-22-12")
    ledger.finish(entry, Outcome(rows=1, quarantined=0, raw_bytes=1))
    ledger.count_sweep(keys[0])
    ledger.count_sweep(keys[0])
    found = ledger.progress([*keys, "raw/clickstream/never-begun"])
    assert found == {key: Progress(done=key == keys[-1], sweeps=2 * (key == keys[0])) for key in keys}
    assert ledger.progress([]) == {}


def test_a_sweep_is_counted_on_entries_only(client: Any) -> None:
    ledger = DynamoLedger(client, "ledger")
    with pytest.raises(ClientError, match="ConditionalCheckFailedException"):
        ledger.count_sweep(KEY)
    assert ledger.progress([KEY]) == {}


def test_keys_that_dynamodb_left_unprocessed_are_asked_for_again() -> None:
    class Reluctant:
        """Answers for one key a call."""

        def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:
            first, *rest = RequestItems["ledger"]["Keys"]
            left = {"ledger": {"Keys": rest}} if rest else {}
            return {"Responses": {"ledger": [first | {"status": {"S": "begun"}}]}, "UnprocessedKeys": left}

    assert len(DynamoLedger(Reluctant(), "ledger").progress(["a", "b", "c"])) == 3
