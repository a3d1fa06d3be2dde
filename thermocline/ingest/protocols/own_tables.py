"""Rows of tables of one's own at ``POST /v1/events``: JSON, CSV or CloudEvents, as the headers say."""

from __future__ import annotations

from functools import partial

from thermocline.events.batch import Batch
from thermocline.ingest.protocols.cloud_rows import parse_cloud_rows
from thermocline.ingest.protocols.cloudevents import is_cloudevents
from thermocline.ingest.protocols.csv_body import is_csv
from thermocline.ingest.protocols.declaration import Post, Protocol
from thermocline.ingest.protocols.formats import understood
from thermocline.ingest.protocols.json_body import without_lone_surrogates
from thermocline.ingest.protocols.rows import parse_csv, parse_rows


def _parse(body: bytes, post: Post) -> Batch:
    if is_cloudevents(post.headers):
        return parse_cloud_rows(without_lone_surrogates(body), headers=post.headers, contract=post.contract)
    if is_csv(post.headers):  # its cells have no escapes
        return parse_csv(body, contract=post.contract, content_type=post.headers["content-type"])
    # A table of one's own may have members of any name, those of other formats too.
    parse = understood(partial(parse_rows, contract=post.contract), post.headers, by_members=False)
    return parse(without_lone_surrogates(body))


PROTOCOLS = (Protocol(reads="rows", parse=_parse, body_as_sent=True),)
