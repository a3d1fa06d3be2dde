"""AWS Glue's operations that clients of Athena call, and that emulators lack or answer with too much.

The other operations go to the endpoint's own Glue. A client comes here by ``AWS_ENDPOINT_URL_GLUE``.
"""

from collections.abc import Callable, Mapping
from typing import Any

from athena_local.api.validation import page
from athena_local.api.workgroups import Administration
from athena_local.errors import ForwardedError
from athena_local.tables.partition_expressions import ExpressionError, PartitionExpression

_UNKNOWN = ("InvalidAction", "UnknownOperationException")
_MOST_PARTITIONS = 1_000
Json = dict[str, Any]


class GlueApi:
    """Glue's operations: request → response, both in the JSON protocol's form.

    Parameters
    ----------
    forwarding
        The endpoint's own Glue.
    """

    def __init__(self, forwarding: Administration) -> None:
        self._forward = forwarding.forward
        self._operations: Mapping[str, Callable[[Json], Json]] = {
            "GetTable": lambda parameters: {"Table": self._table(parameters)},
            "GetTables": self._tables,
            "GetPartitions": self._partitions,
            "BatchDeletePartition": self._otherwise("BatchDeletePartition", self._delete_partitions),
            "GetTableVersions": self._otherwise("GetTableVersions", self._versions),
        }

    def call(self, operation: str, parameters: Json) -> Json:
        """Run an operation by its API name.

        Raises
        ------
        ForwardedError
            The operation is refused.
        """
        handler = self._operations.get(operation)
        return handler(parameters) if handler else self._forward(operation, parameters)

    def _otherwise(self, operation: str, answer: Callable[[Json], Json]) -> Callable[[Json], Json]:
        """Return the endpoint's operation, or our own answer where it has none."""

        def run(parameters: Json) -> Json:
            try:
                return self._forward(operation, parameters)
            except ForwardedError as error:
                if error.code not in _UNKNOWN:
                    raise
            return answer(parameters)

        return run

    def _partitions(self, parameters: Json) -> Json:
        """Return the partitions that the expression keeps: an emulator may return all of them."""
        text = parameters.get("Expression")
        if not text:
            return self._forward("GetPartitions", parameters)
        table = self._table_of(parameters)
        keys = {key["Name"].lower(): key["Type"].lower() for key in table.get("PartitionKeys") or []}
        asked = {name: value for name, value in parameters.items() if name not in ("Expression", "MaxResults")}
        try:
            expression = PartitionExpression(str(text), keys)
            kept = [each for each in self._all(asked) if expression.keeps(tuple(each["Values"]))]
        except ExpressionError as error:
            raise ForwardedError(status=400, code="InvalidInputException", message=str(error)) from error
        shown, following = page(kept, parameters, most=_MOST_PARTITIONS)
        return {"Partitions": list(shown), **following}

    def _all(self, parameters: Json) -> list[Json]:
        partitions: list[Json] = []
        token: Json = {}
        asked = {name: value for name, value in parameters.items() if name != "NextToken"}
        while True:
            answer = self._forward("GetPartitions", {**asked, **token})
            partitions += answer["Partitions"]
            if not answer.get("NextToken"):
                return partitions
            token = {"NextToken": answer["NextToken"]}

    def _delete_partitions(self, parameters: Json) -> Json:
        named = _named(parameters, "CatalogId", "DatabaseName", "TableName")
        errors = []
        for each in parameters.get("PartitionsToDelete") or []:
            one = {**named, "PartitionValues": each["Values"]}
            try:
                self._forward("GetPartition", one)
                self._forward("DeletePartition", one)
            except ForwardedError as error:
                detail = {"ErrorCode": error.code, "ErrorMessage": error.message}
                errors.append({"PartitionValues": each["Values"], "ErrorDetail": detail})
        return {"Errors": errors} if errors else {}

    def _versions(self, parameters: Json) -> Json:
        """Return the only version that an emulator without versions has: the table as it is."""
        table = self._table_of(parameters)
        version = str(table.get("VersionId") or "0")
        return {"TableVersions": [{"Table": {**table, "VersionId": version}, "VersionId": version}]}

    def _table_of(self, parameters: Json) -> Json:
        return self._table({**_named(parameters, "CatalogId", "DatabaseName"), "Name": parameters.get("TableName")})

    def _table(self, parameters: Json) -> Json:
        return _without_empty(self._forward("GetTable", parameters)["Table"])

    def _tables(self, parameters: Json) -> Json:
        answer = self._forward("GetTables", parameters)
        return {**answer, "TableList": [_without_empty(table) for table in answer["TableList"]]}


def _without_empty(table: Json) -> Json:
    """Return a table without empty members: clients send what they read, and Glue takes no empty `Owner`."""
    return {name: value for name, value in table.items() if value not in ("", None)}


def _named(parameters: Json, *names: str) -> Json:
    return {name: parameters[name] for name in names if name in parameters}
