from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from stacks.code import ROOT
from stacks.config import CONFIG_FOLDER, Config, Upkeep, cold_problems, decode_config, load_config
from thermocline.contracts import load_contracts
from thermocline.errors import ConfigurationError

SMALLEST = """
stage = "test"
protected = false
removal = "destroy"
log_retention_days = 1
first_generation = "2026-11-01-00"
athena.scan_cutoff_bytes = 10_000_000
sources.shop.stream = "clickstream"
"""


SHOP_WITH = SMALLEST.replace("sources.shop.", "[sources.shop]\n") + "{}"


def decode(toml: str, stage: str = "test") -> None:
    decode_config(toml.encode(), stage=stage)


@pytest.mark.parametrize("path", sorted(CONFIG_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_stage_of_the_project_loads(path: Path) -> None:
    assert load_config(path.stem).stage == path.stem


def test_only_the_local_stage_is_offline() -> None:
    assert [stage for stage in ("local", "dev", "prod") if load_config(stage).offline] == ["local"]


def test_only_the_local_stage_has_backfill_sources() -> None:
    backfills = {stage: {n for n, s in load_config(stage).sources.items() if s.backfill} for stage in ("local", "dev")}
    assert backfills == {"local": {"shop-history", "weather"}, "dev": set()}


def test_defaults_are_enough_for_a_small_file() -> None:
    config = decode_config(SMALLEST.encode(), stage="test")
    assert config.lake.raw_glacier_ir_after_days == 30
    assert config.lake.raw_expire_after_days == 180
    assert config.ingest.reserved_concurrency is None


@pytest.mark.parametrize(
    ("by", "kept", "refused"),
    [("month", 150, True), ("month", 151, False), ("day", 121, False), ("month", None, False)],
)
def test_glacier_ir_is_refused_if_rows_go_before_the_days_that_it_bills(by: str, kept: int, refused: bool) -> None:
    clicks = msgspec.structs.replace(load_contracts()["clickstream"], partitioned_by=by, retention_days=kept)
    glacier = list(cold_problems(Upkeep(cold_storage_class="GLACIER_IR"), {"clickstream": clicks}))
    assert [each[:64] for each in glacier] == [
        "upkeep.cold_storage_class must be INTELLIGENT_TIERING: clickstre"
    ] * refused
    assert list(cold_problems(Upkeep(), {"clickstream": clicks})) == []


def test_unknown_stage_is_told_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"unknown stage 'qa': config/ has dev, local, prod"):
        load_config("qa")


def test_stage_is_no_path() -> None:
    with pytest.raises(ConfigurationError, match="unknown stage"):
        load_config("../config/dev")


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("[convert]\nmemory = 1", "unknown field `memory` - at `\\$.convert`"),
        ("[convert]\nmemory_mb = '1'", "Expected `int`, got `str` - at `\\$.convert.memory_mb`"),
        ("[convert]\nbatch_size = 5", "convert.batch_size must be 10 to 10000"),
        ("[convert]\nbatch_size = 11\nbatch_window_seconds = 0", "above 10 needs a window"),
        ("[firehose]\nbuffer_mib = 129", "firehose.buffer_mib must be 1 to 128"),
        ("[ingest]\ntimeout_seconds = 30", "ingest.timeout_seconds must be 1 to 29"),
        ("[convert]\nfirst_retry_seconds = -1", "convert.first_retry_seconds must be 0 to 43000"),
        ("[convert]\nlongest_retry_seconds = 90000", "convert.longest_retry_seconds must be 0 to 43000"),
        ("[convert]\nmax_receive_count = 0", "convert.max_receive_count must be 1 to 1000"),
        ("[convert]\nmax_concurrency = 1", "convert.max_concurrency must be 2 to 1000"),
        ("[sweep]\nlook_back_hours = 24", "sweep.look_back_hours must be 25 to 4320"),
        ("[promote]\nminute = 0", "promote.minute must be 1 to 59"),
        ("[promote]\nlambda_max_mb = 2000", "promote.disk_mb must be 9 times promote.lambda_max_mb"),
        ("[promote]\nmemory_mb = 512", "promote.memory_mb must be 1024 to 10240"),
        ("[promote]\nstorage_class = 'GLACIER'", "Invalid enum value 'GLACIER'"),
        ("[lake]\nraw_glacier_ir_after_days = 120", "must leave 90 days in Glacier IR"),
        ("[lake]\nhot_expire_after_days = 151", "must exceed hot_expire_after_days by 30"),
        ("[upkeep]\norphan_age_days = 1", "upkeep.orphan_age_days must be 2 to 90"),
        (
            "[upkeep]\norphan_age_days = 2\n[promote.glue]\ntimeout_minutes = 1441",
            "promote.glue.timeout_minutes must be 10 to 1440",
        ),
        ("[promote.glue]\nworkers = 1", "promote.glue.workers must be 2 to 299"),
        ("[promote.glue]\nworker_type = 'G.16X'", "Invalid enum value 'G.16X'"),
        ("[upkeep]\nlate_days = 7", "upkeep.late_days must be 8 to 3650"),
        ("[upkeep]\ncold_storage_class = 'GLACIER'", "Invalid enum value 'GLACIER'"),
        ("[lake]\nhot_expire_after_days = 29", "lake.hot_expire_after_days must be 30 to 3650"),
        ("[sources.UPPER]\nstream = 'telemetry'", "'UPPER' is not a name"),
        ("[sources.a]\nstream = 'quarantine'", "sources.a.stream must be one of cdc_log, clickstream, telemetry"),
    ],
)
def test_wrong_values_are_named(added: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        decode(SMALLEST + added)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('stage = "test"', 'stage = "other"', "by the file's name it must be 'test'"),
        ("protected = false", "protected = true", 'protected needs removal = "retain"'),
        ("2026-11-01-00", "2026-13-01-00", "first_generation must be yyyy-MM-dd-HH"),
        ("2026-11-01-00", "2026-11-01", "first_generation must be yyyy-MM-dd-HH"),
        ("10_000_000", "9_999_999", "must be at least 10000000"),
        ('removal = "destroy"', 'removal = "keep"', "Invalid enum value 'keep'"),
        ("log_retention_days = 1", "", "missing required field `log_retention_days`"),
        ("false", "maybe", r"config/test\.toml: "),
    ],
)
def test_wrong_lines_are_named(old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        decode(SMALLEST.replace(old, new))


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ConfigurationError, match=r"batch_size.*max_concurrency"):
        decode(SMALLEST + "[convert]\nbatch_size = 1\nmax_concurrency = 1\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("drop = ['colour']", "sources.shop: 'colour' is neither a column of clickstream nor a classification"),
        ("drop = ['event_id']", "sources.shop: 'event_id' is required"),
        ("drop = ['internal']", "sources.shop: 'internal' holds required columns: event_id, "),
    ],
)
def test_what_every_row_needs_cannot_be_dropped(options: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        decode(SHOP_WITH.format(options))


@pytest.mark.parametrize("options", ["anonymous = true", "consent = 'ads'", "pseudonymise = true", "redact = false"])
@pytest.mark.parametrize("stream", ["clickstream", "telemetry"])
def test_what_identifies_and_is_required_becomes_a_pseudonym_and_no_problem(stream: str, options: str) -> None:
    decode(SHOP_WITH.format(options).replace('stream = "clickstream"', f'stream = "{stream}"'))


def test_privacy_options_of_a_source_are_read() -> None:
    options = "anonymous = true\npseudonymise = true\nconsent = 'ads'\ndrop = ['context', 'restricted', 'event_name']"
    decode(SHOP_WITH.format(options))


def test_the_reference_names_every_setting() -> None:
    rows = re.findall(r"^\| `\[([a-z.]+)\] ([^|]+) \|", (ROOT / "docs/reference.md").read_text(), flags=re.MULTILINE)
    told = {(section, name) for section, names in rows for name in re.findall("[a-z_]+", names)}
    assert set(_settings(Config, "")) <= told


def _settings(section: type[msgspec.Struct], path: str) -> Iterator[tuple[str, str]]:
    for field in msgspec.structs.fields(section):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from _settings(field.type, f"{path}.{field.name}".strip("."))
        elif path:
            yield path, field.name
