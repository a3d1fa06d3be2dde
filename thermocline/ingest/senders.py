"""Which source a request comes from, by its write key or by a signature with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from thermocline.errors import RequestError
from thermocline.events.write_keys import derive_write_key, source_of
from thermocline.ingest.http.keys import write_key_of
from thermocline.ingest.http.request import Request
from thermocline.ingest.http.standard_webhooks import SIGNATURE_HEADER, is_signed_with
from thermocline.ingest.protocols.declaration import Protocol
from thermocline.sources import Source


class Senders:
    """Finds the sources of requests.

    Parameters
    ----------
    sources
        Sources by name.
    secret
        Returns the secret that write keys are derived from.
    """

    def __init__(self, sources: Mapping[str, Source], secret: Callable[[], str]) -> None:
        self._sources = sources
        self._secret = secret

    def before_body(self, request: Request, protocol: Protocol) -> str | None:
        """Return the source that headers or the URL name, or None if only the body can.

        A signature covers the body as sent, so nothing has to be decompressed for it.

        Raises
        ------
        RequestError
            The write key belongs to no source; or there is none, and the protocol has no other place for it.
        """
        key = write_key_of(request) or (protocol.key_in_url(request) if protocol.key_in_url else None)
        if key:
            return self._owner(key)
        return self._signer(request) or (None if protocol.key_in_body else self._owner(None))

    def in_body(self, body: bytes, protocol: Protocol) -> str:
        """Return the source that a decompressed body names.

        Raises
        ------
        RequestError
            The write key belongs to no source, or there is none.
        """
        return self._owner(protocol.key_in_body(body) if protocol.key_in_body else None)

    def _owner(self, key: str | None) -> str:
        name = source_of(key, secret=self._secret(), sources=self._sources) if key else None
        if not name:
            raise RequestError(401, "unauthorized", "Send a valid write key, e.g. 'Authorization: Bearer <write key>'.")
        return name

    def _signer(self, request: Request) -> str | None:
        if SIGNATURE_HEADER not in request.headers:
            return None
        secret = self._secret()
        keys = {name: derive_write_key(secret, name, source.key_version) for name, source in self._sources.items()}
        return next((name for name, key in keys.items() if is_signed_with(request, key)), None)
