"""What a client asks for, and what it is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from athena_local.analyzer.trino_types import Type
from athena_local.statements.kinds import Statement
from athena_local.tables.types import OutputColumn, Row
from athena_local.tables.writing import Written


@dataclass(frozen=True, kw_only=True)
class Request:
    """A client's request for one statement.

    Attributes
    ----------
    scan_limit
        BytesScannedCutoffPerQuery of the workgroup.
    reuse
        The ResultReuseConfiguration to show.
    execution_id, output_folder
        Of the execution that runs it: CREATE TABLE AS makes tables there.
    enforced
        Whether the workgroup alone decides on the output's location.
    """

    statement: Statement
    database: str
    parameters: tuple[str, ...] = ()
    scan_limit: int | None = None
    workgroup: str = "primary"
    reuse: Mapping[str, object] = field(default_factory=dict)
    execution_id: str = ""
    output_folder: str = ""
    enforced: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A result whose rows have not been fetched yet.

    Attributes
    ----------
    scanned_bytes
        Compressed size of the column chunks that the query uses, in the files left after pruning by partition. As in
        Athena, a column counts once per scan, and ``count(*)`` counts nothing. Unlike in Athena, row groups that are
        skipped by their statistics and files that a LIMIT makes unnecessary count too.
    types
        Trino's types of the columns; None for one that is not known, and none at all when they cannot be told.
    written
        What a statement that writes has written.
    scanned_rows
        Rows of those files.
    update_count
        Rows that the statement wrote; None for one that writes none.
    planned
        When the plan was ready, in seconds since 1970.
    """

    columns: tuple[OutputColumn, ...]
    rows: Iterable[Row]
    scanned_bytes: int = 0
    scanned_rows: int = 0
    has_header: bool = True
    types: tuple[Type | None, ...] = ()
    written: Written | None = None
    update_count: int | None = None
    planned: float | None = None
