"""`lake restore`: what it prints, and its exit status."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import msgspec
import pytest
import typer

from cli import promotion, redrive, restoring
from cli.commands import restore as command
from cli.errors import CliError
from thermocline.bootstrap import restore as bootstrap
from thermocline.ledger import Entry, Marks
from thermocline.restore.ledger import Restored
from thermocline.restore.table import RestoredTable
from thermocline.restore.view import ViewState

ENTRY = Entry(raw_key="raw/clickstream/a", stream="clickstream", gen="2026-11-26-12", status="done", token="t")
RESTORED = Restored(
    copied=1_234,
    marks={"clickstream": Marks(closing="2026-11-26-14", watermark="2026-11-26-13")},
    tokens={"clickstream": 1_000_007},
    version=None,
    suppressed=(),
    erasures=(),
    rebuilt=(ENTRY,),
    parked=(),
    missing=("raw/clickstream/b",),
    twice=(),
)


class FakeLake:
    """A deployed lake with functions that stand still, but for those in `running`."""

    stage = "dev"

    def __init__(self) -> None:
        self.running: set[str] = set()
        self.queued: list[str] = []

    def client(self, service: str) -> Any:
        return self

    single_call_client = client

    def output(self, name: str) -> str:
        return name

    def parts(self) -> dict[str, Any]:
        return {}

    def describe_table(self, *, TableName: str) -> None:
        if TableName != "dev-ledger-restored":
            raise self.exceptions.ResourceNotFoundException

    class exceptions:  # noqa: N801  (as boto3 names it)
        class ResourceNotFoundException(Exception):  # noqa: N818
            pass

    def get_function_concurrency(self, *, FunctionName: str) -> dict[str, int]:
        return {} if FunctionName in self.running else {"ReservedConcurrentExecutions": 0}


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch) -> FakeLake:
    lake = FakeLake()

    def queue_again(_sqs: Any, _queue: str, keys: list[str]) -> int:
        lake.queued += keys
        return len(keys)

    names = {name: f"dev-{name}" for name in ("convert", "promote", "sweep", "upkeep", "ingest")}
    monkeypatch.setattr(command, "find_deployment", lambda **_: lake)
    monkeypatch.setattr(restoring, "function_names", lambda _client, _prefix: names)
    monkeypatch.setattr(redrive, "queue_again", queue_again)
    return lake


def restores(monkeypatch: pytest.MonkeyPatch, what: str, answer: Any) -> None:
    monkeypatch.setattr(bootstrap, f"restore_{what}", lambda **_: lambda *_args, **_options: answer)


def test_the_ledger_is_only_restored_when_nothing_can_write_it(lake: FakeLake, monkeypatch: pytest.MonkeyPatch) -> None:
    restores(monkeypatch, "ledger", RESTORED)
    lake.running = {"dev-promote", "dev-ingest"}
    with pytest.raises(CliError, match=r"^dev-promote may run: .*put-function-concurrency"):
        command.ledger()
    assert lake.queued == []
    command.ledger(dry_run=True)
    assert lake.queued == []


def test_a_copy_that_is_not_there_is_told(lake: FakeLake, monkeypatch: pytest.MonkeyPatch) -> None:
    restores(monkeypatch, "ledger", RESTORED)
    with pytest.raises(CliError, match="there is no table 'typo'"):
        command.ledger(copy="typo")
    command.ledger(copy="dev-ledger-restored")


def test_objects_without_an_entry_are_queued(
    lake: FakeLake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restores(monkeypatch, "ledger", RESTORED)
    command.ledger()
    assert lake.queued == ["raw/clickstream/b"]
    shown = capsys.readouterr()
    assert "1,234" in shown.out
    assert "give the functions their concurrency back" in shown.err


def test_json_names_raw_objects_only(
    lake: FakeLake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restores(monkeypatch, "ledger", RESTORED)
    command.ledger(json=True)
    shown = json.loads(capsys.readouterr().out)
    assert (shown["rebuilt"], shown["missing"], shown["queued"]) == (["raw/clickstream/a"], ["raw/clickstream/b"], 1)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"twice": (("raw/clickstream/a", "2026-11-26-13"),)}, "raw/clickstream/a twice: run `lake replay`"),
        ({"erasures": ("r7",)}, "the erasure r7 is not in the ledger: erase its subjects again"),
    ],
)
def test_what_a_person_must_do_is_an_exit_status(
    lake: FakeLake,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, Any],
    told: str,
) -> None:
    restores(monkeypatch, "ledger", msgspec.structs.replace(RESTORED, **changes))
    with pytest.raises(typer.Exit) as ended:
        command.ledger()
    assert ended.value.exit_code == 1
    assert told in " ".join(capsys.readouterr().err.split())


def test_a_table_names_the_metadata_that_it_has_and_those_it_left(
    lake: FakeLake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restores(monkeypatch, "table", RestoredTable(table="clickstream", state="restored", metadata="a", left=("b",)))
    command.table("clickstream")
    shown = capsys.readouterr()
    assert shown.out == "clickstream: the warm table is restored, with a\n"
    assert "as recent, and not taken: b" in shown.err


def test_a_view_that_is_ahead_of_the_ledger_is_not_published(lake: FakeLake, monkeypatch: pytest.MonkeyPatch) -> None:
    restores(monkeypatch, "view", ViewState(table="clickstream", state="ahead", watermark="2026-11-26-12"))
    with pytest.raises(CliError, match="run `lake restore ledger` first"):
        command.view("clickstream")


@pytest.mark.parametrize(("dry_run", "calls"), [(True, 0), (False, 1)])
def test_a_view_is_published_again(lake: FakeLake, monkeypatch: pytest.MonkeyPatch, dry_run: bool, calls: int) -> None:
    events: list[Any] = []
    restores(monkeypatch, "view", ViewState(table="clickstream", state="lost", watermark="2026-11-26-12"))
    monkeypatch.setattr(promotion, "promote_function", lambda _lake: events.append)
    command.view("clickstream", dry_run=dry_run)
    assert events == [{"action": "publish", "table": "clickstream"}] * calls


@pytest.mark.parametrize(
    "after",
    [
        dt.datetime(2026, 11, 26, 14),  # noqa: DTZ001  (as typer reads it)
        dt.datetime(2026, 11, 26, 16, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    ],
)
def test_objects_are_counted(
    lake: FakeLake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], after: dt.datetime
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(bootstrap, "restore_objects", lambda **options: asked.update(options) or ["a", "b"])
    command.objects("warm/", after)
    assert capsys.readouterr().out == "objects that came back: 2\n"
    assert asked["after"] == dt.datetime(2026, 11, 26, 14, tzinfo=dt.UTC)
