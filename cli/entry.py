"""Entry point of the `lake` command: quick to start, so that Ctrl-C is quiet from the beginning."""

import os
import signal
import sys


def main() -> None:
    """Import the command that is asked for, which takes half a second or more, and run it."""
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # nothing has started yet
    from cli.app import lake_app

    app = lake_app(sys.argv[1:])
    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    app()
