"""`lake deploy` and `lake diff`: put a stage on AWS, and show what that would change."""

from pathlib import Path
from typing import Annotated

import typer
from botocore.exceptions import ClientError

from cli.console import err, out, print_json
from cli.options import JsonOption, OwnStageOption
from cli.project import project_root
from cli.stages.choice import aws_config
from cli.stages.deployed import stage_outputs
from cli.stages.steps import DeployProgress, progress_step, silent_step
from cli.stages.target import Target, find_target
from offline.cdk import Cdk

# The parameter that CDK itself checks; cdk.json leaves the qualifier in its name at the default.
_BOOTSTRAP_PARAMETER = "/cdk-bootstrap/hnb659fds/version"
_DEPLOY_SECONDS = 3600.0
_SYNTH_SECONDS = 900.0
_DIFFERENT = "Number of stacks with differences: "


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: lake deploy --stage prod")(deploy)
    app.command(epilog="Example: lake diff --stage prod --check")(diff)


def deploy(stage: OwnStageOption = None, json: JsonOption = False) -> None:
    """Deploy a stage to AWS, with the credentials of the environment or of AWS_PROFILE.

    Only differences are deployed. If CDK was never used in this account and region, they are bootstrapped first.
    """
    step = silent_step if json else progress_step
    config = aws_config(stage, instead="`lake up` deploys it")
    target = find_target(config)
    cdk = _cdk(config.stage, target)
    if not json:
        err.print(f"stage {config.stage} → {target}", soft_wrap=True)
    with step("synthesise the app"):
        assembly, _ = cdk.synth(config.stage, timeout=_SYNTH_SECONDS)
    if not _is_bootstrapped(target):
        with step("bootstrap the account and region for CDK (once)"):
            cdk.bootstrap(account=target.account, region=target.region)
    with step("deploy") as tell:
        cdk.deploy(assembly, watch=DeployProgress(tell=tell).see, timeout=_DEPLOY_SECONDS)
    outputs = stage_outputs(target.client("cloudformation"), config.stage)
    if json:
        place = {"stage": config.stage, "account": target.account, "region": target.region}
        print_json({**place, "outputs": outputs})
    else:
        _show(config.stage, outputs, next(iter(config.sources), "SOURCE"), cdk.log)


def diff(
    stage: OwnStageOption = None,
    check: Annotated[bool, typer.Option("--check", help="Exit with status 1 if anything differs.")] = False,
) -> None:
    """Show what `lake deploy` would change on AWS. Nothing is changed."""
    config = aws_config(stage, instead="`lake up` deploys what changed")
    target = find_target(config)
    cdk = _cdk(config.stage, target)
    err.print(f"stage {config.stage} → {target}", soft_wrap=True)
    with progress_step("synthesise the app"):
        assembly, _ = cdk.synth(config.stage, timeout=_SYNTH_SECONDS)
    with progress_step("compare"):
        text = cdk.diff(assembly, color=out.is_terminal)
    typer.echo(text, nl=False)
    if check and differing_stacks(text) != 0:
        raise typer.Exit(1)


def differing_stacks(text: str) -> int | None:
    """Return how many stacks differ, as `cdk diff` says at its end; None if it does not say."""
    count = text.rpartition(_DIFFERENT)[2].split() if _DIFFERENT in text else []
    return int(count[0]) if count and count[0].isdigit() else None


def _cdk(stage: str, target: Target) -> Cdk:
    root = project_root()
    return Cdk(root=root, log=root / ".lake" / "stages" / stage / "cdk.log", aws=target.environment)


def _is_bootstrapped(target: Target) -> bool:
    try:
        target.client("ssm").get_parameter(Name=_BOOTSTRAP_PARAMETER)
    except ClientError as error:
        # Without the right to read the parameter it may exist all the same; CDK's own check will tell.
        return bool(error.response["Error"]["Code"] != "ParameterNotFound")
    return True


def _show(stage: str, outputs: dict[str, str], source: str, log: Path) -> None:
    for name, value in sorted(outputs.items()):
        out.print(f"{name:<18} {value}", soft_wrap=True, highlight=False)
    err.print(
        f"\nNext:  lake send events.ndjson --source {source} --stage {stage}\n"
        f"       lake query --stage {stage} 'show tables'\n"
        f"       lake remove --stage {stage}\n"
        f"The log is {log}",
        soft_wrap=True,
    )
