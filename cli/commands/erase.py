"""`lake erase`: remove all that the lake has of a person or a device, for good."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
import typer

from cli.calls import Call, function_call
from cli.console import err, notice, out, print_json
from cli.deployment import Deployment, find_deployment
from cli.erasure import Erasure, erase_all, erasure_of, read_report, report_lines, runs_table
from cli.errors import CliError, WrongUsageError
from cli.options import JsonOption, NameOption, StageOption
from cli.subjects import SubjectsFileOption, SubjectsOption, digests_of, subject_hasher, subjects_of
from thermocline.clock import utc_now

Subjects = Mapping[str, frozenset[str]]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake erase --subject user_id=ada --dry-run --stage dev")(erase)


def erase(
    subjects: SubjectsOption = None,
    subjects_file: SubjectsFileOption = None,
    until: Annotated[
        dt.datetime | None,
        typer.Option(
            "--until",
            metavar="DAY",
            formats=["%Y-%m-%d"],
            help="Let rows in again from this day on, like 2027-01-31 (UTC). By default, never.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count the rows of tables, and erase nothing.")] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for the second pass, too, and for the proof after it.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask. A protected stage asks for its name all the same.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="Show the runs, and when their second pass is due.")] = False,
    report: Annotated[str | None, typer.Option("--report", metavar="RUN", help="Show the proof of a run.")] = None,
    name: NameOption = None,
    stage: StageOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a subject from tables, raw objects, old versions, quarantine and query results, with a proof.

    Values become digests on this machine, by the stage's own key, and go nowhere else. Everything is searched twice:
    again after the longest buffer, by the function's schedule or with --wait. An erasure that was interrupted is
    continued by the same command. The exit status is 1 if it has to be looked at.
    """
    if sum([listed, report is not None, bool(subjects or subjects_file)]) > 1:
        raise WrongUsageError("give one of --list, --report and subjects")
    if until and until.replace(tzinfo=dt.UTC) <= utc_now():
        raise WrongUsageError(f"--until {until:%Y-%m-%d} is over: rows would come in again at once")
    lake = find_deployment(name=name, stage=stage)
    if listed:
        _show_runs([erasure_of(run) for run in function_call(lake, "erase")({"action": "list"})], json=json)
    elif report:
        _show_report(lake, report, json=json)
    else:
        from thermocline.contracts import load_contracts

        meant = subjects_of(subjects, subjects_file, load_contracts())
        if dry_run:
            _count(lake, meant, json=json)
        else:
            _confirm(lake.stage, meant, yes=yes)
            _erase(lake, meant, until, wait=wait, json=json)


def _count(lake: Deployment, subjects: Subjects, *, json: bool) -> None:
    from cli.exported import counts_table, export_subjects

    with err.status("searching") as status:
        manifest = export_subjects(lake, subjects, None, show=status.update)
    if json:
        print_json(msgspec.to_builtins(manifest))
        return
    out.print(counts_table(manifest))
    notice("an erasure searches raw objects, identities, old versions and query results, too")


def _confirm(stage: str, subjects: Subjects, *, yes: bool) -> None:
    """Ask; a protected stage wants its name, which --yes does not give.

    Raises
    ------
    CliError
        The answer is no, or there is nobody to ask.
    """
    from cli.stages.choice import chosen_config

    count = sum(len(values) for values in subjects.values())
    told = f"to be erased from stage {stage}, for good: values of {', '.join(subjects)}: {count:,}"
    if chosen_config(stage).protected:
        err.print(told, soft_wrap=True)
        if _asked(f"Stage {stage} is protected. Type its name to erase") != stage:
            raise CliError(f"nothing was erased: type {stage!r} when asked")
    elif not yes:
        if not sys.stdin.isatty():
            raise CliError("nothing was erased: give --yes where nobody can be asked")
        err.print(told, soft_wrap=True)
        if _asked("Type yes to erase") != "yes":
            raise CliError("nothing was erased: type yes when asked, or give --yes")


def _asked(question: str) -> str:
    try:
        return str(typer.prompt(question, err=True))
    except typer.Abort:
        err.print()
        return ""


def _erase(lake: Deployment, subjects: Subjects, until: dt.datetime | None, *, wait: bool, json: bool) -> None:
    digests = digests_of(subjects, subject_hasher(lake))
    call: Call = function_call(lake, "erase")
    end = None if until is None else until.replace(tzinfo=dt.UTC).isoformat()
    with err.status("erasing") as status:
        erasures = list(erase_all(call, digests, until=end, wait=wait, show=status.update))
    _show_runs(erasures, json=json)
    if not json:
        _tell(erasures)
    if any(each.problem for each in erasures):
        raise typer.Exit(1)


def _tell(erasures: Sequence[Erasure]) -> None:
    for each in erasures:
        if each.problem:
            err.print(f"[red]✗[/] {each.run}: {each.problem}", soft_wrap=True)
        elif each.report:
            notice(f"the proof is {each.report}: docs/erasure.md says how to verify it")
        else:
            notice(f"{each.run} searches everything again at {each.second_pass_at}, and proves it then")


def _show_runs(erasures: Sequence[Erasure], *, json: bool) -> None:
    if json:
        print_json({"runs": [msgspec.to_builtins(each) for each in erasures]})
    elif erasures:
        out.print(runs_table(erasures))
    else:
        notice("there was no erasure yet")


def _show_report(lake: Deployment, run: str, *, json: bool) -> None:
    proof = read_report(lake, run)
    if json:
        print_json(proof)
    for line in () if json else report_lines(proof):
        out.print(line, highlight=False, soft_wrap=True, markup=False)
