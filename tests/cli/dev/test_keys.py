from __future__ import annotations

import os
import pty
import termios

from cli.dev.keys import keys


def test_letters_of_lines_are_keys_and_the_end_of_a_pipe_is_silence() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream, keys(stream) as pressed:
        assert pressed.pressed(wait_seconds=0) == ""
        os.write(writing, b"d\nq")
        assert pressed.pressed(wait_seconds=1) == "d\nq"
        os.close(writing)
        assert [pressed.pressed(wait_seconds=0) for _ in range(3)] == ["", "", ""]


def test_a_terminal_gives_single_keys_and_is_left_as_it_was() -> None:
    controller, terminal = pty.openpty()
    with os.fdopen(terminal) as stream:
        before = termios.tcgetattr(stream)
        with keys(stream) as pressed:
            os.write(controller, b"q")  # no Enter
            assert pressed.pressed(wait_seconds=1) == "q"
        assert termios.tcgetattr(stream) == before
    os.close(controller)
