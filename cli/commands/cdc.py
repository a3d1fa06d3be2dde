"""`lake cdc`: keep the order of changes when a database is replaced or restored."""

import datetime as dt
from typing import Annotated

import typer

from cli.console import out, print_json
from cli.deployment import Deployment, find_deployment
from cli.errors import CliError, WrongUsageError
from cli.options import JsonOption, NameOption, StageOption
from thermocline.ingest.protocols.epochs import History

_UNIX = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cdc = typer.Typer(help="Order the changes of a database that was replaced or restored.", no_args_is_help=True)
    cdc.callback()(lambda: None)  # with one command only, typer would leave out its name
    cdc.command(
        "new-epoch", epilog="Example: lake cdc new-epoch shop --source shop-db --since 2026-11-26T10:00:00Z --stage dev"
    )(new_epoch)
    app.add_typer(cdc, name="cdc")


def new_epoch(
    connector: Annotated[str, typer.Argument(help="The connector, as in the path /v1/cdc/CONNECTOR.")],
    source: Annotated[str, typer.Option(help="The source whose write key the connector uses.")],
    since: Annotated[
        str | None,
        typer.Option(help="When the new database took over (ISO 8601). By default, now.", show_default=False),
    ] = None,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Open an epoch: changes committed from --since on are newer than all earlier ones, whatever their log position.

    Stop the connector, open the epoch, then start the connector on the new database. Changes that the new database
    committed before --since would count as changes of the old one.
    """
    began = _time(since)
    deployment = find_deployment(name=name, stage=stage)
    _check_source(deployment, source)
    epochs = _open(deployment, source, connector, began)
    if json:
        print_json({"epochs": [{"epoch": epoch.ordinal, "since": _text(epoch.since)} for epoch in epochs]})
    else:
        out.print(f"epoch {epochs[-1].ordinal} of {connector} since {_text(epochs[-1].since)}", highlight=False)


def _open(deployment: Deployment, source: str, connector: str, since: int) -> History:
    from thermocline.bootstrap.ingest import epoch_registry
    from thermocline.errors import EpochsUnavailable
    from thermocline.ingest.epochs import open_epoch

    registry = epoch_registry(deployment.client("dynamodb"), deployment.output("EpochsTable"))
    try:
        return open_epoch(registry, source, connector, since=since)
    except ValueError:
        newest = registry.read(source, connector).history[-1]
        latest = _text(max(newest.latest, newest.since))
        raise CliError(
            f"changes until {latest} are in epoch {newest.ordinal} already: give a --since after that and take a"
            f" snapshot, or let the connector post to /v1/cdc/{connector}/{newest.ordinal + 1}"
        ) from None
    except LookupError:
        raise CliError(f"{source!r} has sent no change of connector {connector!r} yet: nothing to order") from None
    except OverflowError as error:
        raise CliError(f"epoch {error} is the last possible one: let the connector post under another name") from None
    except EpochsUnavailable as error:
        raise CliError(f"the epochs cannot be read or written now ({error}): try again") from None


def _check_source(deployment: Deployment, source: str) -> None:
    from cli.stages.choice import chosen_config

    names = [name for name, each in chosen_config(deployment.stage).sources.items() if each.stream == "cdc_log"]
    if source not in names:
        known = ", ".join(names) or "none"
        raise CliError(f"{source!r} is not a source of changes in config/{deployment.stage}.toml; it has {known}")


def _time(text: str | None) -> int:
    try:
        time = dt.datetime.now(dt.UTC) if text is None else dt.datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsageError(f"--since {text!r} is not a time: write it like 2026-11-26T10:00:00Z") from None
    if time.tzinfo is None:
        time = time.replace(tzinfo=dt.UTC)
    return (time - _UNIX) // dt.timedelta(microseconds=1)


def _text(microseconds: int) -> str:
    return (_UNIX + dt.timedelta(microseconds=microseconds)).isoformat().replace("+00:00", "Z")
