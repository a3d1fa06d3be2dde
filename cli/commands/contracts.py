"""`lake contracts`: make contracts, lint them, check them against their releases, and document them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import JsonOption, NameOption, StageOption
from cli.tables.samples import Format, UnknownMembers
from thermocline.contracts import CONTRACTS_FOLDER, Contract, load_contract, load_contracts
from thermocline.contracts.evolution import evolution_problems
from thermocline.contracts.loader import read_contracts
from thermocline.contracts.markdown import markdown
from thermocline.contracts.releases import load_releases, release_contracts
from thermocline.errors import ContractError
from thermocline.streams import contract_of

FOLDER = typer.Option(help="The contracts, with their releases in released/.", show_default=False)
DOCS_FOLDER = CONTRACTS_FOLDER.parent / "docs" / "datasets"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    contracts = typer.Typer(help="Work with the contracts: make, lint, check, release, document.", no_args_is_help=True)
    contracts.command(epilog="Example: lake contracts lint")(lint)
    contracts.command(epilog="Example: lake contracts check")(check)
    contracts.command(epilog="Example: lake contracts release")(release)
    contracts.command(epilog="Example: lake contracts docs --check")(docs)
    contracts.command(epilog="Example: lake contracts new crm_contacts --from contacts.ndjson")(new)
    contracts.command(epilog="Example: lake contracts suggest clickstream")(suggest)
    app.add_typer(contracts, name="contracts")


def lint() -> None:
    """Check every contract against the Open Data Contract Standard and the rules of this project."""
    paths = sorted(CONTRACTS_FOLDER.glob("*.odcs.yaml"))
    problems = [f"{path.name}: {problem}" for path in paths for problem in _problems(path)] or _problems_of_all()
    for problem in problems:
        typer.echo(problem, err=True)
    if problems or not paths:
        raise typer.Exit(1)
    typer.echo(f"{len(paths)} contracts follow ODCS 3.2 and can be exported.")


def check(folder: Annotated[Path, FOLDER] = CONTRACTS_FOLDER) -> None:
    """Check that every contract is compatible with its last release."""
    contracts, releases = _check(folder)
    typer.echo(f"{len(contracts)} contracts follow their {len(releases)} releases.")


def release(folder: Annotated[Path, FOLDER] = CONTRACTS_FOLDER) -> None:
    """Copy every contract with a new version to contracts/released. Later versions are checked against it."""
    _check(folder)
    for path in release_contracts(folder):
        typer.echo(path.relative_to(folder))


def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing. Exit with status 1 if a page is out of date.")
    ] = False,
) -> None:
    """Write docs/datasets/<table>.md from the contracts."""
    pages = {DOCS_FOLDER / f"{c.name}.md": markdown(c) for c in load_contracts().values()}
    stale = [path for path, page in pages.items() if not path.exists() or path.read_text() != page]
    if check and stale:
        typer.echo("Out of date, run 'make docs': " + ", ".join(path.name for path in stale), err=True)
        raise typer.Exit(1)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path])
    typer.echo(f"{len(pages)} pages, {len(stale)} written.")


def new(
    name: Annotated[str, typer.Argument(help="The table's name, such as crm_contacts.")],
    sample: Annotated[
        Path,
        typer.Option(
            "--from",
            help="The sample: NDJSON, JSON, CSV, Parquet, or a JSON Schema, plain or .gz; - is standard input.",
        ),
    ],
    form: Annotated[
        Format | None, typer.Option("--format", help="The sample's format. By default, its name tells.")
    ] = None,
    event_time: Annotated[
        str | None, typer.Option(help="The column with the event's time; none: the time of receipt.")
    ] = None,
    identity: Annotated[
        str | None, typer.Option(help="The columns that identify a row, separated by commas; none: what was sent.")
    ] = None,
    unknown: Annotated[
        UnknownMembers | None, typer.Option(help="Members that the contract does not name: keep, refuse or drop them.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a contract of this name.")] = False,
    folder: Annotated[Path, FOLDER] = CONTRACTS_FOLDER,
    as_json: JsonOption = False,
) -> None:
    """Write the contract of a table of your own from a sample of its rows.

    The whole sample is read. A column gets a type only if every value of the sample fits it without loss.
    """
    from cli.tables import new as tables
    from cli.tables import report
    from cli.tables.wishes import Wishes

    path = tables.contract_path(folder, name, overwrite=force)
    wishes = Wishes(
        event_time=event_time,
        identity=tuple(part.strip() for part in identity.split(",")) if identity else None,
        unknown_members=unknown,
    )
    draft = tables.draft_from(sample, name, form=form, wishes=wishes, quiet=as_json)
    tables.write_contract(draft, path)
    report.show(draft, path, str(sample), as_json=as_json)


def _check(folder: Path) -> tuple[list[Contract], list[Contract]]:
    try:
        releases = load_releases(folder)
        contracts = list(read_contracts(folder).values())
        problems = evolution_problems(contracts, releases)
    except ContractError as error:
        problems = [f"{error.contract}: {problem}" for problem in error.problems]
    if problems:
        typer.echo("\n".join(problems), err=True)
        raise typer.Exit(1)
    return contracts, releases


def _problems_of_all() -> list[str]:
    try:
        read_contracts(CONTRACTS_FOLDER)
    except ContractError as error:
        return [str(error)]
    return []


def _problems(path: Path) -> Iterator[str]:
    # The standard's own schema and model come with the group 'dev'.
    import jsonschema
    import open_data_contract_standard
    import yaml
    from open_data_contract_standard.model import OpenDataContractStandard

    schema = json.loads(Path(open_data_contract_standard.__file__).with_name("schema.json").read_text())
    document: dict[str, Any] = yaml.safe_load(path.read_text())
    validator = jsonschema.Draft201909Validator(schema)
    for error in validator.iter_errors(document):
        yield f"{error.json_path}: {error.message}"
    try:
        OpenDataContractStandard.from_string(path.read_text())
        load_contract(path)
    except (ValueError, ContractError) as error:
        yield str(error)


def suggest(
    stream: Annotated[str, typer.Argument(help="The stream, such as clickstream.")],
    column: Annotated[
        str | None, typer.Option(help="The column of JSON text to look into. By default, the contract's first.")
    ] = None,
    min_share: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out members that a smaller share of the events has.")
    ] = 0.01,
    rows: Annotated[int, typer.Option(min=1, help="How many events to look at, the newest first.")] = 100_000,
    name: NameOption = None,
    stage: StageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look into a stream's JSON text in the lake, and suggest typed columns that convert could fill from it."""
    from functools import partial

    from cli.athena import run_query
    from cli.console import err
    from cli.deployment import find_deployment
    from cli.tables import suggest as suggesting
    from cli.tables import suggest_report
    from cli.tables.lake_sample import newest_values

    contract = contract_of(stream, load_contracts())
    text = suggesting.text_column(contract, column)
    with err.status(f"reading {text} of {stream}"):
        texts = newest_values(partial(run_query, find_deployment(name=name, stage=stage)), contract.table, text, rows)
        columns = suggesting.suggestions(texts, contract, text, min_share=min_share)
    suggest_report.show(columns, stream=stream, column=text, events=len(texts), as_json=as_json)
