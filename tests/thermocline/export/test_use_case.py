"""An export: the rows of the subjects as the view shows them, each once, and no other's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.warm_tables import trial
from thermocline.contracts import Contract
from thermocline.export.conditions import Mentions, OneOf
from thermocline.export.model import Manifest
from thermocline.export.ports import Condition, Row
from thermocline.export.use_case import Export
from thermocline.ledger import Marks, Suppression
from thermocline.streams import QUARANTINE
from thermocline.warm.model import Base, WarmFile

GENS = [f"2026-11-26-{hour:02d}" for hour in range(8, 12)]
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
PEOPLE = ["ada", "bob", "eve"]


class Event(NamedTuple):
    person: str | None
    number: int
    gen: str
    minute: int

    @property
    def row(self) -> dict[str, Any]:
        return {
            "event_id": f"e{self.number}",
            "event_time": NOON,
            "person": self.person,
            "source": "shop",
            "fingerprint": PEOPLE.index(self.person) if self.person else -1,
            "received_at": NOON + dt.timedelta(minutes=self.minute),
            "_src": f"raw/{self.minute}",
        }


EVENTS = st.lists(
    st.builds(Event, st.sampled_from([*PEOPLE, None]), st.integers(0, 2), st.sampled_from(GENS), st.integers(0, 2)),
    max_size=12,
)


def table(name: str, **changes: Any) -> Contract:
    contract = trial(name, **changes)
    more = [
        msgspec.structs.replace(contract.columns[0], name=each) for each in ("source", "fingerprint", "received_at")
    ]
    src = msgspec.structs.replace(contract.columns[0], name="_src")
    return msgspec.structs.replace(contract, columns=(*contract.columns[:-1], *more, src, contract.columns[-1]))


class Lake:
    """A lake in memory, as an export's ports see it."""

    def __init__(self, watermark: str = "") -> None:
        self.files_of: dict[str, list[dict[str, Any]]] = {}
        self.watermark = watermark
        self.warm: list[str] = []
        self.written: dict[str, list[dict[str, Any]]] = {}

    def put_warm(self, events: list[Event]) -> None:
        for event in events:
            path = f"s3://lake/warm/{len(self.files_of)}"
            self.warm.append(path)
            self.files_of[path] = [{**event.row, "gen": event.gen}]

    def put_hot(self, events: list[Event], prefix: str = "hot/trips") -> None:
        for event in events:
            self.files_of[f"{prefix}/gen={event.gen}/{len(self.files_of)}.parquet"] = [event.row]

    def marks(self, stream: str) -> Marks:
        return Marks(watermark=self.watermark, closing=self.watermark)

    def suppression(self) -> Suppression:
        return Suppression(version=3)

    def load(self, table: str) -> Base:
        return Base(table=table, fence=0, ids={}, commits=frozenset(), handle=table)

    def files(self, base: Base) -> list[WarmFile]:
        if base.handle != "trips":
            return []
        gens = {path: [row["gen"] for row in self.files_of[path]] for path in self.warm}
        same = {"rows": 1, "bytes": 1, "first_time": NOON, "last_time": NOON}
        return [
            msgspec.convert({"path": path, "first_gen": min(of_it), "last_gen": max(of_it), **same}, WarmFile)
            for path, of_it in gens.items()
        ]

    def keys(self, prefix: str) -> Iterator[str]:
        return (key for key in sorted(self.files_of) if key.startswith(prefix))

    def rows(self, address: str, conditions: Mapping[str, Condition]) -> Iterator[Row]:
        for row in self.files_of[address]:
            if any(row.get(name) is not None and meant(row[name]) for name, meant in conditions.items()):
                yield row

    def write(self, name: str, lines: Iterator[bytes]) -> int:
        self.written[name] = [json.loads(line) for line in lines]
        return len(self.written[name])

    def export(self, *contracts: Contract, **subjects: set[str]) -> Manifest:
        export = Export(
            ledger=self,
            catalog=self,
            objects=self,
            parquet=self,
            contracts={contract.name: contract for contract in contracts},
            mentions=lambda values: lambda text: any(value in text for all_ in values.values() for value in all_),
            clock=lambda: NOON,
        )
        return export({name: frozenset(values) for name, values in subjects.items()}, self, lambda _: None)


def once(events: list[Event]) -> set[tuple[int, str, int]]:
    """The first of each event's twins: number, generation, minute."""
    first: dict[int, Event] = {}
    for event in sorted(events, key=lambda each: (each.minute, each.gen)):
        first.setdefault(event.number, event)
    return {(event.number, event.gen, event.minute) for event in first.values()}


@given(warm=EVENTS, hot=EVENTS, watermark=st.sampled_from(["", *GENS]), person=st.sampled_from(PEOPLE))
def test_a_subjects_rows_are_those_of_the_view(
    warm: list[Event], hot: list[Event], watermark: str, person: str
) -> None:
    lake = Lake(watermark)
    lake.put_warm(warm)
    lake.put_hot(hot)
    manifest = lake.export(table("trips"), person={person})
    rows = lake.written["trips.ndjson"]
    assert all(row["person"] == person for row in rows)
    promoted = [event for event in warm if event.person == person and event.gen < watermark]
    open_ = [event for event in hot if event.person == person and event.gen >= watermark]
    told = [(int(row["event_id"][1:]), row["gen"], int(row["_src"][4:])) for row in rows]
    assert sorted(told) == sorted([*((e.number, e.gen, e.minute) for e in promoted), *once(open_)])
    exported = manifest.tables["trips"]
    assert (exported.warm.rows, exported.rows) == (len(promoted), len(rows))
    assert exported.hot.rows == len(rows) - len(promoted)


def test_a_table_without_the_column_is_named_and_not_searched() -> None:
    lake = Lake()
    manifest = lake.export(table("trips"), user_id={"ada"})
    assert (manifest.not_searched, manifest.tables, lake.written) == (("trips",), {}, {})


def test_refused_events_that_mention_the_subject_are_exported_once_an_object() -> None:
    lake, quarantine = Lake(), table(QUARANTINE, erasure_keys=())
    columns = [msgspec.structs.replace(column, name="payload") if column.name == "person" else column
               for column in quarantine.columns if column.name != "fingerprint"]  # fmt: skip
    quarantine = msgspec.structs.replace(quarantine, columns=tuple(columns))
    for attempt in ("a", "b"):
        for number, payload in enumerate(['{"user":"ada"}', '{"user":"bob"}', '{"user":"ada"']):
            row = {**Event(None, number, GENS[0], 0).row, "payload": payload}
            lake.files_of.setdefault(f"quarantine/gen={GENS[0]}/{attempt}.parquet", []).append(row)
    manifest = lake.export(table("trips"), quarantine, person={"ada"})
    assert [row["event_id"] for row in lake.written["quarantine.ndjson"]] == ["e0", "e2"]
    assert manifest.rows == 2
    assert manifest.suppression == 3


def test_rows_are_counted_without_a_file() -> None:
    lake = Lake()
    lake.put_hot([Event("ada", 1, GENS[0], 0)])
    export = Export(
        ledger=lake,
        catalog=lake,
        objects=lake,
        parquet=lake,
        contracts={"trips": table("trips")},
        mentions=lambda _: lambda _: False,
        clock=lambda: NOON,
    )
    manifest = export({"person": frozenset({"ada"})}, None, lambda _: None)
    assert (manifest.rows, manifest.tables["trips"].file, lake.written) == (1, None, {})


def test_bounds_leave_out_only_what_cannot_have_the_value() -> None:
    one_of = OneOf({"ada", "eve"})
    assert one_of.between("a", "b")
    assert one_of.between("ada", "ada")
    assert not one_of.between("b", "d")
    assert one_of.between(1, 5)  # numbers are in another order than their text
    assert OneOf({"42"})(42)
    assert Mentions(lambda text: text == "x").between("a", "b")
