import sys
import time
from pathlib import Path

import psutil
import pytest

from offline.cdk import Cdk, error_of
from offline.errors import OfflineError


def test_an_error_is_told_by_the_lines_that_name_it() -> None:
    output = "building\n\nlocal-ingest: CREATE_FAILED Api no such type\nrolling back\nError: stack failed\ndone\n"
    assert error_of(output) == "local-ingest: CREATE_FAILED Api no such type | Error: stack failed"


def test_without_such_lines_the_last_ones_are_told() -> None:
    assert error_of("\n".join(str(n) for n in range(20))) == "14 | 15 | 16 | 17 | 18 | 19"
    assert error_of(" \n") == "it printed nothing"


def test_a_missing_cli_says_how_to_get_it(tmp_path: Path) -> None:
    cdk = Cdk(root=tmp_path, log=tmp_path / "logs" / "deploy.log", aws={})
    with pytest.raises(OfflineError, match="make setup"):
        cdk.bootstrap()


class TestWithAFakeCli:
    """The fake counts its runs and does what CDK does with `-o`."""

    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        cli = tmp_path / "node_modules" / "aws-cdk" / "bin" / "cdk"
        cli.parent.mkdir(parents=True)
        cli.write_text(
            "const fs = require('fs'); const a = process.argv;"
            "fs.appendFileSync('runs', a[2] + '\\n');"
            "if (a.includes('-o')) fs.mkdirSync(a[a.indexOf('-o') + 1], {recursive: true});"
            "if (a[2] === 'synth') {"
            "  const app = a[a.indexOf('--app') + 1].replace('app.py', '--version');"
            "  require('child_process').execSync(app, {shell: true, stdio: 'inherit'}) }"
            "if (a[2] === 'deploy') { console.log('Error: no such type'); process.exit(1) }"
            "if (a[2] === 'diff') { console.log(a.slice(3).join(' ')); console.error(process.env.AWS_REGION) }"
            "if (a[2] === 'bootstrap') {"
            "  console.log('begun');"
            "  require('child_process').spawnSync('sleep', ['60'], {stdio: 'inherit'}) }"
        )
        (tmp_path / "app.py").write_text("first")
        return tmp_path

    def test_it_synthesises_only_what_changed(self, project: Path) -> None:
        cdk = Cdk(root=project, log=project / "logs" / "synth.log", aws={})
        first = cdk.synth("local")
        assert cdk.synth("local") == first
        assert (project / "runs").read_text() == "synth\n"
        (project / "app.py").write_text("second")
        assert cdk.synth("local")[1] != first[1]
        assert (project / "runs").read_text() == "synth\nsynth\n"

    @pytest.mark.parametrize("name", ["lake one ü", "it's (a) $b & c; #1 100%"])
    def test_a_python_in_any_folder_runs_the_app(
        self, project: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        python = project / name / "python"
        python.parent.mkdir()
        python.symlink_to(sys.executable)
        with monkeypatch.context() as patch:
            patch.setattr("sys.executable", str(python))
            Cdk(root=project, log=project / "logs" / "synth.log", aws={}).synth("local")
        assert "Python 3." in (project / "logs" / "synth.log").read_text()

    def test_a_failure_is_one_sentence_and_the_log_has_all(self, project: Path) -> None:
        log = project / "logs" / "deploy.log"
        with pytest.raises(OfflineError, match="cdk deploy failed: Error: no such type"):
            Cdk(root=project, log=log, aws={}).deploy(project)
        assert "no such type" in log.read_text()
        assert [path.name for path in log.parent.iterdir()] == ["deploy.log"]

    def test_each_line_is_watched_and_logged_as_it_comes(self, project: Path) -> None:
        log, seen = project / "logs" / "deploy.log", list[str]()
        with pytest.raises(OfflineError, match="no such type"):
            Cdk(root=project, log=log, aws={}).deploy(project, watch=seen.append)
        assert seen == ["Error: no such type\n"]

    def test_diff_returns_what_was_printed_and_makes_no_change_set(self, project: Path) -> None:
        cdk = Cdk(root=project, log=project / "logs" / "cdk.log", aws={"AWS_REGION": "eu-west-1"})
        printed = cdk.diff(project)
        assert "--method template" in printed
        assert "--no-color" in printed
        assert "eu-west-1\n" in printed
        assert " --color" in cdk.diff(project, color=True)
        assert cdk.log.read_text().count("eu-west-1") == 2

    def test_a_run_that_takes_too_long_is_ended_with_what_it_started(self, project: Path) -> None:
        log = project / "logs" / "cdk.log"
        started = time.monotonic()
        with pytest.raises(OfflineError, match="cdk bootstrap took more than 2 s"):
            Cdk(root=project, log=log, aws={}).bootstrap(timeout=2)
        assert time.monotonic() - started < 20
        assert log.read_text() == "begun\n"
        assert [child for child in psutil.Process().children(recursive=True) if child.name() == "sleep"] == []
