"""Athena's operations: request → response, both in the JSON protocol's form."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from athena_local.api.executions import Execution, Executions
from athena_local.api.metadata import is_our_catalog, matching, not_found, plain_name, table_metadata
from athena_local.api.reuse import reuse_configuration
from athena_local.api.workgroups import Administration
from athena_local.errors import InvalidRequestError, QueryError
from athena_local.execution.query import Request
from athena_local.statements.statements import classify
from athena_local.statements.write_forms import write_form
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Catalog, as_folder
from athena_local.tables.types import Row

_MAX_QUERY_BYTES = 262_144
_MAX_PAGE = 1_000
_MAX_BATCH = 50
Json = dict[str, Any]


class AthenaApi:
    """The operations that this endpoint answers itself; it forwards the others to the AWS endpoint."""

    def __init__(self, *, executions: Executions, catalog: Catalog, administration: Administration) -> None:
        self._executions = executions
        self._catalog = catalog
        self._administration = administration
        self._operations: Mapping[str, Callable[[Json], Json]] = {
            "StartQueryExecution": self._start,
            "GetQueryExecution": self._get,
            "BatchGetQueryExecution": self._batch_get,
            "StopQueryExecution": self._stop,
            "ListQueryExecutions": self._list,
            "GetQueryResults": self._results,
            "GetQueryRuntimeStatistics": self._runtime_statistics,
            "GetWorkGroup": administration.get_work_group,
            "GetDatabase": self._database,
            "ListDatabases": self._databases,
            "GetTableMetadata": self._table_metadata,
            "ListTableMetadata": self._tables_metadata,
            "GetDataCatalog": self._data_catalog,
            "ListDataCatalogs": self._data_catalogs,
        }

    def call(self, operation: str, parameters: Json) -> Json:
        """Run an operation by its API name.

        Raises
        ------
        AthenaError
            The operation is refused.
        """
        handler = self._operations.get(operation)
        return handler(parameters) if handler else self._administration.forward(operation, parameters)

    # Query executions

    def _start(self, parameters: Json) -> Json:
        sql = str(_required(parameters, "QueryString"))
        if len(sql.encode()) > _MAX_QUERY_BYTES:
            raise InvalidRequestError("Query string is longer than 262144 bytes")
        statement = classify(sql)
        if statement.kind in ("query", "write"):
            with suppress(QueryError):  # which the execution tells
                parse(statement.text if statement.kind == "query" else write_form(statement.text).query)
        workgroup = self._administration.workgroup(parameters.get("WorkGroup") or "primary")
        requested = (parameters.get("ResultConfiguration") or {}).get("OutputLocation")
        output = workgroup.output_location if workgroup.enforced else requested or workgroup.output_location
        if not output or not output.startswith("s3://"):
            raise InvalidRequestError(
                "No output location provided. An output location is required either through the Workgroup result "
                "configuration setting or as an API input."
            )
        context = parameters.get("QueryExecutionContext") or {}
        request = Request(
            statement=statement,
            database=plain_name(context.get("Database") or "default"),
            parameters=tuple(parameters.get("ExecutionParameters") or ()),
            scan_limit=workgroup.scan_limit,
            workgroup=workgroup.name,
            reuse=reuse_configuration(parameters),
            enforced=workgroup.enforced,
        )
        execution_id = self._executions.start(
            request,
            workgroup=workgroup.name,
            output_folder=as_folder(output),
            token=parameters.get("ClientRequestToken"),
        )
        return {"QueryExecutionId": execution_id}

    def _get(self, parameters: Json) -> Json:
        return {"QueryExecution": self._execution(parameters).as_api()}

    def _batch_get(self, parameters: Json) -> Json:
        known, missing = [], []
        for execution_id in list(_required(parameters, "QueryExecutionIds"))[:_MAX_BATCH]:
            try:
                known.append(self._executions.get(execution_id).as_api())
            except InvalidRequestError as error:
                missing.append(
                    {"QueryExecutionId": execution_id, "ErrorCode": error.code, "ErrorMessage": error.message}
                )
        return {"QueryExecutions": known, "UnprocessedQueryExecutionIds": missing}

    def _stop(self, parameters: Json) -> Json:
        self._executions.stop(str(_required(parameters, "QueryExecutionId")))
        return {}

    def _list(self, parameters: Json) -> Json:
        ids = self._executions.newest_first(parameters.get("WorkGroup") or "primary")
        last = parameters.get("NextToken")
        if last and last not in ids:
            raise InvalidRequestError("NextToken is invalid")
        rest = ids[ids.index(last) + 1 :] if last else ids
        page = rest[: _page_size(parameters, most=_MAX_BATCH)]
        following = {"NextToken": page[-1]} if len(page) < len(rest) else {}
        return {"QueryExecutionIds": page, **following}

    def _results(self, parameters: Json) -> Json:
        execution = self._execution(parameters)
        if execution.state in ("QUEUED", "RUNNING"):
            raise InvalidRequestError(f"Query has not yet finished. Current state: {execution.state}")
        if execution.state != "SUCCEEDED":
            raise InvalidRequestError(f"Query did not finish successfully. Final query state: {execution.state}")
        size = _page_size(parameters, most=_MAX_PAGE)
        offset = _token(parameters)
        header: list[Row] = []
        if execution.has_header and offset is None:
            header = [[column.name for column in execution.columns]]
        rows, following = self._executions.result(execution).page(offset or 0, size - len(header))
        answer: Json = {
            "UpdateCount": execution.written_rows or 0,
            "ResultSet": {
                "Rows": [_row(row) for row in (*header, *rows)],
                "ResultSetMetadata": {"ColumnInfo": [column.as_api() for column in execution.columns]},
            },
        }
        return answer | ({"NextToken": str(following)} if following is not None else {})

    def _runtime_statistics(self, parameters: Json) -> Json:
        execution = self._execution(parameters)
        timeline = dict(execution.as_api()["Statistics"])  # type: ignore[call-overload]
        scanned = timeline.pop("DataScannedInBytes")
        return {"QueryRuntimeStatistics": {"Timeline": timeline, "Rows": {"InputBytes": scanned}}}

    def _execution(self, parameters: Json) -> Execution:
        return self._executions.get(str(_required(parameters, "QueryExecutionId")))

    # The catalog

    def _database(self, parameters: Json) -> Json:
        return {"Database": {"Name": self._existing_database(parameters)}}

    def _databases(self, parameters: Json) -> Json:
        if not is_our_catalog(catalog := str(_required(parameters, "CatalogName"))):
            raise not_found(f"Catalog {catalog} not found.")
        page, following = _page(sorted(self._catalog.database_names()), parameters, most=_MAX_BATCH)
        return {"DatabaseList": [{"Name": name} for name in page], **following}

    def _table_metadata(self, parameters: Json) -> Json:
        database, name = self._existing_database(parameters), str(_required(parameters, "TableName"))
        table = self._catalog.table(database, plain_name(name))
        if table is None:
            raise not_found("Entity Not Found")
        return {"TableMetadata": table_metadata(table)}

    def _tables_metadata(self, parameters: Json) -> Json:
        tables = matching(self._catalog.tables(self._existing_database(parameters)), parameters.get("Expression"))
        page, following = _page([table_metadata(table) for table in tables], parameters, most=_MAX_BATCH)
        return {"TableMetadataList": page, **following}

    def _existing_database(self, parameters: Json) -> str:
        if not is_our_catalog(catalog := str(_required(parameters, "CatalogName"))):
            raise not_found(f"Catalog {catalog} not found.")
        name = plain_name(str(_required(parameters, "DatabaseName")))
        if name not in self._catalog.database_names():
            raise not_found(f"Database {name} not found.")
        return name

    def _data_catalog(self, parameters: Json) -> Json:
        name = str(_required(parameters, "Name"))
        if not is_our_catalog(name):
            raise InvalidRequestError(f"DataCatalog {name} was not found")
        return {"DataCatalog": {"Name": name, "Type": "GLUE", "Parameters": {"catalog-id": "000000000000"}}}

    def _data_catalogs(self, _: Json) -> Json:
        return {"DataCatalogsSummary": [{"CatalogName": "AwsDataCatalog", "Type": "GLUE"}]}


def _required(parameters: Json, name: str) -> Any:
    if not parameters.get(name):
        raise InvalidRequestError(f"{name} is required")
    return parameters[name]


def _row(row: Row) -> Json:
    return {"Data": [{} if value is None else {"VarCharValue": value} for value in row]}


def _page_size(parameters: Json, *, most: int) -> int:
    size = int(parameters.get("MaxResults") or most)
    if not 1 <= size <= most:
        raise InvalidRequestError(f"MaxResults is more than maximum allowed length {most}.")
    return size


def _token(parameters: Json) -> int | None:
    text = parameters.get("NextToken")
    if not text:
        return None
    if not str(text).isdigit():
        raise InvalidRequestError("NextToken is invalid")
    return int(text)


def _page(items: Sequence[Any], parameters: Json, *, most: int) -> tuple[Sequence[Any], Json]:
    start = _token(parameters) or 0
    end = start + _page_size(parameters, most=most)
    return items[start:end], {"NextToken": str(end)} if end < len(items) else {}
