from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thermocline.convert.settings import ConvertSettings
from thermocline.errors import ConfigurationError
from thermocline.ingest.settings import IngestSettings

ingest_settings = st.builds(
    IngestSettings,
    delivery_prefix=st.text(),
    sources_file=st.text(),
    write_key_secret=st.text(),
    edge_required=st.booleans(),
)


@given(ingest_settings | st.builds(ConvertSettings, lake_bucket=st.text(), ledger_table=st.text()))
def test_the_environment_gives_the_settings_back(settings: IngestSettings | ConvertSettings) -> None:
    environ = settings.to_env()
    assert type(settings).from_env(environ | {"LAKE_OTHER": "x", "PATH": "/bin"}) == settings
    assert all(name.startswith("LAKE_") for name in environ)


def test_all_problems_are_named_at_once() -> None:
    environ = {"LAKE_DELIVERY_PREFIX": "dev-", "LAKE_EDGE_REQUIRED": "perhaps"}
    with pytest.raises(ConfigurationError) as caught:
        IngestSettings.from_env(environ)
    message = str(caught.value)
    assert message.startswith("IngestSettings: ")
    for part in ("LAKE_EDGE_REQUIRED: ", "LAKE_SOURCES_FILE is missing", "LAKE_WRITE_KEY_SECRET is missing"):
        assert part in message


def test_the_process_environment_is_read_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKE_LAKE_BUCKET", "lake")
    monkeypatch.setenv("LAKE_LEDGER_TABLE", "ledger")
    monkeypatch.setenv("LAKE_ARRIVALS_QUEUE_URL", "url")
    monkeypatch.setenv("LAKE_SUBJECT_KEY_SECRET", "secret")
    assert ConvertSettings.from_env() == ConvertSettings(
        lake_bucket="lake", ledger_table="ledger", arrivals_queue_url="url", subject_key_secret="secret"
    )
