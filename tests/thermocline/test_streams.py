from __future__ import annotations

import pytest

from thermocline.contracts import CONTRACTS_FOLDER, load_contracts
from thermocline.contracts.loader import SUFFIX
from thermocline.errors import UnknownStream
from thermocline.streams import QUARANTINE, contract_of, fed_by_sources, load_streams


def test_every_contract_is_a_stream() -> None:
    assert set(load_streams()) == {path.name.removesuffix(SUFFIX) for path in CONTRACTS_FOLDER.glob(f"*{SUFFIX}")}


def test_bad_rows_have_a_stream_that_no_source_feeds() -> None:
    assert QUARANTINE in load_streams()
    assert QUARANTINE not in fed_by_sources(load_streams())


def test_an_unknown_stream_is_told_with_those_there_are() -> None:
    contracts = load_contracts()
    assert contract_of("clickstream", contracts).name == "clickstream"
    with pytest.raises(UnknownStream, match="'clicks': contracts/ has cdc_log, clickstream"):
        contract_of("clicks", contracts)
