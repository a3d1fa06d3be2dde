from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from cli.dev.changes import Changes
from cli.dev.keys import Keys
from cli.dev.logs import LogFollower
from cli.dev.session import Actions, Session
from cli.errors import CliError


class Pressed(Keys):
    """Keys that something else happens between."""

    def __init__(self, steps: Iterator[str]) -> None:
        self._steps = steps

    def pressed(self, *, wait_seconds: float) -> str:
        return next(self._steps)


class World:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.stack = root / "app.py"
        self.stack.write_text("1")
        self.text = io.StringIO()
        self.done: list[str] = []
        self.difference = "Stack x: + Queue"
        self.broken: CliError | None = None
        self.ended: CliError | None = None

    def diff(self) -> str:
        self.done.append("diff")
        if self.broken:
            raise self.broken
        return self.difference

    def check(self) -> None:
        if self.ended:
            raise self.ended

    def run(self, steps: Iterator[str]) -> str:
        actions = Actions(diff=self.diff, deploy=lambda: self.done.append("deploy"), check=self.check)
        Session(
            out=Console(file=self.text, width=200),
            logs=LogFollower(self.root, ""),
            changes=Changes(self.root),
            actions=actions,
        ).run(Pressed(steps))
        return self.text.getvalue()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_change_is_compared_and_deployed_on_a_key(world: World) -> None:
    def steps() -> Iterator[str]:
        yield ""
        world.stack.write_text("22")
        yield from ("", "")
        assert world.done == ["diff"]
        yield "d\n"
        yield "q"

    assert "+ Queue\npress d to deploy this" in world.run(steps())
    assert world.done == ["diff", "deploy"]


def test_a_change_that_deploys_nothing_says_so(world: World) -> None:
    world.difference = ""

    def steps() -> Iterator[str]:
        yield ""
        world.stack.write_text("22")
        yield from ("", "", "q")

    assert "nothing to deploy" in world.run(steps())


def test_a_mistake_in_a_stack_is_told_and_the_session_goes_on(world: World) -> None:
    world.broken = CliError("cdk synth failed: SyntaxError")

    def steps() -> Iterator[str]:
        yield ""
        world.stack.write_text("22")
        yield from ("", "", "?", "q")

    assert "lake: cdk synth failed: SyntaxError" in world.run(steps())


def test_an_environment_that_fails_ends_the_session(world: World) -> None:
    world.ended = CliError("the emulator ended")
    with pytest.raises(CliError, match="the emulator ended"):
        world.run(iter([""]))


def test_logs_are_shown(world: World) -> None:
    def steps() -> Iterator[str]:
        (world.root / "lambda-ingest.log").write_text("2026-11-24T12:00:02.000Z r2 hello\n")
        yield from ("", "q")

    assert "12:00:02.000 ingest       r2 hello" in world.run(steps())
