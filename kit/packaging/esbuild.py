"""Bundle a handler in JavaScript or TypeScript with esbuild, for CDK during synthesis and for the offline runner.

CDK is not imported here, so that the runner starts fast. Types are not checked: that is tsc's job.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

EXTENSIONS: Final = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
FORMATS: Final = {"esm": ".mjs", "cjs": ".cjs"}
VARIABLE: Final = "LAKE_BUNDLE"
"""Tells the offline runner, which bundles the sources itself, the options of the deployed bundle."""

_OWN_ROOT: Final = Path(__file__).resolve().parents[2]
_HANDLER: Final = re.compile(r"(?P<file>[\w/-]+)\.(?P<export>[\w$]+)")
_ERROR: Final = re.compile(r"\[ERROR\] (?P<message>.+)\n(?:\n +(?P<place>\S+:\d+:\d+):)?")
_PROCESSORS: Final = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
_LAMBDAS_OWN: Final = ("@aws-sdk/*", "@smithy/*")
# Names that CommonJS packages expect and an ES module lacks; a handler's own names win over the global object's.
_BANNER: Final = (
    "globalThis.require ??= process.getBuiltinModule('node:module').createRequire(import.meta.url);"
    "globalThis.__filename ??= import.meta.filename;globalThis.__dirname ??= import.meta.dirname;"
)


class BundleError(Exception):
    """A handler cannot be bundled; the message names it and says why."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of ``bundle={…}``.

    Attributes
    ----------
    external
        Packages to leave out; by default the AWS SDK, which Lambda has. ``*`` stands for any text.
    format
        ``esm`` for an ES module, or ``cjs`` for CommonJS.
    """

    minify: bool = False
    external: tuple[str, ...] = _LAMBDAS_OWN
    format: str = "esm"

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return options from values whose names have been checked.

        Raises
        ------
        BundleError
            A value is not of its option's kind.
        """
        frozen: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        options = cls(**frozen)
        if not isinstance(options.minify, bool):
            raise BundleError(f"bundle: minify is True or False, not {options.minify!r}")
        if not isinstance(options.external, tuple) or not all(isinstance(name, str) for name in options.external):
            raise BundleError(f"bundle: external is a list of packages, not {options.external!r}")
        if options.format not in FORMATS:
            raise BundleError(f"bundle: format is {' or '.join(map(repr, FORMATS))}, not {options.format!r}")
        return options

    @classmethod
    def from_variable(cls, text: str | None) -> Self:
        """Return the options that `to_variable` wrote."""
        return cls.of(json.loads(text)) if text else cls()

    def to_variable(self) -> str:
        """Return the options as a text for the function's environment."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Handler:
    """A handler in its file.

    Attributes
    ----------
    root
        The project's folder.
    file
        Path of the source from the root, with its extension.
    export
        Name of the function.
    """

    name: str
    root: Path
    file: str
    export: str

    @classmethod
    def find(cls, root: Path, src: str | None, name: str) -> Self:
        """Find the handler ``path/file.function`` below a folder of the project.

        Raises
        ------
        BundleError
            There is no such file, or there are several.
        """
        match = _HANDLER.fullmatch(name)
        if not match:
            raise BundleError(f"handler {name!r} is not of the form 'path/file.function'")
        files = list(sources(root / (src or ""), match["file"]))
        if not files:
            raise BundleError(
                f"handler {name!r}: there is no file {match['file']}.ts, .js or .mjs; "
                f"write one with `export const {match['export']} = async (event, context) => …`"
            )
        if len(files) > 1:
            both = " and ".join(file.name for file in files)
            raise BundleError(f"handler {name!r}: {both} both exist; keep one of them")
        return cls(name=name, root=root, file=files[0].relative_to(root).as_posix(), export=match["export"])


def sources(folder: Path, name: str) -> Iterator[Path]:
    """Yield the files of JavaScript or TypeScript that have a name and one of their extensions."""
    return (file for extension in EXTENSIONS if (file := folder / f"{name}{extension}").is_file())


def bundle(handler: Handler, options: Options, *, node: int, output: Path, debug: bool = False) -> None:
    """Write a handler and everything that it imports to one file.

    The same sources make the same file in every folder and on every machine.

    Parameters
    ----------
    node
        Lambda's version of Node.js.
    debug
        Include a source map, for stack traces and debuggers.

    Raises
    ------
    BundleError
        esbuild is not installed, refuses the sources, or does not find the handler in them.
    """
    with TemporaryDirectory() as temp:
        metafile = Path(temp, "meta.json")
        # An entry of our own, so that a CommonJS handler is exported by name, and a missing one is an error.
        entry = f"export {{ {handler.export} }} from {json.dumps(f'./{handler.file}')}"
        process = subprocess.run(
            [
                str(program(handler.root)), "--bundle", "--platform=node", f"--target=node{node}",
                f"--format={options.format}", "--sourcefile=handler", f"--outfile={output}", f"--metafile={metafile}",
                "--log-level=error", "--color=false", *(f"--external:{name}" for name in options.external),
                *(("--minify", "--keep-names") if options.minify else ()),
                *((f"--banner:js={_BANNER}",) if options.format == "esm" else ()),
                *(("--sourcemap=inline",) if debug else ()),
            ],
            cwd=handler.root, input=entry, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if process.returncode:
            raise BundleError(_refusal(handler, process.stderr))
        _check_export(handler, json.loads(metafile.read_text())["inputs"][handler.file].get("format"))


def program(*roots: Path, system: str = platform.system(), machine: str = platform.machine()) -> Path:
    """Return the path of esbuild in the ``node_modules`` of some roots or of this project.

    By default it is the program for this machine's system and processor.

    Raises
    ------
    BundleError
        It is not installed in any of them.
    """
    name = f"{system.lower()}-{_PROCESSORS.get(machine, machine)}"
    for root in (*roots, _OWN_ROOT):
        if (file := root / "node_modules" / "@esbuild" / name / "bin" / "esbuild").is_file():
            return file
    raise BundleError(
        f"esbuild for {name} is not installed: `make setup` installs it; elsewhere, `npm install esbuild`"
    )


def _refusal(handler: Handler, output: str) -> str:
    match = _ERROR.search(output)
    if not match:
        return f"handler {handler.name!r}: esbuild failed: {' '.join(output.split()) or 'it printed nothing'}"
    message, place = match["message"], match["place"]
    if message.startswith("No matching export in") and (place or "").startswith("handler:"):
        return _no_export(handler)
    if message.startswith("Could not resolve") and not message.startswith('Could not resolve ".'):
        message += "; install it in the project with npm, or name it in external=[…] of the bundle"
    if message.startswith("Top-level await"):
        message += "; leave out 'format', or write 'esm'"
    return f"handler {handler.name!r}: {f'{place} ' if place else ''}{message}"


def _check_export(handler: Handler, module_format: str | None) -> None:
    """Check a module whose exports esbuild does not know: CommonJS, or one that has none."""
    text = (handler.root / handler.file).read_text(encoding="utf-8")
    named = re.search(rf"\b{re.escape(handler.export)}\b|module\.exports\s*=\s*require\b|\.\.\.", text)
    if module_format is None or (module_format == "cjs" and not named):
        raise BundleError(_no_export(handler))


def _no_export(handler: Handler) -> str:
    return (
        f"handler {handler.name!r}: {handler.file} exports no {handler.export!r}; "
        f"write `export const {handler.export} = async (event, context) => …`"
    )
