"""Ten events of ten fates, each by the steps of production over the emulator, as `lake trace` tells them."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pytest
from rich.console import Console

from cli.deployment import Deployment, session_arguments
from cli.trace import as_json, story_lines, story_of, wanted_event
from tests.athena_local.endpoint.tables import CREDENTIALS
from tests.fakes import HASHER, FakeMetrics, FakeSink
from tests.fakes.emulator import client, emulator
from tests.fakes.epochs import FakeEpochs
from tests.fakes.requests import SECRET, SOURCES, request
from tests.fakes.subjects import SUBJECT_KEY, create_subject_key
from tests.thermocline.erase.lake import CONTRACTS, STREAM, SmallLake
from tests.thermocline.ingest.test_again import refusing
from thermocline.adapters.dynamodb_claims import DynamoClaims
from thermocline.adapters.glue_views import GlueViews
from thermocline.adapters.s3_files import S3Files
from thermocline.adapters.s3_recovered import S3Recovered
from thermocline.contracts import Contract
from thermocline.convert.use_case import Convert
from thermocline.ingest.again import ReadAgain
from thermocline.ingest.epochs import ProcessEpochs
from thermocline.ingest.use_case import Ingest
from thermocline.publish.use_case import Publish
from thermocline.recover.model import Choice
from thermocline.recover.table import WarmQuarantine
from thermocline.recover.use_case import Recover
from thermocline.seal.plan import Rules
from thermocline.seal.use_case import Seal
from thermocline.streams import QUARANTINE
from thermocline.trace.model import Story
from thermocline.warm.leaving import QuarantineFiles
from thermocline.warm.rewriting import Exchange
from thermocline.warm.rows import ParquetRows

pytestmark = pytest.mark.long
HOT = ["request", "record", "raw", "ledger", "hot", "generation"]
WARM = [*HOT, "snapshot", "warm", "view"]
FATES: Mapping[str, tuple[str, str, bool, list[str]]] = {
    "fresh": ("fresh", "hot", True, [*HOT, "view"]),
    "promoted": ("promoted", "warm", True, WARM),
    "sealed": ("sealed", "warm", True, WARM),
    "twice": ("duplicate", "warm", True, [*WARM, "twin"]),
    "late": ("late", "warm", True, ["request", "late", *WARM[1:]]),
    "bad": ("quarantined", "quarantine", True, [*HOT[:4], "quarantine", *WARM[4:]]),
    "back": ("replayed", "hot", True, [*HOT, "view"]),
    "hidden": ("suppressed", "raw", False, HOT[:4]),
    "stuck": ("stuck", "raw", False, HOT[:4]),
    "nobody": ("never arrived", "nowhere", False, []),
}


class FatedLake(SmallLake):
    """A lake that has an event of each fate."""

    def fill(self) -> None:
        """Let events meet their fates."""
        self.enter("sealed")
        self.promoted()
        self.seal()
        self.enter("promoted")
        self.enter("late", event_time=(self.clock() - dt.timedelta(days=3)).isoformat())
        self.enter("twice")
        self.enter("twice")
        self.enter("bad", event_name=7)
        self.enter("back", contracts=refusing(STREAM))
        self.promoted()
        self.recover()
        self.ledger.suppress({HASHER.digest("user_id", "ada")}, None)
        self.enter("hidden", user_id="ada")
        self.enter("fresh")
        with pytest.raises(KilledError):
            self.converting(Killing())(self.send("stuck"))

    def enter(self, event_id: str, **more: Any) -> None:
        """Send an event and convert the object that it arrives in."""
        self.convert(self.send(event_id, **more))

    def send(self, event_id: str, *, contracts: Mapping[str, Contract] = CONTRACTS, **members: Any) -> str:
        """Post an event to ingest, deliver what it puts, and return the object's key."""
        sink = FakeSink()
        ingest = Ingest(
            sink=sink, metrics=FakeMetrics(), contracts=contracts, sources=SOURCES, secret=lambda: SECRET,
            epochs=FakeEpochs(),
        )  # fmt: skip
        body = json.dumps({"event_id": event_id, "event_name": "Seen", **members}).encode()
        asked = msgspec.structs.replace(request("/v1/events", body), received_at=self.clock(), id=f"r-{event_id}")
        assert ingest(asked).status == 200
        ((stream, records),) = sink.records.items()
        return self.arrive(stream=stream, body=b"".join(records))

    def converting(self, store: Any) -> Convert:
        """Return convert over some store."""
        return Convert(store=store, ledger=self.ledger, contracts=CONTRACTS, hasher=HASHER, clock=self.clock)

    def promoted(self) -> None:
        """Promote everything, and show it."""
        self.promote()
        views = GlueViews(self.glue, self.name)
        for table in CONTRACTS:
            Publish(views=views, marks=self.ledger, contracts=CONTRACTS)(table)

    def seal(self) -> None:
        """Seal what is in warm, as if its late window were closed."""
        then = self.clock() + dt.timedelta(days=62)
        rows = ParquetRows(
            files=S3Files(self.s3, self.name), contracts=CONTRACTS, hasher=HASHER, schema_of=self.catalog.schema_of,
            folder=self.folder, memory_mb=200,
        )  # fmt: skip
        rules = Rules(late=dt.timedelta(days=30), small_bytes=0, most_bytes=1 << 30)
        seal = Seal(
            ledger=self.ledger, leases=self.leases, catalog=self.catalog, rewriter=rows, contracts=CONTRACTS,
            clock=lambda: then, rules=rules,
        )  # fmt: skip
        assert seal(STREAM).written == 1

    def recover(self) -> None:
        """Bring back what is good by now."""
        read = ReadAgain(contracts=CONTRACTS, sources=SOURCES, secret=lambda: SECRET, epochs=ProcessEpochs())
        quarantine = WarmQuarantine(
            catalog=self.catalog,
            exchange=Exchange(leases=self.leases, catalog=self.catalog, ledger=self.ledger),
            ledger=self.ledger,
            rows=QuarantineFiles(
                files=S3Files(self.s3, self.name), contract=CONTRACTS[QUARANTINE], schema_of=self.catalog.schema_of,
                folder=self.folder, memory_mb=200,
            ),
            pause=lambda _: None,
        )  # fmt: skip
        recover = Recover(
            quarantine=quarantine,
            read=read,
            claims=DynamoClaims(self.dynamodb, self.name),
            objects=S3Recovered(self.s3, self.name),
            ledger=self.ledger,
            arrivals=Arrivals(self.convert),
            is_late=lambda: False,
            pause=lambda: None,
        )
        counts = recover(Choice(table=STREAM))
        assert (counts.rows("recovered"), counts.rows("refused")) == (1, 1)

    def story(self, event_id: str, **options: Any) -> Story:
        """Return what the command tells."""
        outputs = {"LedgerTable": self.name, "LakeBucket": self.name, "Database": self.name}
        lake = Deployment(
            stage="local",
            ingest_url="",
            outputs=outputs | {"SubjectKeyArn": SUBJECT_KEY},
            session=session_arguments(CREDENTIALS),
            endpoints={"": self.url},
        )
        given = {"source": None, "raw_key": None, "since": None, "until": None, "thorough": False} | options
        return story_of(lake, wanted_event(event_id, **given, now=self.clock()), lambda _: None)


class KilledError(Exception):
    """The process ends here."""


class Killing:
    """A bucket that nobody survives to read."""

    def __getattr__(self, name: str) -> Any:
        raise KilledError(name)


class Arrivals:
    """Convert's queue, whose messages are taken at once."""

    def __init__(self, convert: Callable[[str], None]) -> None:
        self._convert = convert

    def send(self, raw_keys: Sequence[str]) -> None:
        for raw_key in raw_keys:
            self._convert(raw_key)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FatedLake]:
    with emulator(tmp_path_factory.mktemp("emulator")) as url:
        create_subject_key(client("secretsmanager", url))
        lake = FatedLake(url, tmp_path_factory.mktemp("work"), "fates")
        lake.fill()
        yield lake


def told(story: Story) -> list[str]:
    """Return what a terminal of 80 columns shows."""
    console = Console(file=io.StringIO(), width=80)
    for part in story_lines(story):
        console.print(part, highlight=False)
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined, no-any-return]


def facts(story: dict[str, Any], step: str) -> dict[str, Any]:
    (only,) = [each["facts"] for each in story["steps"] if each["step"] == step]
    return dict(only)


@pytest.mark.parametrize("event_id", FATES)
def test_each_event_is_told_as_what_became_of_it(lake: FatedLake, event_id: str) -> None:
    story = lake.story(event_id)
    lines, read = told(story), json.loads(json.dumps(as_json(story)))
    way = [step["step"] for step in read["steps"]]
    assert (read["fate"], read["place"], read["visible"], way) == FATES[event_id]
    assert lines[0] == f"{'✗' if story.missing else '✓'} {event_id}: {story.fate}"
    assert max(map(len, lines)) <= 80
    assert not {step for step in way if step not in {line.partition(" ")[0] for line in lines}}
    assert read["others"] == []


def test_json_leads_from_the_request_to_the_row(lake: FatedLake) -> None:
    keys = {each["Key"] for each in lake.s3.list_objects_v2(Bucket=lake.name)["Contents"]}
    for event_id in ("fresh", "promoted", "sealed", "late", "twice"):
        story = as_json(lake.story(event_id))
        assert facts(story, "request") == {
            "request": f"r-{event_id}", "protocol": "native", "source": "shop", "record": 1, "of": 1,
        }  # fmt: skip
        level = story["place"]
        assert {facts(story, "raw")["key"], facts(story, level)["key"]} <= keys
        sealed = "/sealed-" in facts(story, level)["key"]
        assert sealed == (event_id == "sealed")


def test_each_arrival_of_a_twin_tells_of_the_other(lake: FatedLake) -> None:
    story = as_json(lake.story("twice"))
    kept, dropped = facts(story, "raw")["key"], facts(story, "twin")["raw_key"]
    other = as_json(lake.story("twice", raw_key=dropped))
    twins = [(step["facts"]["raw_key"], step["facts"]["kept"]) for step in other["steps"] if step["step"] == "twin"]
    assert (other["fate"], facts(other, "raw")["key"]) == ("duplicate", dropped)
    assert twins == [(kept, True), (dropped, False)]


def test_what_is_not_there_says_what_to_do_next_and_names_nobody(lake: FatedLake) -> None:
    nexts = {
        "bad": "lake replay clickstream --from-quarantine",
        "hidden": "nothing, as long as",
        "stuck": "wait",
        "nobody": "look at",
    }
    for event_id in FATES:
        story = lake.story(event_id)
        assert (story.missing is not None) == (event_id in nexts)
        assert story.missing is None or nexts[event_id] in story.missing.next
        assert "ada" not in json.dumps(as_json(story))
