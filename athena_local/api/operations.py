"""Athena's operations: request → response, both in the JSON protocol's form."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from athena_local.api.execution import Execution
from athena_local.api.executor import Executor
from athena_local.api.glue import GlueApi
from athena_local.api.metadata import is_our_catalog, matching, not_found, plain_name, table_metadata
from athena_local.api.result_pages import result_page
from athena_local.api.result_settings import result_settings
from athena_local.api.reuse import reuse_configuration
from athena_local.api.timeline import Timeline
from athena_local.api.validation import batch, malformed_token, page, page_size, query_text, request_token, required
from athena_local.api.workgroups import Administration
from athena_local.errors import InvalidRequestError, QueryError
from athena_local.execution.requests import Request
from athena_local.statements.kinds import classify
from athena_local.statements.write_forms import write_form
from athena_local.syntax.dialect import parse
from athena_local.tables.catalog import Catalog

_MAX_PAGE = 1_000
_MAX_BATCH = 50
_MOST_ROWS = 100_000  # what the API's model allows; the operation itself allows less
Json = dict[str, Any]


class AthenaApi:
    """The operations that this endpoint answers itself; it forwards the others to the AWS endpoint.

    Attributes
    ----------
    glue
        Glue's operations, for clients that ask them here.
    """

    def __init__(self, *, executor: Executor, catalog: Catalog, administration: Administration, glue: GlueApi) -> None:
        self.glue = glue
        self._executor = executor
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
        timeline = Timeline()
        sql, token = query_text(parameters), request_token(parameters)
        workgroup = self._administration.workgroup(parameters.get("WorkGroup") or "primary")
        settings = result_settings(parameters.get("ResultConfiguration") or {}, workgroup)
        statement = classify(sql)
        if statement.kind in ("query", "write"):
            with suppress(QueryError):  # which the execution tells
                parse(statement.text if statement.kind == "query" else write_form(statement.text).query)
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
        execution = Execution(
            id=str(uuid.uuid4()),
            request=request,
            settings=settings,
            token=token,
            catalog=context.get("Catalog"),
            database=context.get("Database"),
            engine_version=workgroup.engine_version,
            timeline=timeline,
        )
        return {"QueryExecutionId": self._executor.start(execution)}

    def _get(self, parameters: Json) -> Json:
        return {"QueryExecution": self._execution(parameters).as_api()}

    def _batch_get(self, parameters: Json) -> Json:
        known, missing = [], []
        for execution_id in batch(parameters, "QueryExecutionIds"):
            try:
                known.append(self._executor.get(execution_id).as_api())
            except InvalidRequestError as error:
                missing.append(
                    {"QueryExecutionId": execution_id, "ErrorCode": error.code, "ErrorMessage": error.message}
                )
        return {"QueryExecutions": known, "UnprocessedQueryExecutionIds": missing}

    def _stop(self, parameters: Json) -> Json:
        self._executor.stop(str(required(parameters, "QueryExecutionId")))
        return {}

    def _list(self, parameters: Json) -> Json:
        size = page_size(parameters, most=_MAX_BATCH)
        ids = self._executor.newest_first(parameters.get("WorkGroup") or "primary")
        last = parameters.get("NextToken")
        if last and last not in ids:
            raise malformed_token(last)
        rest = ids[ids.index(last) + 1 :] if last else ids
        shown = rest[:size]
        following = {"NextToken": shown[-1]} if len(shown) < len(rest) else {}
        return {"QueryExecutionIds": shown, **following}

    def _results(self, parameters: Json) -> Json:
        size = page_size(parameters, most=_MOST_ROWS, default=_MAX_PAGE)
        execution = self._execution(parameters)
        if size > _MAX_PAGE:
            raise InvalidRequestError(f"MaxResults is more than maximum allowed length {_MAX_PAGE}")
        _check_ended(execution)
        return result_page(execution, self._executor.result(execution), parameters.get("NextToken"), size)

    def _runtime_statistics(self, parameters: Json) -> Json:
        return {"QueryRuntimeStatistics": self._execution(parameters).runtime_statistics()}

    def _execution(self, parameters: Json) -> Execution:
        return self._executor.get(str(required(parameters, "QueryExecutionId")))

    # The catalog

    def _database(self, parameters: Json) -> Json:
        return {"Database": {"Name": self._existing_database(parameters)}}

    def _databases(self, parameters: Json) -> Json:
        if not is_our_catalog(catalog := str(required(parameters, "CatalogName"))):
            raise not_found(f"Catalog {catalog} not found.")
        shown, following = page(sorted(self._catalog.database_names()), parameters)
        return {"DatabaseList": [{"Name": name} for name in shown], **following}

    def _table_metadata(self, parameters: Json) -> Json:
        database, name = self._existing_database(parameters), str(required(parameters, "TableName"))
        table = self._catalog.table(database, plain_name(name))
        if table is None:
            raise not_found("Entity Not Found")
        return {"TableMetadata": table_metadata(table)}

    def _tables_metadata(self, parameters: Json) -> Json:
        tables = matching(self._catalog.tables(self._existing_database(parameters)), parameters.get("Expression"))
        shown, following = page([table_metadata(table) for table in tables], parameters)
        return {"TableMetadataList": shown, **following}

    def _existing_database(self, parameters: Json) -> str:
        if not is_our_catalog(catalog := str(required(parameters, "CatalogName"))):
            raise not_found(f"Catalog {catalog} not found.")
        name = plain_name(str(required(parameters, "DatabaseName")))
        if name not in self._catalog.database_names():
            raise not_found(f"Database {name} not found.")
        return name

    def _data_catalog(self, parameters: Json) -> Json:
        name = str(required(parameters, "Name"))
        if not is_our_catalog(name):
            raise InvalidRequestError(f"DataCatalog {name} was not found")
        return {"DataCatalog": {"Name": name, "Type": "GLUE", "Parameters": {"catalog-id": "000000000000"}}}

    def _data_catalogs(self, _: Json) -> Json:
        return {"DataCatalogsSummary": [{"CatalogName": "AwsDataCatalog", "Type": "GLUE"}]}


def _check_ended(execution: Execution) -> None:
    if not execution.is_final:
        message = f"Query has not yet finished. Current state: {execution.state}"
        raise InvalidRequestError(message, code="INVALID_QUERY_EXECUTION_STATE")
    if execution.state == "CANCELLED":
        raise InvalidRequestError("Could not find results", code="RESULT_NOT_FOUND")
    if execution.state == "FAILED":
        message = "Query did not finish successfully. Final query state: FAILED"
        raise InvalidRequestError(message, code="INVALID_QUERY_EXECUTION_STATE")
