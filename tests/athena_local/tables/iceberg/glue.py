"""Glue's tables in memory, as boto3's client has them."""

from copy import deepcopy
from typing import Any


class _NotFoundError(Exception):
    pass


class _ExistsError(Exception):
    pass


class _ChangedError(Exception):
    pass


class FakeGlue:
    """The tables of every database.

    Attributes
    ----------
    fails
        What a change of a table raises.
    fails_at
        Which one: 1 for the next.
    lands
        Whether that change is made before.
    """

    class exceptions:  # noqa: N801  (boto3's name)
        EntityNotFoundException = _NotFoundError
        AlreadyExistsException = _ExistsError
        ConcurrentModificationException = _ChangedError

    def __init__(self) -> None:
        self.tables: dict[tuple[str, str], dict[str, Any]] = {}
        self.fails: Exception | None = None
        self.fails_at = 1
        self.lands = False

    def get_database(self, Name: str) -> dict[str, Any]:
        return {"Database": {"Name": Name}}

    def get_table(self, DatabaseName: str, Name: str) -> dict[str, Any]:
        try:
            return {"Table": deepcopy(self.tables[DatabaseName, Name])}
        except KeyError as error:
            raise _NotFoundError(Name) from error

    def create_table(self, DatabaseName: str, TableInput: dict[str, Any]) -> None:
        if (DatabaseName, TableInput["Name"]) in self.tables:
            raise _ExistsError(TableInput["Name"])
        self._put(DatabaseName, TableInput, "1")

    def update_table(self, DatabaseName: str, TableInput: dict[str, Any], VersionId: str, **_: Any) -> None:
        version = self.tables[DatabaseName, TableInput["Name"]]["VersionId"]
        if version != VersionId:
            raise _ChangedError(VersionId)
        self._put(DatabaseName, TableInput, str(int(version) + 1))

    def delete_table(self, DatabaseName: str, Name: str) -> None:
        if self.tables.pop((DatabaseName, Name), None) is None:
            raise _NotFoundError(Name)

    def _put(self, database: str, definition: dict[str, Any], version: str) -> None:
        failure = self.fails if self.fails_at == 1 else None
        self.fails, self.fails_at = (None, 1) if failure else (self.fails, max(self.fails_at - 1, 1))
        if failure is None or self.lands:
            self.tables[database, definition["Name"]] = {**definition, "DatabaseName": database, "VersionId": version}
        if failure:
            raise failure
