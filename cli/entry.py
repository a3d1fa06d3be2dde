"""Entry point of the `lake` command: quick to start, so that Ctrl-C is quiet from the beginning."""

import os
import signal


def main() -> None:
    """Import the commands, which takes a second or more, and run one."""
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # nothing has started yet
    from cli.main import app

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    app()
