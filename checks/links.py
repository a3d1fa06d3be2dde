"""``python -m checks.links``: finds dead links, dead anchors and unknown commands in the documentation."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from checks.documented_commands import Commands, project_commands

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("*.md", "*/README.md", "docs/**/*.md", "examples/**/*.md", "cli/new/template/**/*.md")
# A changelog names commands and files that are gone.
_LEFT_OUT = ("CHANGELOG.md",)
# `lake new` lays the template over a copy of the project, so its links may lead to the project's own files.
_TEMPLATE = Path("cli/new/template")
_SHELL_FENCES = {"", "bash", "console", "sh", "shell"}
_NOT_A_FILE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Piece(NamedTuple):
    """A part of a page that is checked, and the line that it is in (the first line is 1)."""

    line: int
    kind: str
    text: str


def pages(root: Path) -> list[Path]:
    """Return the pages of documentation in a project."""
    paths = {path for pattern in PAGES for path in root.glob(pattern)}
    return sorted(path for path in paths if _is_ours(path.relative_to(root)))


def problems(root: Path, commands: Commands) -> Iterator[str]:
    """Yield ``file:line: problem`` for each problem in the documentation of a project."""
    for page in pages(root):
        checks: Mapping[str, Callable[[str], Iterable[str]]] = {
            "link": partial(link_problems, root, page),
            "code": commands.problems,
        }
        for piece in pieces(page.read_text()):
            for problem in checks[piece.kind](piece.text):
                yield f"{page.relative_to(root)}:{piece.line}: {problem}"


def pieces(markdown: str) -> Iterator[Piece]:
    """Yield the links, the code in backticks, and the lines of shell commands of a page."""
    for token in _parsed(markdown):
        first = token.map[0] + 1 if token.map else 1
        if token.type == "fence" and token.info.strip() in _SHELL_FENCES:
            for number, line in enumerate(token.content.splitlines(), start=1):
                yield Piece(first + number, "code", line)
        for child in token.children or ():
            first += child.type in ("softbreak", "hardbreak")
            if child.type == "code_inline":
                yield Piece(first, "code", child.content)
            elif target := child.attrs.get({"link_open": "href", "image": "src"}.get(child.type, "")):
                yield Piece(first, "link", str(target))


def link_problems(root: Path, page: Path, link: str) -> Iterator[str]:
    """Yield what is wrong with a link of a page; links to other sites are not followed."""
    if _NOT_A_FILE.match(link):
        return
    path, _, anchor = unquote(link).partition("#")
    target = _target(root, page, path)
    if target is None:
        yield f"{link}: there is no such file"
    elif anchor and anchor not in _anchors(target):
        yield f"{link}: {target.name} has no such heading"


def anchors(markdown: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    tokens = _parsed(markdown)
    slugs = Counter[str]()
    names = set()
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            text = "".join(child.content for child in inline.children or ())
            slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
            names.add(f"{slug}-{slugs[slug]}" if slugs[slug] else slug)
            slugs[slug] += 1
    return names


def _is_ours(page: Path) -> bool:
    hidden = any(part.startswith(".") or part == "node_modules" for part in page.parts)
    return not hidden and str(page) not in _LEFT_OUT


def _parsed(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(markdown)


def _target(root: Path, page: Path, path: str) -> Path | None:
    folders = [page.parent]
    if page.is_relative_to(root / _TEMPLATE):
        folders.append(root / page.parent.relative_to(root / _TEMPLATE))
    targets = [(folder / path).resolve() if path else page for folder in folders]
    return next((target for target in targets if target.exists() and target.is_relative_to(root.resolve())), None)


@cache
def _anchors(page: Path) -> set[str]:
    return anchors(page.read_text()) if page.suffix == ".md" else set()


def main() -> int:
    """Check the documentation of this project, and return the exit status."""
    lines = list(problems(ROOT, project_commands(ROOT)))
    print("\n".join(lines) or f"links: {len(pages(ROOT))} pages have no dead link and no unknown command")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
