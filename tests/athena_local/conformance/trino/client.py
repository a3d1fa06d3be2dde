"""Trino's HTTP protocol: a statement in, columns and rows out."""

import json
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

_HEADERS = {
    "X-Trino-User": "judge",
    "X-Trino-Time-Zone": "UTC",
    "X-Trino-Language": "en-US",
    "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
}
# A Trino that has just started knows its catalogs before it knows who can read them.
_SETTLING_SECONDS = 30


class TrinoError(Exception):
    """A statement that Trino refuses.

    Parameters
    ----------
    name
        Such as ``TYPE_MISMATCH``.
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, kw_only=True)
class Result:
    """What Trino answered.

    Attributes
    ----------
    columns
        As in the protocol: ``name``, ``type`` and ``typeSignature``.
    rows
        Values of JSON; numbers are the text that Trino wrote.
    """

    columns: list[dict[str, Any]]
    rows: list[list[Any]]


class Client:
    """Asks one Trino.

    Parameters
    ----------
    address
        Such as ``http://127.0.0.1:8080``.
    catalog, schema
        Where names without them are looked up.
    """

    def __init__(self, address: str, *, catalog: str | None = None, schema: str | None = None) -> None:
        place = {"X-Trino-Catalog": catalog, "X-Trino-Schema": schema}
        self._address = address
        self._headers = _HEADERS | {name: value for name, value in place.items() if value}

    def ask(self, sql: str) -> Result:
        """Run a statement to its end.

        Raises
        ------
        TrinoError
            What Trino refuses, with its name.
        """
        deadline = time.monotonic() + _SETTLING_SECONDS
        while True:
            try:
                return self._asked(sql)
            except TrinoError as error:
                if error.name != "NO_NODES_AVAILABLE" or time.monotonic() > deadline:
                    raise
            time.sleep(0.5)

    def _asked(self, sql: str) -> Result:
        page = self._send(urllib.request.Request(f"{self._address}/v1/statement", sql.encode(), self._headers))
        columns: list[dict[str, Any]] = []
        rows: list[list[Any]] = []
        while True:
            if error := page.get("error"):
                raise TrinoError(error["errorName"], error["message"])
            columns = page.get("columns") or columns
            rows += page.get("data") or []
            if "nextUri" not in page:
                return Result(columns=columns, rows=rows)
            page = self._send(urllib.request.Request(page["nextUri"], headers=self._headers))

    def _send(self, request: urllib.request.Request) -> dict[str, Any]:
        with urllib.request.urlopen(request, timeout=120) as response:
            page: dict[str, Any] = json.load(response, parse_float=str, parse_int=str)
        return page
