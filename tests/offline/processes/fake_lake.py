"""A supervisor whose children start in a blink: `python fake_lake.py --root DIR --name N`."""

import sys

from offline.children import ChildSpec
from offline.environment import clean_environment
from offline.ports import free_ports
from offline.state import LakeFolder
from offline.supervisor import main

_CHILD = """
import http.server, os, subprocess, sys, tempfile
print('ready to serve', flush=True)
tempfile.mkstemp()
subprocess.Popen(['sleep', '300'], start_new_session=True)
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def fake_children(folder: LakeFolder, stage: str) -> list[ChildSpec]:
    """Children that serve files, leave temporary files behind and start processes that would outlive them."""
    names = ("emulator", "frontdoor")
    return [
        ChildSpec(
            name=name,
            command=(sys.executable, "-c", _CHILD, str(port)),
            environment=clean_environment(folder),
            port=port,
            ready_path="/" if name == "emulator" else None,
        )
        for name, port in zip(names, free_ports(len(names)), strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main(children=fake_children))
