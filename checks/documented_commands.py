"""The commands that documentation may name: those of `lake`, and the targets of the Makefile."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import typer

from cli.main import app

# Where a command begins: at the start, or after `$`, `&&`, `;`, `|` or `$(`; variables may be set before it.
_BEGIN = r"(?:^|[;&|(]|\$\s)\s*(?:\w+=\S*\s+)*"
_WORDS = r"\s+(?P<words>[^;&|)`#\n]+)"
_LAKE = re.compile(rf"{_BEGIN}(?:\.venv/bin/)?lake{_WORDS}")
_MAKE = re.compile(rf"{_BEGIN}make{_WORDS}")
_MODULE = re.compile(r"\bpython[\d.]*\s+-m\s+(?P<module>[\w.]+)")
_COMMAND = re.compile(r"[a-z][a-z0-9-]*")
_TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
# Options of GNU make that take the next word.
_MAKE_OPTIONS_WITH_VALUE = {"-C", "-f", "-j"}


class Command(NamedTuple):
    """A command, its options, and its commands if it is a group."""

    options: frozenset[str]
    commands: Mapping[str, Command]


class Commands(NamedTuple):
    """All commands that exist."""

    root: Path
    lake: Command
    targets: frozenset[str]

    def problems(self, code: str) -> Iterator[str]:
        """Yield a sentence for each command in a line of code that does not exist."""
        code, *_comment = re.split(r"(?:^|\s)#\s", code)
        for words in _words(_LAKE, code):
            yield from _lake_problems(self.lake, words, "lake")
        for words in _words(_MAKE, code):
            yield from (f"make {target}: the Makefile has no such target" for target in _unknown(words, self.targets))
        for match in _MODULE.finditer(code):
            if not _is_there(self.root, match["module"]):
                yield f"python -m {match['module']}: there is no such module"


def project_commands(root: Path) -> Commands:
    """Return the commands of the project in a folder; those of `lake` are the ones that are installed."""
    targets = _TARGET.findall((root / "Makefile").read_text())
    return Commands(root, _described(typer.main.get_command(app)), frozenset(targets))


def _described(command: Any) -> Command:
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    commands = {name: _described(child) for name, child in getattr(command, "commands", {}).items()}
    return Command(frozenset(options | {"--help"}), commands)


def _words(pattern: re.Pattern[str], code: str) -> Iterator[list[str]]:
    """Yield the words after each `lake` or `make`; text that was cut inside quotes is split at spaces."""
    for match in pattern.finditer(code):
        try:
            yield shlex.split(match["words"])
        except ValueError:
            yield match["words"].split()


def _lake_problems(command: Command, words: list[str], name: str) -> Iterator[str]:
    if command.commands:
        options = {word for word in words[:1] if word.startswith("-")}
        if words and _COMMAND.fullmatch(words[0]):
            if words[0] not in command.commands:
                yield f"{name} {words[0]}: there is no such command"
            else:
                yield from _lake_problems(command.commands[words[0]], words[1:], f"{name} {words[0]}")
    else:
        options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    yield from (f"{name} {option}: there is no such option" for option in sorted(options - command.options))


def _unknown(words: list[str], targets: frozenset[str]) -> Iterator[str]:
    previous = ""
    for word in words:
        if _COMMAND.fullmatch(word) and previous not in _MAKE_OPTIONS_WITH_VALUE and word not in targets:
            yield word
        previous = word


def _is_there(root: Path, module: str) -> bool:
    """Tell whether a module of the project exists; a module of another package is taken to exist."""
    package, *_ = module.split(".")
    path = root.joinpath(*module.split("."))
    return not (root / package).is_dir() or path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
