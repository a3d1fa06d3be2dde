"""Values that no command can take: one line, and exit status 2, before any lake is asked."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli.main import app

RANGE = ("--from", "2026-11-20-00", "--to", "2026-11-20-23")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("replay", "clickstream"), "say which generations"),
        (("replay", "clickstream", *RANGE, "--source", "shop"), "add --from-quarantine"),
        (("replay", "clickstream", "--from", "2026-11-20", "--to", "x"), "--from '2026-11-20' is not a generation"),
        (("replay", "clickstream", "--from-quarantine", "--to", "x"), "--to 'x' is not a generation"),
        (("replay", "clickstream", "--from", "2026-11-20-02", "--to", "2026-11-20-01"), "is before --from"),
        (("trace", "e1", "--from", "yesterday"), "--from 'yesterday' is no time"),
        (("restore", "ledger", "--from", "today"), "--from 'today' is not a generation"),
        (("erase", "--list", "--subject", "user_id=ada"), "one of --list, --report and subjects"),
        (("erase", "--subject", "user_id=ada", "--until", "2020-01-01"), "--until 2020-01-01 is over"),
    ],
)
def test_a_value_that_cannot_be_is_one_line(words: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(app, [*words, "--name", "nolake"])
    assert told in done.stderr
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
