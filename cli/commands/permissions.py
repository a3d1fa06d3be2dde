"""`lake permissions`: compare what each function is granted with what it called."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.console import out, print_json
from cli.deployment import offline_deployment
from cli.errors import CliError
from cli.functions import full_name, function_names
from cli.options import JsonOption, NameOption
from cli.permissions import Finding, compare, grants_of
from cli.project import chosen_folder, running_lake
from kit.project import name_prefix
from offline.journal import calls_of

_COLORS = {"unused": "yellow", "wide": "yellow", "missing": "red", "by the service": "dim", "used": "green"}
_LEGEND = {
    "unused": "remove it, or run what needs it",
    "wide": "grant only what was used",
    "missing": "called, but not granted",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: lake permissions convert")(permissions)


def permissions(
    function: Annotated[
        str | None, typer.Argument(help="The short name of one function. By default, all functions.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show also the grants that need no change.")] = False,
    name: NameOption = None,
    json: JsonOption = False,
) -> None:
    """Compare the grants of functions with the AWS calls that they made, and name the grants to narrow.

    The calls come from the journal, so run the functions first, for example with `lake demo`. The journal has the
    calls of functions in Python only; other functions are left out.
    """
    folder = chosen_folder(name)
    deployment = offline_deployment(running_lake(folder))
    known = function_names(deployment.client("cloudformation"), name_prefix(folder.root, deployment.stage))
    wanted = {full_name(known, function)} if function else {*known.values()}
    calls = calls_of(folder.journal)
    roles = {full: role for full in wanted if (role := _role_of_python(deployment.client, full))}
    if function and not roles:
        raise CliError(f"{function} is not in Python: the journal has the AWS calls of functions in Python only")
    findings = {
        short: compare(grants_of(_documents(deployment.client, roles[full])), calls.get(full, frozenset()))
        for short, full in known.items()
        if full in roles
    }
    if json:
        print_json({short: [asdict(finding) for finding in of_function] for short, of_function in findings.items()})
    else:
        out.print(_table(findings, every=every))
        for verdict, advice in _LEGEND.items():
            if any(finding.verdict == verdict for of_function in findings.values() for finding in of_function):
                out.print(f"[{_COLORS[verdict]}]{verdict}[/]: {advice}")


def _role_of_python(client: Any, function: str) -> str | None:
    """Return the name of the role of a function in Python; None for other languages."""
    configuration = client("lambda").get_function_configuration(FunctionName=function)
    role: str = configuration["Role"].rsplit("/", 1)[-1]
    return role if configuration["Runtime"].startswith("python") else None


def _documents(client: Any, role: str) -> list[dict[str, Any]]:
    """Return the policy documents of a role."""
    iam = client("iam")
    inline = [
        iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]
    ]
    attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    return inline + [_managed(iam, policy["PolicyArn"]) for policy in attached]


def _managed(iam: Any, arn: str) -> dict[str, Any]:
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document: dict[str, Any] = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    return document


def _table(findings: dict[str, list[Finding]], *, every: bool) -> Table:
    table = Table("function", "action", "on", "verdict", "used")
    for function, of_function in findings.items():
        for finding in of_function:
            if every or finding.verdict in ("unused", "wide", "missing"):
                verdict = f"[{_COLORS[finding.verdict]}]{finding.verdict}[/]"
                on, used = "\n".join(map(_short, finding.resources)), "\n".join(finding.used)
                table.add_row(function, finding.action, on, verdict, used)
    return table


def _short(arn: str) -> str:
    return arn if arn == "*" else arn.split(":", 5)[-1]
