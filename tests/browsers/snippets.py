"""The pages: snippets of docs/browsers.md with a test's addresses and options, bundled as a shop would."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from kit.packaging.esbuild import program
from tests.fakes.requests import write_key

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(?:js|html) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Where a snippet takes more options: in front of these.
_OPTIONS_BEFORE = ("getSourceConfig:", "configUrl:", "apiHost:")


def snippet(name: str, lake: str, *, options: str = "") -> str:
    """Return a snippet of the documentation for a lake at this address."""
    found: str = dict(_FENCE.findall((ROOT / "docs" / "browsers.md").read_text()))[name]
    for placeholder, value in (("https://events.example.com", lake), ("shop_…", write_key("shop"))):
        assert placeholder in found
        found = found.replace(placeholder, value)
    before = next(place for place in _OPTIONS_BEFORE if place in found)
    return found.replace(before, f"{options} {before}") if options else found


def bundled(module: str, folder: Path) -> str:
    """Return a module with all that it imports, as one script that sets `window.analytics`."""
    entry, out = folder / "page.js", folder / "bundle.js"
    entry.write_text(module + "\nwindow.analytics = analytics;\n")
    options = ["--bundle", "--format=iife", "--platform=browser", f"--outfile={out}", "--log-level=error"]
    modules = {"NODE_PATH": str(ROOT / "node_modules")}
    subprocess.run([program(ROOT), entry, *options], check=True, env=modules)
    return out.read_text()


def sdk_file(path: str) -> str:
    """Return a file of a package, as a shop would serve it."""
    return (ROOT / "node_modules" / path).read_text()


def page(script: str) -> str:
    """Return a page that runs a script."""
    return f'<!doctype html><title>Shop</title><h1>Shop</h1><script src="{script}"></script>'
