"""`lake contracts new`: a contract from a sample."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from cli.console import err
from cli.errors import CliError
from cli.tables.draft import Draft, make_draft, read_columns
from cli.tables.readers import open_sample
from cli.tables.samples import Advance, Format
from cli.tables.sources import plain_file
from cli.tables.wishes import Wishes
from cli.tables.write import contract_text
from thermocline.contracts.loader import SUFFIX, load_contract
from thermocline.contracts.names import table_name_problems
from thermocline.errors import ContractError

_STEP_BYTES = 1_000_000


def contract_path(folder: Path, table: str, *, overwrite: bool) -> Path:
    """Return where a table's contract is written.

    Raises
    ------
    CliError
        The name is not valid for a table, or the contract exists already.
    """
    if problems := table_name_problems(table):
        raise CliError(problems[0])
    path = folder / f"{table}{SUFFIX}"
    if path.exists() and not overwrite:
        raise CliError(f"contracts/{path.name} exists already: choose another name, or overwrite it with --force")
    return path


def draft_from(sample_path: Path, table: str, *, form: Format | None, wishes: Wishes, quiet: bool) -> Draft:
    """Read the whole sample and return the draft of its contract (see `read_columns` and `make_draft` for errors)."""
    with plain_file(sample_path) as file:
        sample = open_sample(file, form)
        with _progress(file, quiet=quiet) as advance:
            columns = read_columns(sample, advance)
        return make_draft(sample, columns, table=table, file=file.name, wishes=wishes)


def write_contract(draft: Draft, path: Path) -> None:
    """Write the contract, unless the loader would refuse it.

    Raises
    ------
    CliError
        The lake cannot use the contract.
    """
    partial = path.with_suffix(".partial")
    partial.write_text(contract_text(draft))
    try:
        load_contract(partial)
        partial.replace(path)
    except ContractError as error:
        raise CliError(f"can't make a contract from {draft.sample}: {'; '.join(error.problems)}") from None
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(path: Path, *, quiet: bool) -> Iterator[Advance]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    size = path.stat().st_size
    with Progress(*columns, console=err, transient=True, disable=quiet or size < 10 * _STEP_BYTES) as progress:
        task = progress.add_task("reading", total=size)
        waiting = 0

        def advance(count: int) -> None:
            nonlocal waiting
            waiting += count
            if waiting >= _STEP_BYTES:
                progress.advance(task, waiting)
                waiting = 0

        yield advance
