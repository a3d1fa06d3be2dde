"""Settings of the ingest function."""

from __future__ import annotations

from thermocline.settings import Settings, Source

EDGE_SECRET_HEADER = "x-lake-edge-secret"  # noqa: S105 (its name)
"""The header in which the edge sends its secret to the HTTP API."""


class IngestSettings(Settings, frozen=True, kw_only=True):
    """Settings of the ingest function.

    Attributes
    ----------
    delivery_streams
        Firehose delivery stream of each table: ``clickstream``, ``telemetry``, ``cdc_log``, ``quarantine``.
    sources
        Sources by name.
    write_key_secret
        ARN of the secret that write keys are derived from.
    epochs_table
        Name of the DynamoDB table that holds the epochs of connectors.
    edge_secret
        Name or ARN of the secret that the edge sends; "" where the API has no edge in front of it.
    edge_required
        False: what does not come through the edge is answered too, as where there is none.
    """

    delivery_streams: dict[str, str]
    sources: dict[str, Source]
    write_key_secret: str
    epochs_table: str
    edge_secret: str = ""
    edge_required: bool = True
