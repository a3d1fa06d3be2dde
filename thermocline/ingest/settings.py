"""Settings of the ingest function."""

from __future__ import annotations

from thermocline.settings import Settings
from thermocline.sources import Source, load_sources

EDGE_SECRET_HEADER = "x-lake-edge-secret"  # noqa: S105 (its name)
"""The header in which the edge sends its secret to the HTTP API."""


class IngestSettings(Settings, frozen=True, kw_only=True):
    """Settings of the ingest function.

    Attributes
    ----------
    delivery_prefix
        What the names of the Firehose delivery streams begin with; the stream follows.
    sources_file
        The stage's file, which has the sources; a path from the folder of the function's code.
    write_key_secret
        ARN of the secret that write keys are derived from.
    epochs_table
        Name of the DynamoDB table that holds the epochs of connectors.
    edge_secret
        Name or ARN of the secret that the edge sends; "" where the API has no edge in front of it.
    edge_required
        False: requests that do not come through the edge are answered, too.
    """

    delivery_prefix: str
    sources_file: str
    write_key_secret: str
    epochs_table: str
    edge_secret: str = ""
    edge_required: bool = True

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by name (see `load_sources` for errors)."""
        return load_sources(self.sources_file)
