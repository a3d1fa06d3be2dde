"""Removes a stage: refuses what may not be removed, then deletes the stacks, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final

from cli.errors import CliError
from cli.stages.choice import refuse_if_protected
from cli.stages.contents import delete_table_metadata, empty_bucket, holds_data
from cli.stages.deployed import DeployedStack, Holder
from stacks.config import Config

Client = Callable[[str], Any]
Tell = Callable[[str], None]
Step = Callable[[str], AbstractContextManager[Tell]]
"""Shows a step: `with step("delete x") as tell: tell("3 of 9")`."""

# S3 delivers access logs for hours after a request: one may arrive after its bucket was emptied.
_ATTEMPTS: Final = 3
_POLL_SECONDS: Final = 2.0


@dataclass(kw_only=True)
class Removed:
    """What a removal did."""

    stacks: list[str] = field(default_factory=list)
    emptied: dict[str, int] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def refuse_to_remove(config: Config, stacks: Sequence[DeployedStack], client: Client, *, delete_data: bool) -> None:
    """Refuse to remove a protected stage, or data that the user did not ask to delete.

    The deployed templates decide which resources outlive the stage, whatever the configuration says by now.

    Raises
    ------
    CliError
        The stage may not be removed; the text says why.
    """
    refuse_if_protected(config, "removal")
    if locked := [stack.name for stack in stacks if stack.protected]:
        raise CliError(
            f"stage {config.stage!r} was deployed as protected ({', '.join(locked)}): deploy it unprotected first"
        )
    if delete_data:
        _refuse_to_delete_kept(config, stacks)
    elif lost := [holder for holder in _holders(stacks) if not holder.kept and holds_data(holder, client)]:
        raise CliError(
            f"stage {config.stage!r} holds data, so nothing was removed: {_listed(lost)}; "
            f"`lake remove --stage {config.stage} --delete-data` deletes them for good"
        )


def _refuse_to_delete_kept(config: Config, stacks: Sequence[DeployedStack]) -> None:
    if config.removal != "destroy":
        raise CliError(
            f'the data of stage {config.stage!r} stay (removal = "{config.removal}" in config/{config.stage}.toml): '
            'set removal = "destroy" and deploy it, or remove the stage without --delete-data'
        )
    if kept := [holder for holder in _holders(stacks) if holder.kept]:
        raise CliError(
            f"stage {config.stage!r} was deployed so that these are kept: {_listed(kept)}; "
            f"`lake deploy --stage {config.stage}` first, or remove the stage without --delete-data"
        )


def remove_stage(
    stacks: Sequence[DeployedStack],
    client: Client,
    *,
    delete_data: bool,
    step: Step,
    wait: Callable[[float], None] = time.sleep,
) -> Removed:
    """Delete the stacks in their order; with `delete_data`, empty the buckets of each first.

    After an interruption, `deployed_stacks` returns the stacks that are left.

    Raises
    ------
    CliError
        A stack could not be deleted.
    """
    removed = Removed()
    for stack in stacks:
        _remove(stack, client, removed, delete_data=delete_data, step=step, wait=wait)
        removed.stacks.append(stack.name)
        removed.kept += stack.kept
    return removed


def _remove(
    stack: DeployedStack,
    client: Client,
    removed: Removed,
    *,
    delete_data: bool,
    step: Step,
    wait: Callable[[float], None],
) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        if delete_data:
            _empty(stack, client, removed, step)
        else:
            _clear(stack, client)
        try:
            with step(f"delete {stack.name}") as tell:
                _delete(stack, client("cloudformation"), tell=tell, wait=wait)
        except CliError:
            refilled = delete_data and any(holds_data(bucket, client) for bucket in _buckets(stack))
            if attempt == _ATTEMPTS or not refilled:
                raise
        else:
            return


def _empty(stack: DeployedStack, client: Client, removed: Removed, step: Step) -> None:
    for bucket in _buckets(stack):
        if holds_data(bucket, client):
            with step(f"empty {bucket.name}") as tell:
                count = empty_bucket(client("s3"), bucket.name, progress=_objects(tell))
            removed.emptied[bucket.name] = removed.emptied.get(bucket.name, 0) + count


def _clear(stack: DeployedStack, client: Client) -> None:
    """Let buckets without data be deleted: nothing but tables without rows is in them."""
    for bucket in _buckets(stack):
        if not bucket.kept and not holds_data(bucket, client):
            delete_table_metadata(client("s3"), bucket.name)


def _objects(tell: Tell) -> Callable[[int], None]:
    return lambda count: tell(f"{count:,} objects and versions")


def _delete(stack: DeployedStack, cloudformation: Any, *, tell: Tell, wait: Callable[[float], None]) -> None:
    cloudformation.delete_stack(StackName=stack.stack_id)
    while True:
        # Wait before the first look, too: after a failed deletion, the stack reports that for a moment longer.
        wait(_POLL_SECONDS)
        status = cloudformation.describe_stacks(StackName=stack.stack_id)["Stacks"][0]["StackStatus"]
        if status == "DELETE_COMPLETE":
            return
        if status != "DELETE_IN_PROGRESS":
            why = _failure(cloudformation, stack) or f"its status is {status}"
            raise CliError(f"{stack.name} could not be deleted: {why}; run `lake remove` again to continue")
        tell(f"{_resources_left(cloudformation, stack)} resources left")


def _failure(cloudformation: Any, stack: DeployedStack) -> str:
    resources = _resources(cloudformation, stack)
    failed = [r for r in resources if r["ResourceStatus"] == "DELETE_FAILED"]
    return "; ".join(f"{r['LogicalResourceId']}: {r.get('ResourceStatusReason', 'no reason given')}" for r in failed)


def _resources_left(cloudformation: Any, stack: DeployedStack) -> int:
    return sum(r["ResourceStatus"] != "DELETE_COMPLETE" for r in _resources(cloudformation, stack))


def _resources(cloudformation: Any, stack: DeployedStack) -> list[dict[str, Any]]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack.stack_id)
    return [resource for page in pages for resource in page["StackResourceSummaries"]]


def _holders(stacks: Sequence[DeployedStack]) -> list[Holder]:
    return [holder for stack in stacks for holder in stack.holders]


def _buckets(stack: DeployedStack) -> list[Holder]:
    return [holder for holder in stack.holders if holder.kind == "bucket" and not holder.kept]


def _listed(holders: Sequence[Holder]) -> str:
    return ", ".join(map(str, holders))
