"""Which protocol answers which path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote

from thermocline.contracts import Contract
from thermocline.errors import ConfigurationError, RequestError
from thermocline.events.batch import Batch
from thermocline.ingest.epochs import EpochBook
from thermocline.ingest.http.request import Request
from thermocline.ingest.protocols import browsers, cloud_rows, cloudevents, debezium, iot, native, rows, segment
from thermocline.ingest.protocols.csv_body import is_csv
from thermocline.ingest.protocols.formats import understood
from thermocline.sources import Source
from thermocline.streams import contract_of

Parse = Callable[[bytes], Batch]

SEGMENT_CALLS = {f"/v1/{name}": call for short, call in segment.SHORT_PATHS.items() for name in (short, call)} | {
    browsers.BEACON_PATH: "batch"
}
SEGMENT_PATHS = tuple(SEGMENT_CALLS)
# Where Segment's clients for Java, Ruby and Android post their batches.
IMPORT_PATHS = ("/v1/import", "/v1/import/")
EVENTS_PATH = "/v1/events"
CDC_PREFIX = "/v1/cdc/"
HEALTH_PATH = "/healthz"

_CONNECTOR = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EPOCH = re.compile(r"[1-9][0-9]{0,5}")


def parser_of(
    request: Request, source_name: str, source: Source, epochs: EpochBook, contracts: Mapping[str, Contract]
) -> Parse:
    """Return what reads the body of a POST.

    Raises
    ------
    RequestError
        Nothing answers this path, or not with this source's key.
    UnknownStream
        The source's stream has no contract.
    ConfigurationError
        Nothing is posted to the source's stream.
    """
    path = request.path
    if not path.isascii() or "%" in path:
        _check_characters(path)
    if path in SEGMENT_CALLS:
        return _segment_parser(SEGMENT_CALLS[path])
    if path in IMPORT_PATHS:
        return segment.parse_batch
    if path.startswith(iot.PATH_PREFIX):
        return lambda body: iot.parse_publish(path, body)
    if path.startswith(CDC_PREFIX):
        connector, _, epoch = unquote(path.removeprefix(CDC_PREFIX)).partition("/")
        return _changes_parser(connector, epoch, source_name, source, epochs)
    if path == EVENTS_PATH:
        return _events_parser(request, source_name, source, epochs, contracts)
    raise RequestError(404, "not_found", f"Nothing answers here; post events to {EVENTS_PATH}.")


def _check_characters(path: str) -> None:
    """A topic names a device: one whose characters are lost could be two devices in one."""
    if "\ufffd" in unquote(path):
        raise RequestError(400, "invalid_path", "The path is not UTF-8; percent-encode its UTF-8 bytes.")


def _events_parser(
    request: Request, source_name: str, source: Source, epochs: EpochBook, contracts: Mapping[str, Contract]
) -> Parse:
    contract = contract_of(source.stream, contracts)
    if contract.protocol == "rows":
        return _rows_parser(request.headers, contract)
    if cloudevents.is_cloudevents(request.headers):
        return lambda body: cloudevents.parse_cloudevents(body, request.headers)
    return understood(_stream_parser(source_name, source, epochs, contract), request.headers)


def _rows_parser(headers: Mapping[str, str], contract: Contract) -> Parse:
    if cloudevents.is_cloudevents(headers):
        return partial(cloud_rows.parse_cloud_rows, headers=headers, contract=contract)
    if is_csv(headers):
        return partial(rows.parse_csv, contract=contract, content_type=headers["content-type"])
    # A table of one's own may have members of any name, those of other formats too.
    return understood(partial(rows.parse_rows, contract=contract), headers, by_members=False)


def _stream_parser(source_name: str, source: Source, epochs: EpochBook, contract: Contract) -> Parse:
    match contract.protocol:
        case "clickstream":
            return partial(native.parse_events, contract=contract)
        case "telemetry":
            return lambda body: iot.parse_telemetry(body, source_name)
        case "changes":
            return _changes_parser(source_name, "", source_name, source, epochs)
    raise ConfigurationError(
        f"sources.{source_name}: nothing is posted to {contract.name}, whose protocol is {contract.protocol}."
    )


def _segment_parser(call: str) -> Parse:
    return segment.parse_batch if call == "batch" else lambda body: segment.parse_single(body, call)


def _changes_parser(connector: str, epoch: str, source_name: str, source: Source, epochs: EpochBook) -> Parse:
    if source.stream != "cdc_log":
        # A browser's key is public, and whoever writes this log writes the mirrors of tables.
        raise RequestError(403, "forbidden", 'Send changes with the key of a source whose stream is "cdc_log".')
    if not _CONNECTOR.fullmatch(connector):
        raise RequestError(400, "invalid_connector", "A connector's name is 1-64 of A-Z, a-z, 0-9, '.', '_' and '-'.")
    if epoch and not _EPOCH.fullmatch(epoch):
        raise RequestError(400, "invalid_epoch", "An epoch is a number from 1 to 999999: /v1/cdc/{connector}/{epoch}.")
    ordinal = int(epoch) if epoch else None
    assign = partial(epochs.assign, source_name, connector, ordinal)
    sender = debezium.Sender(
        source_name=source_name, source=source, connector=connector, epoch=ordinal, assign=assign
    )  # fmt: skip
    return lambda body: debezium.parse_changes(body, sender)
