from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.fakes.aws import AwsClient, create_ledger
from thermocline.adapters.dynamodb_ledger import DynamoLedger
from thermocline.ports import LedgerEntry, Outcome

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
