from __future__ import annotations

from pathlib import Path

import pytest

from checks.minutes import main

REPORT = """<testsuites><testsuite>
<testcase classname="tests.e2e.test_demo" name="a" time="60"/>
<testcase classname="tests.e2e.test_demo" name="b" time="30"/>
<testcase classname="tests.infra.test_names" name="c" time="6"/>
<testcase classname="tests.cli.test_main" name="d" time="0.5"/>
</testsuite></testsuites>"""


def test_the_longest_suite_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    main([str(tmp_path / "report.xml")])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| e2e/test_demo | 2 | 1.5 |",
        "| infra | 1 | 0.1 |",
        "| cli | 1 | 0.0 |",
        "| all, one after the other | 4 | 1.6 |",
    ]
