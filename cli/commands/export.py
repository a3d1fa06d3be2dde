"""`lake export`: all rows of a person or a device, for a request of access."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from cli.console import err, notice, out, print_json
from cli.deployment import find_deployment
from cli.options import JsonOption, NameOption, StageOption
from cli.subjects import SubjectsFileOption, SubjectsOption, subjects_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake export --subject user_id=ada --to ada.zip --stage dev")(export)


def export(
    to: Annotated[Path, typer.Option("--to", help="A folder to make, or a file that ends in .zip.")],
    subjects: SubjectsOption = None,
    subjects_file: SubjectsFileOption = None,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Write all rows of a subject to files: each row that the views show, once, and refused events that mention it.

    There is an NDJSON file for each table, and a manifest with counts and the types of columns. Numbers and times are
    text, so that nothing is rounded. Nothing in the lake is changed.
    """
    from cli.exported import counts_table, export_subjects
    from thermocline.contracts import load_contracts

    meant = subjects_of(subjects, subjects_file, load_contracts())
    lake = find_deployment(name=name, stage=stage)
    with err.status("searching") as status:
        manifest = export_subjects(lake, meant, to, show=status.update)
    if json:
        print_json(msgspec.to_builtins(manifest))
        return
    out.print(counts_table(manifest))
    if manifest.not_searched:
        notice(f"not searched, because no column of theirs names a subject: {', '.join(manifest.not_searched)}")
    out.print(f"{manifest.rows:,} rows in {to}", highlight=False, soft_wrap=True)
