"""What is left of a context when what became a column has gone: nothing is stored twice, and nothing is lost."""

from __future__ import annotations

from typing import Final

import msgspec

from thermocline.ingest.protocols.segment_fields import Campaign, Context, Library, Page

_PAGE: Final = frozenset(Page.__struct_fields__)
_CAMPAIGN: Final = frozenset(Campaign.__struct_fields__)
_LIBRARY: Final = frozenset(Library.__struct_fields__)
_NO_PAGE, _NO_CAMPAIGN, _NO_LIBRARY = Page(), Campaign(), Library()
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode


def take_columns_out(members: dict[str, msgspec.Raw], context: Context) -> None:
    """Take out of a context's members what `context` read of them; a member of the wrong type was not read, and stays.

    The address goes, too: it is never stored, and cutting it out of the text later would take longer.
    """
    if context.page != _NO_PAGE:
        _take_out(members, "page", _PAGE)
    if context.campaign != _NO_CAMPAIGN:
        _take_out(members, "campaign", _CAMPAIGN)
    if isinstance(context.library, str):
        del members["library"]
    elif context.library != _NO_LIBRARY:
        _take_out(members, "library", _LIBRARY)
    if context.user_agent:
        del members["userAgent"]
    if context.locale is not None:
        del members["locale"]
    if context.timezone is not None:
        del members["timezone"]
    if context.session_id is not None:
        del members["sessionId"]
    if context.ip is not None:
        del members["ip"]


def _take_out(members: dict[str, msgspec.Raw], name: str, with_columns: frozenset[str]) -> None:
    inner = _decode_members(members[name])
    if inner.keys() <= with_columns:
        del members[name]
    else:
        rest = {name: value for name, value in inner.items() if name not in with_columns}
        members[name] = msgspec.Raw(_encode(rest))
