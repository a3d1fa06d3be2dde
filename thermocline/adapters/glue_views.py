"""The views of a Glue database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import ClientError

from thermocline.contracts import Contract
from thermocline.errors import ViewChanged
from thermocline.publish.ports import StoredView
from thermocline.publish.presto import stored_view, table_input

_MADE_BY_ANOTHER: Final = ("AlreadyExistsException",)
_CHANGED_BY_ANOTHER: Final = ("ConcurrentModificationException", "EntityNotFoundException")


class GlueViews:
    """Reads and writes views.

    Parameters
    ----------
    client
        A boto3 Glue client that makes each call once.
    database
        The database's name.
    """

    def __init__(self, client: Any, database: str) -> None:
        self._client = client
        self._database = database

    def read(self, table: str) -> StoredView | None:
        """Return a table's view as it is now, or None when there is none."""
        try:
            answer = self._client.get_table(DatabaseName=self._database, Name=table)
        except ClientError as error:
            if error.response["Error"]["Code"] == "EntityNotFoundException":
                return None
            raise
        return stored_view(answer["Table"])

    def write(self, contract: Contract, *, watermark: str, since: Mapping[str, str], version: str | None) -> None:
        """Replace the view that has a version, without an archive of the old one; with None, make one.

        Raises
        ------
        ViewChanged
            The view has another version by now, or there is one already, or none any more.
        """
        wanted = table_input(contract, database=self._database, watermark=watermark, since=since)
        try:
            if version is None:
                self._client.create_table(DatabaseName=self._database, TableInput=wanted)
            else:
                self._client.update_table(
                    DatabaseName=self._database, TableInput=wanted, VersionId=version, SkipArchive=True
                )
        except ClientError as error:
            if error.response["Error"]["Code"] in (_CHANGED_BY_ANOTHER if version else _MADE_BY_ANOTHER):
                raise ViewChanged(f"the view {contract.table} is another by now: read it again") from error
            raise
