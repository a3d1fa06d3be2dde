"""A real Trino judges the endpoint: ``python -m tests.athena_local.conformance``.

Both answer the conformance list; what differs is printed, and the counts by area. With ``--record`` Trino's answers
become the recorded ones; with ``--recorded`` Trino is not started, and the recorded answers judge.

With ``--tables DATABASE`` Trino gets the Hive and Iceberg connectors over the emulator's Glue and S3, and both answer
every file of ``--sql``. The variables AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_ATHENA name the emulator and the endpoint.
"""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import boto3
from rich.progress import track

from tests.athena_local.conformance.asking import Endpoint, asked_of_trino
from tests.athena_local.conformance.entries import Answer, Entry, areas, entries, record, record_functions, recorded
from tests.athena_local.conformance.judge import Verdict
from tests.athena_local.conformance.standing import Verdicts, hold, judged, ratchet, refusals, shown, table, worse
from tests.athena_local.conformance.tables import HIVE, Athena, catalogs, compared, files, let_trino_know_views
from tests.athena_local.conformance.trino.client import Client
from tests.athena_local.conformance.trino.fetch import VERSION
from tests.athena_local.conformance.trino.server import trino

_ENDPOINTS = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ATHENA")
Answers = dict[str, dict[Entry, Answer]]


def main(argv: Sequence[str] | None = None) -> int:
    """Judge; the exit status tells whether anything became worse than the ratchet holds."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that Trino ends, too
    options = _options(argv)
    if options.tables:
        return _tables(options)
    answers = _of_trino(options.areas or areas(), options)
    with _endpoint() as endpoint:
        verdicts = {area: judged(endpoint, each) for area, each in answers.items()}
    for area, each in verdicts.items():
        _print(answers[area], each, {Verdict(kind) for kind in options.show} or set(Verdict) - {Verdict.EQUAL})
    print(table({area: [kind for kind, _ in each.values()] for area, each in verdicts.items()}))
    together = {entry: told for each in verdicts.values() for entry, told in each.items()}
    failed = _worse(together)
    if options.hold and (options.record or not failed):
        hold(together)
    return failed


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.athena_local.conformance", description=__doc__)
    parser.add_argument("areas", nargs="*", help="by default all")
    parser.add_argument("--recorded", action="store_true", help="do not start Trino: the recorded answers judge")
    parser.add_argument("--record", action="store_true", help="write Trino's answers")
    parser.add_argument("--hold", action="store_true", help="write ratchet.txt and refusals.yaml, if nothing is worse")
    parser.add_argument("--address", help="of a Trino that runs already, such as http://127.0.0.1:8080")
    parser.add_argument("--show", nargs="*", default=[], help="only these verdicts, such as wrong")
    parser.add_argument(
        "--tables", metavar="DATABASE", help="compare files of SQL over the tables of a running emulator"
    )
    parser.add_argument("--sql", type=Path, default=Path("sql"), help="their folder")
    parser.add_argument("--workgroup", default="primary", help="of the endpoint, for --tables")
    options = parser.parse_args(argv)
    missing = [name for name in _ENDPOINTS if name not in os.environ]
    if options.tables and missing:
        parser.error(f'--tables needs {" and ".join(missing)}: eval "$(lake env)"')
    return options


def _tables(options: argparse.Namespace) -> int:
    athena = Athena(database=options.tables, workgroup=options.workgroup)
    kinds = []
    let_trino_know_views(boto3.client("glue", endpoint_url=os.environ["AWS_ENDPOINT_URL"]), options.tables)
    with trino(catalogs(os.environ, warehouse=athena.output_location())) as address:
        client = Client(address, catalog=HIVE, schema=options.tables)
        for entry, kind, theirs, mine in compared(client, athena, files(options.sql)):
            kinds.append(kind)
            print(f"{entry.id} {kind.value}")
            if kind is not Verdict.EQUAL:
                print(f"  Trino    {shown(theirs)}\n  endpoint {shown(mine)}")
    print(table({options.tables: kinds}))
    return 1 if set(kinds) - {Verdict.EQUAL} else 0


def _of_trino(names: Sequence[str], options: argparse.Namespace) -> Answers:
    if options.recorded:
        return {area: recorded(area) for area in names}
    with _address(options.address) as address:
        client = Client(address)
        answers = {area: {entry: asked_of_trino(client, entry) for entry in entries(area)} for area in _shown(names)}
        if options.record:
            record_functions(sorted({str(row[0]) for row in client.ask("SHOW FUNCTIONS").rows}))
    if options.record:
        for area, each in answers.items():
            record(area, VERSION, each)
    return answers


@contextmanager
def _address(given: str | None) -> Iterator[str]:
    if given:
        yield given
    else:
        with trino() as started:
            yield started


def _shown(names: Sequence[str]) -> Iterator[str]:
    yield from track(names, description="Trino answers")


@contextmanager
def _endpoint() -> Iterator[Endpoint]:
    with TemporaryDirectory(prefix="conformance-") as folder:
        yield Endpoint(Path(folder))


def _print(answers: dict[Entry, Answer], verdicts: Verdicts, kinds: set[Verdict]) -> None:
    for entry, (kind, answer) in verdicts.items():
        if kind in kinds:
            print(f"{entry.id} {kind.value}\n  {entry.sql}")
            print(f"  Trino    {shown(answers[entry])}\n  endpoint {shown(answer)}")


def _worse(verdicts: Verdicts) -> int:
    names = worse(verdicts, ratchet(), refusals())
    if names:
        print(f"worse than the ratchet holds: {', '.join(names)}", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
