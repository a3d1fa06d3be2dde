"""A subject's rows, counted or written to files of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from cli.deployment import Deployment
from cli.erasure import Show
from cli.subjects import subject_hasher
from thermocline.export.model import Manifest


def export_subjects(
    lake: Deployment, subjects: Mapping[str, frozenset[str]], to: Path | None, *, show: Show
) -> Manifest:
    """Write the rows of subjects into a folder or a zip file, and return what there is; with no place, count them."""
    from thermocline.bootstrap.export import export_of
    from thermocline.export.files import ExportedFiles

    export = export_of(**lake.parts(), hasher=subject_hasher(lake))
    if to is None:
        return export(subjects, None, show)
    with ExportedFiles(to) as files:
        manifest = export(subjects, files, show)
        files.close_with(manifest)
    return manifest


def counts_table(manifest: Manifest) -> Table:
    """Return a table of what was searched and found, by table and level."""
    table = Table("table", "level")
    for column in ("files", "rows"):
        table.add_column(column, justify="right")
    for name, found in manifest.tables.items():
        for level in ("warm", "hot"):
            counts = getattr(found, level)
            table.add_row(name, level, f"{counts.files:,}", f"{counts.rows:,}")
    return table
