"""Settings of the recovery from quarantine, in the function that replays."""

from __future__ import annotations

from thermocline.settings import Settings
from thermocline.sources import Source, load_sources


class RecoverSettings(Settings, frozen=True, kw_only=True):
    """Settings of the recovery from quarantine.

    Attributes
    ----------
    lake_bucket, ledger_table, arrivals_queue_url
        As of the convert function.
    sources_file, write_key_secret, epochs_table
        As of the ingest function.
    database, memory_mb, lease_seconds, storage_class, cold_storage_class
        As of the promote function.
    recover_seconds
        After so long no raw object is begun with: the function has to end before its own time is up.
    """

    lake_bucket: str
    ledger_table: str
    arrivals_queue_url: str
    sources_file: str
    write_key_secret: str
    epochs_table: str
    database: str
    memory_mb: int
    lease_seconds: int
    storage_class: str
    cold_storage_class: str
    recover_seconds: int = 480

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by name (see `load_sources` for errors)."""
        return load_sources(self.sources_file)
