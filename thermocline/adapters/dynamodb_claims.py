"""Claims of quarantined rows in the ledger's table: whoever brings a row back claims it first, and the first has it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from thermocline.adapters.dynamodb_items import entry_key, item_key
from thermocline.adapters.dynamodb_table import DynamoTable, Write
from thermocline.clock import jittered_pause

_CLAIM: Final = "claim#"
_AT_ONCE: Final = 8


class DynamoClaims:
    """Keeps a claim per quarantined row beside the entry of the raw object that it came from.

    Parameters
    ----------
    client
        A boto3 DynamoDB client.
    table
        The ledger's table.
    pause
        Waits before the given retry.
    """

    def __init__(self, client: Any, table: str, *, pause: Callable[[int], None] = jittered_pause) -> None:
        self._table = DynamoTable(client, table, pause=pause)

    def claim(self, raw_key: str, event_ids: Collection[str], owner: str) -> frozenset[str]:
        """Claim rows of a raw object that nobody has, and return those that `owner` has afterwards.

        Parameters
        ----------
        event_ids
            Of the rows in quarantine, not of the events that they are about.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            claimed = pool.map(partial(self._claim, raw_key, owner), event_ids)
            return frozenset(event_id for event_id, mine in zip(event_ids, claimed, strict=True) if mine)

    def claims(self, raw_keys: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the owner of each claimed row, by raw object and the row's event_id, as they are now."""
        return {raw_key: owners for raw_key in raw_keys if (owners := self._owners(raw_key))}

    def _claim(self, raw_key: str, owner: str, event_id: str) -> bool:
        write = Write(
            "Update",
            item_key(_partition(raw_key), f"{_CLAIM}{event_id}"),
            update="SET #claimed_by = :owner",
            condition="attribute_not_exists(#claimed_by) OR #claimed_by = :owner",
            values={"owner": owner},
        )
        return self._table.update(write) is not None

    def _owners(self, raw_key: str) -> dict[str, str]:
        items = self._table.query(_partition(raw_key), "begins_with(sk, :sk)", _CLAIM, attributes="sk, claimed_by")
        return {item["sk"]["S"].removeprefix(_CLAIM): item["claimed_by"]["S"] for item in items}


def _partition(raw_key: str) -> str:
    partition: str = entry_key(raw_key)["pk"]["S"]
    return partition
