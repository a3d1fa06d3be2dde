"""Where database changes are posted: ``POST /v1/cdc/{connector}``, perhaps with the number of an epoch."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import unquote

from thermocline.errors import RequestError
from thermocline.events.batch import Batch
from thermocline.ingest.protocols.debezium import Sender, parse_changes
from thermocline.ingest.protocols.declaration import Post, Protocol

_CONNECTOR = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EPOCH = re.compile(r"[1-9][0-9]{0,5}")


def _parse_posted(body: bytes, post: Post) -> Batch:
    connector, _, epoch = unquote(post.path.removeprefix("/v1/cdc/")).partition("/")
    return parse_changes(body, sender_of(post, connector, epoch))


def sender_of(post: Post, connector: str, epoch: str = "") -> Sender:
    """Return who sends changes.

    Raises
    ------
    RequestError
        The source is not for changes, or a name in the path is not valid.
    """
    if post.contract.protocol != "changes":
        # A browser's key is public, and whoever writes this log writes the mirrors of tables.
        raise RequestError(403, "forbidden", 'Send changes with the key of a source whose stream is "cdc_log".')
    if not _CONNECTOR.fullmatch(connector):
        raise RequestError(400, "invalid_connector", "A connector's name is 1-64 of A-Z, a-z, 0-9, '.', '_' and '-'.")
    if epoch and not _EPOCH.fullmatch(epoch):
        raise RequestError(400, "invalid_epoch", "An epoch is a number from 1 to 999999: /v1/cdc/{connector}/{epoch}.")
    ordinal = int(epoch) if epoch else None
    assign = partial(post.assign, post.source_name, connector, ordinal)
    return Sender(source_name=post.source_name, source=post.source, connector=connector, epoch=ordinal, assign=assign)


PROTOCOLS = (
    Protocol(routes=("POST /v1/cdc/{connector}", "POST /v1/cdc/{connector}/{epoch}"), parse=_parse_posted),
    Protocol(reads="changes", parse=lambda body, post: parse_changes(body, sender_of(post, post.source_name))),
)
