"""From a sample to the draft of a contract: columns, identity, event time, and the reason for each."""

from __future__ import annotations

from dataclasses import dataclass

from cli.errors import CliError
from cli.tables.choice import Chosen, choose_type
from cli.tables.facts import Columns, Facts
from cli.tables.guesses import look_at, percent
from cli.tables.names import column_names
from cli.tables.samples import Advance, Declared, Format, Sample, UnknownMembers
from cli.tables.wishes import Wishes, event_time_of, identity_of


@dataclass(frozen=True, kw_only=True)
class DraftColumn:
    """A producer column of the draft.

    Attributes
    ----------
    name, member
        The column, and the member of a row that it is read from.
    json_text
        True: a string column that holds the JSON text of what was sent.
    why
        Why it has its type.
    look
        What makes it look personal, or None.
    """

    name: str
    member: str
    type: str
    json_text: bool
    classification: str
    required: bool
    description: str
    why: str
    look: str | None
    enum: tuple[str, ...] = ()
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A table as a sample suggests it. `event_time` and `identity` name columns."""

    table: str
    sample: str
    format: Format
    rows: int
    columns: tuple[DraftColumn, ...]
    event_time: str | None
    event_time_why: str
    identity: tuple[str, ...]
    identity_why: str
    unknown_members: UnknownMembers


def read_columns(sample: Sample, advance: Advance = lambda _: None) -> Columns:
    """Read all rows of a sample.

    Raises
    ------
    CliError
        A row cannot be read, or the sample has no rows or no members.
    """
    columns = Columns(cells=sample.format is Format.CSV)
    for member in sample.members:
        columns.expect(member)
    for row in sample.rows(advance):
        columns.add(row)
    if not columns.rows and sample.format is not Format.JSON_SCHEMA and not sample.declared:
        raise CliError("the sample holds no rows: give one with some, or a JSON Schema")
    if not columns.facts:
        raise CliError("the rows of the sample have no members: give one with values")
    return columns


def make_draft(sample: Sample, columns: Columns, *, table: str, file: str, wishes: Wishes) -> Draft:
    """Return the draft of a table's contract.

    Raises
    ------
    CliError
        A wish names a column that does not exist, or that cannot be the event time or part of the identity.
    """
    facts, names = columns.facts, column_names(columns.facts)
    chosen = {member: choose_type(each, sample) for member, each in facts.items()}
    event_time, event_time_why = event_time_of(facts, names, chosen, wishes, sample)
    identity, identity_why = identity_of(facts, names, chosen, wishes, table=table, rows=columns.rows)
    return Draft(
        table=table,
        sample=file,
        format=sample.format,
        rows=columns.rows,
        columns=tuple(
            _column(
                facts[member],
                names[member],
                chosen[member],
                sample,
                rows=columns.rows,
                is_key=member in identity,
                is_time=member == event_time,
            )
            for member in facts
        ),
        event_time=None if event_time is None else names[event_time],
        event_time_why=event_time_why,
        identity=tuple(names[member] for member in identity),
        identity_why=identity_why,
        unknown_members=wishes.unknown_members or sample.unknown_members or UnknownMembers.EXTRA,
    )


def _column(
    facts: Facts, name: str, chosen: Chosen, sample: Sample, *, rows: int, is_key: bool, is_time: bool
) -> DraftColumn:
    declared = sample.declared.get(facts.member)
    look = look_at(facts, by_schema=declared.look if declared else None)
    enum = declared.enum if declared else ()
    # What is no time cannot be in the event time's column, so that its text is not free.
    by_type = "confidential" if chosen.type == "string" and not (enum or is_time) else "internal"
    return DraftColumn(
        name=name,
        member=facts.member,
        type=chosen.type,
        json_text=chosen.json_text,
        classification=look.classification if look else by_type,
        required=is_key or (declared is not None and declared.required),
        description=_description(facts, declared, sample.format, rows),
        why=chosen.why,
        look=look.why if look else None,
        enum=enum,
        min_length=declared.min_length if declared else None,
        max_length=declared.max_length if declared else None,
    )


def _description(facts: Facts, declared: Declared | None, form: Format, rows: int) -> str:
    if form is Format.JSON_SCHEMA:
        text = f"{declared.description.strip().rstrip('.')}. " if declared and declared.description else ""
        return f"{text}Member `{facts.member}` of the schema."
    word = "Column" if form in (Format.CSV, Format.PARQUET) else "Member"
    return f"{word} `{facts.member}` of the sample; seen in {percent(facts.values, rows)} of {rows:,} rows."
