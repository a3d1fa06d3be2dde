"""Stage configuration: ``config/<stage>.toml`` as frozen, checked structs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from thermocline.contracts import Contract
from thermocline.contracts.privacy import IDENTIFYING, drop_problems, required_problems
from thermocline.errors import ConfigurationError
from thermocline.generations import FORMAT
from thermocline.sources import Source
from thermocline.streams import fed_by_sources, load_streams

CONFIG_FOLDER = Path(__file__).resolve().parents[1] / "config"
OFFLINE_STAGE = "local"
STAGE_RULE = "a stage is 2-11 lower-case letters and digits, and begins with a letter"

# A developer's own stage takes the values of this one.
_TEMPLATE = "dev"

_STAGE = re.compile(r"[a-z][a-z0-9]{1,10}")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_GLACIER_IR_MINIMUM_DAYS = 90
_DAYS_TO_REPLAY = 30
_ATHENA_MINIMUM_CUTOFF = 10_000_000


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Lake(_Section, frozen=True, kw_only=True):
    """Retention of the raw and the hot level, in days.

    Attributes
    ----------
    hot_expire_after_days
        A backstop: hot files are deleted a day after they were promoted and published. A file that is still there after
        so many days is deleted unread, and its rows have to come from raw again.
    """

    raw_glacier_ir_after_days: int = 30
    raw_expire_after_days: int = 180
    hot_expire_after_days: int = 60


class Throttle(_Section, frozen=True, kw_only=True):
    """Limits of the HTTP API: steady requests per second, and the burst above it."""

    rate: int = 500
    burst: int = 1000


class Ingest(_Section, frozen=True, kw_only=True):
    """The ingest function and its HTTP API.

    Attributes
    ----------
    cors_origins
        Origins that browsers may send from. ``https://*`` echoes any origin, which credentials need; ``*`` would not.
    cors_headers
        Request headers that your pages add to those of the known clients (see ``stacks/cors.py``).
    """

    memory_mb: int = 1024
    timeout_seconds: int = 28
    reserved_concurrency: int | None = None
    throttle: Throttle = Throttle()
    cors_origins: tuple[str, ...] = ("https://*", "http://*")
    cors_headers: tuple[Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]+$")], ...] = ()


class Edge(_Section, frozen=True, kw_only=True):
    """CloudFront in front of the HTTP API.

    Attributes
    ----------
    required
        The API refuses requests that do not come through the edge. Set it to False while senders of a stage that had
        no edge still use the API's own address.
    secret_version
        Raise it after replacing the edge's secret, so that CloudFront sends the new value from the next deployment on.
    """

    enabled: bool = True
    required: bool = True
    secret_version: int = 1


class Firehose(_Section, frozen=True, kw_only=True):
    """How long, and how many compressed bytes, Firehose buffers before it writes an object."""

    buffer_seconds: int = 60
    buffer_mib: int = 8


class Convert(_Section, frozen=True, kw_only=True):
    """The convert function and its queue.

    Attributes
    ----------
    max_concurrency
        Batches that are processed at the same time; it limits the event source and reserves no quota of the account.
    first_retry_seconds, longest_retry_seconds
        How long a failed message waits at first, and at most; it waits four times as long after each failure.
    """

    memory_mb: int = 1769
    timeout_seconds: int = 120
    batch_size: int = 10
    batch_window_seconds: int = 5
    max_receive_count: int = 6
    first_retry_seconds: int = 30
    longest_retry_seconds: int = 1_920
    max_concurrency: int = 2
    reserved_concurrency: int | None = None


class Sweep(_Section, frozen=True, kw_only=True):
    """The sweeper, which runs every hour.

    Attributes
    ----------
    settle_minutes
        Raw objects younger than this are left alone.
    look_back_hours
        The raw objects of so many hours are compared; it must exceed the 24 for which Firehose may hold records.
    """

    settle_minutes: int = 30
    look_back_hours: int = 72
    reserved_concurrency: int | None = None


class Promote(_Section, frozen=True, kw_only=True):
    """Promotion, which runs every hour.

    Attributes
    ----------
    disk_mb
        The function's own disk: it holds a generation's files, and what does not fit into memory.
    minute
        After the hour, when the generations before it are promoted. Firehose's buffer and convert come first.
    max_concurrency
        Tables that are promoted at the same time.
    lambda_max_mb
        A generation with larger hot files is not for the function.
    stalled_hours
        How long a generation may wait for its entries before an execution fails.
    storage_class
        Of the files of warm tables.
    """

    memory_mb: int = 3008
    timeout_seconds: int = 900
    disk_mb: int = 10_240
    minute: int = 10
    max_concurrency: int = 4
    reserved_concurrency: int | None = None
    lambda_max_mb: int = 1000
    stalled_hours: int = 6
    storage_class: Literal["INTELLIGENT_TIERING", "STANDARD", "STANDARD_IA"] = "INTELLIGENT_TIERING"


class Replay(_Section, frozen=True, kw_only=True):
    """Replays from raw: a function that decides and commits, and one that converts again.

    Attributes
    ----------
    disk_mb
        The first function's own disk, as of promotion's.
    max_concurrency
        Objects that are converted at the same time; live arrivals have a queue and a limit of their own.
    reserved_concurrency
        Of the first function.
    """

    memory_mb: int = 3008
    timeout_seconds: int = 900
    disk_mb: int = 10_240
    max_concurrency: int = 2
    max_receive_count: int = 4
    reserved_concurrency: int | None = None


class Athena(_Section, frozen=True, kw_only=True):
    """Athena's workgroup: a query that scans more than the cutoff is cancelled."""

    scan_cutoff_bytes: int


class Upkeep(_Section, frozen=True, kw_only=True):
    """Upkeep of the levels: cleaning hourly, compaction, sealing and retention daily, the orphan sweep weekly.

    Attributes
    ----------
    disk_mb
        The function's own disk: it holds the files of a merge, and what does not fit into memory.
    clean_margin_hours
        Hot files are deleted so long after the published view passed them: longer than any query runs.
    orphan_age_days
        A file that nothing refers to is deleted at this age: longer than any promotion takes.
    late_days
        A partition of a warm table is sealed so many days after its last date: as long as sources may send late.
    cold_storage_class
        Of sealed files. Glacier IR costs less to keep and more to read, and bills 90 days at least.
    """

    memory_mb: int = 3008
    timeout_seconds: int = 900
    disk_mb: int = 8192
    clean_margin_hours: int = 24
    orphan_age_days: int = 3
    late_days: int = 30
    cold_storage_class: Literal["INTELLIGENT_TIERING", "GLACIER_IR"] = "INTELLIGENT_TIERING"
    reserved_concurrency: int | None = None


class Erase(_Section, frozen=True, kw_only=True):
    """Erasure of subjects: by a command, and again by a schedule.

    Attributes
    ----------
    disk_mb
        The function's own disk: it holds one warm file at a time, and what it becomes.
    """

    memory_mb: int = 3008
    timeout_seconds: int = 900
    disk_mb: int = 4096
    reserved_concurrency: int | None = None


class Config(_Section, frozen=True, kw_only=True):
    """One stage.

    Attributes
    ----------
    account, region
        Where it is deployed; by default the account and region of the credentials.
    protected
        Stacks refuse deletion.
    removal
        What happens to data when their resource leaves the template.
    first_generation
        Hour before the first deployment (``yyyy-MM-dd-HH``): no hot partition is older.
    """

    stage: str
    account: str | None = None
    region: str | None = None
    protected: bool
    removal: Literal["destroy", "retain"]
    log_retention_days: int
    first_generation: str
    lake: Lake = Lake()
    ingest: Ingest = Ingest()
    edge: Edge = Edge()
    firehose: Firehose = Firehose()
    convert: Convert = Convert()
    sweep: Sweep = Sweep()
    promote: Promote = Promote()
    replay: Replay = Replay()
    athena: Athena
    upkeep: Upkeep = Upkeep()
    erase: Erase = Erase()
    sources: dict[str, Source]

    @property
    def file(self) -> str:
        """Path of the stage's file from the project's folder; a developer's own stage uses that of dev."""
        return f"config/{self.stage if self.stage in configured_stages() else _TEMPLATE}.toml"

    @property
    def offline(self) -> bool:
        """True for the stage that runs in the emulator."""
        return self.stage == OFFLINE_STAGE


def load_config(stage: str, folder: Path = CONFIG_FOLDER) -> Config:
    """Read and check the configuration of a stage.

    Raises
    ------
    ConfigurationError
        There is no such stage, or its file is wrong; the message names all problems of its values.
    """
    stages = configured_stages(folder)
    if stage not in stages:
        raise ConfigurationError(f"unknown stage {stage!r}: config/ has {', '.join(stages)}")
    return decode_config((folder / f"{stage}.toml").read_bytes(), stage=stage)


def configured_stages(folder: Path = CONFIG_FOLDER) -> tuple[str, ...]:
    """Return the stages that have a file, in alphabetical order."""
    return tuple(sorted(known.stem for known in folder.glob("*.toml")))


def personal_config(stage: str, folder: Path = CONFIG_FOLDER) -> Config:
    """Return the configuration of a developer's own stage: that of dev, but with data that may be deleted."""
    if not is_stage(stage):
        raise ConfigurationError(f"{stage!r} cannot be a stage: {STAGE_RULE}")
    return msgspec.structs.replace(load_config(_TEMPLATE, folder), stage=stage, protected=False, removal="destroy")


def is_stage(name: str) -> bool:
    """Tell whether a stage may have this name."""
    return _STAGE.fullmatch(name) is not None


def decode_config(toml: bytes, *, stage: str) -> Config:
    """Decode the text of a stage's file (see `load_config` for errors)."""
    try:
        config = msgspec.toml.decode(toml, type=Config)
    except msgspec.MsgspecError as error:
        raise ConfigurationError(f"config/{stage}.toml: {error}") from error
    if problems := _problems(config, stage):
        raise ConfigurationError(f"config/{stage}.toml: " + "; ".join(problems))
    return config


# The disk takes a generation's hot files, and eight times their size while they are sorted.
_DISK_PER_HOT = 9


def _problems(config: Config, stage: str) -> list[str]:
    convert, lake = config.convert, config.lake
    rules = [
        (config.stage == stage, f"stage is {config.stage!r}; by the file's name it must be {stage!r}"),
        (is_stage(config.stage), f"stage {config.stage!r}: {STAGE_RULE}"),
        (_is_generation(config.first_generation), "first_generation must be yyyy-MM-dd-HH"),
        (not config.protected or config.removal == "retain", 'protected needs removal = "retain"'),
        (convert.batch_size == 10 or convert.batch_window_seconds > 0, "a convert.batch_size above 10 needs a window"),
        (
            lake.raw_expire_after_days >= lake.raw_glacier_ir_after_days + _GLACIER_IR_MINIMUM_DAYS,
            f"lake.raw_expire_after_days must leave {_GLACIER_IR_MINIMUM_DAYS} days in Glacier IR, which bills as many",
        ),
        (
            lake.raw_expire_after_days >= lake.hot_expire_after_days + _DAYS_TO_REPLAY,
            f"lake.raw_expire_after_days must exceed hot_expire_after_days by {_DAYS_TO_REPLAY}, to replay from",
        ),
        (
            config.athena.scan_cutoff_bytes >= _ATHENA_MINIMUM_CUTOFF,
            f"athena.scan_cutoff_bytes must be at least {_ATHENA_MINIMUM_CUTOFF}",
        ),
        (
            config.promote.disk_mb >= _DISK_PER_HOT * config.promote.lambda_max_mb,
            f"promote.disk_mb must be {_DISK_PER_HOT} times promote.lambda_max_mb, for files and their sorting",
        ),
    ]
    return (
        [problem for holds, problem in rules if not holds]
        + _limit_problems(config)
        + list(cold_problems(config.upkeep, load_streams()))
        + _source_problems(config.sources)
    )


_LONGEST_PARTITION_DAYS = {"day": 1, "month": 31, "year": 366}


def cold_problems(upkeep: Upkeep, contracts: Mapping[str, Contract]) -> Iterator[str]:
    """Name the tables whose rows would leave Glacier IR before the days that it bills at least."""
    for contract in contracts.values() if upkeep.cold_storage_class == "GLACIER_IR" else ():
        sealed_after = _LONGEST_PARTITION_DAYS[contract.partitioned_by] + upkeep.late_days
        least = sealed_after + _GLACIER_IR_MINIMUM_DAYS
        if contract.retention_days is not None and contract.retention_days < least:
            yield (
                f"upkeep.cold_storage_class must be INTELLIGENT_TIERING: {contract.name} keeps rows for "
                f"{contract.retention_days} days and seals them after up to {sealed_after}, and Glacier IR bills "
                f"{_GLACIER_IR_MINIMUM_DAYS} days at least"
            )


# SQS hides a message for at most 12 hours, counted from when it was received.
_LONGEST_RETRY = 43_000


def _limit_problems(config: Config) -> list[str]:
    """Return the values that CloudFormation would refuse in the middle of a deploy."""
    limits = [
        ("ingest.timeout_seconds", config.ingest.timeout_seconds, 1, 29),
        ("edge.secret_version", config.edge.secret_version, 1, 1_000_000),
        ("firehose.buffer_seconds", config.firehose.buffer_seconds, 0, 900),
        ("firehose.buffer_mib", config.firehose.buffer_mib, 1, 128),
        ("convert.timeout_seconds", config.convert.timeout_seconds, 1, 900),
        ("convert.batch_size", config.convert.batch_size, 10, 10_000),
        ("convert.batch_window_seconds", config.convert.batch_window_seconds, 0, 300),
        ("convert.max_receive_count", config.convert.max_receive_count, 1, 1_000),
        ("convert.first_retry_seconds", config.convert.first_retry_seconds, 0, _LONGEST_RETRY),
        ("convert.longest_retry_seconds", config.convert.longest_retry_seconds, 0, _LONGEST_RETRY),
        ("convert.max_concurrency", config.convert.max_concurrency, 2, 1_000),
        ("upkeep.memory_mb", config.upkeep.memory_mb, 1024, 10_240),
        ("upkeep.timeout_seconds", config.upkeep.timeout_seconds, 60, 900),
        ("upkeep.disk_mb", config.upkeep.disk_mb, 512, 10_240),
        ("upkeep.clean_margin_hours", config.upkeep.clean_margin_hours, 1, 240),
        ("upkeep.orphan_age_days", config.upkeep.orphan_age_days, 2, 90),
        ("upkeep.late_days", config.upkeep.late_days, 8, 3_650),
        ("erase.memory_mb", config.erase.memory_mb, 1024, 10_240),
        ("erase.timeout_seconds", config.erase.timeout_seconds, 300, 900),
        ("erase.disk_mb", config.erase.disk_mb, 512, 10_240),
        ("lake.hot_expire_after_days", config.lake.hot_expire_after_days, 30, 3_650),
        ("sweep.settle_minutes", config.sweep.settle_minutes, 1, 24 * 60),
        ("sweep.look_back_hours", config.sweep.look_back_hours, 25, 180 * 24),
        ("promote.memory_mb", config.promote.memory_mb, 1024, 10_240),
        ("promote.timeout_seconds", config.promote.timeout_seconds, 60, 900),
        ("promote.disk_mb", config.promote.disk_mb, 512, 10_240),
        ("replay.memory_mb", config.replay.memory_mb, 1024, 10_240),
        ("replay.timeout_seconds", config.replay.timeout_seconds, 60, 900),
        ("replay.disk_mb", config.replay.disk_mb, 512, 10_240),
        ("replay.max_concurrency", config.replay.max_concurrency, 2, 1_000),
        ("replay.max_receive_count", config.replay.max_receive_count, 1, 1_000),
        ("promote.minute", config.promote.minute, 1, 59),
        ("promote.max_concurrency", config.promote.max_concurrency, 1, 40),
    ]
    return [f"{name} must be {least} to {most}" for name, value, least, most in limits if not least <= value <= most]


def _is_generation(text: str) -> bool:
    try:
        return dt.datetime.strptime(text, FORMAT).strftime(FORMAT) == text  # noqa: DTZ007
    except ValueError:
        return False


def _source_problems(sources: dict[str, Source]) -> list[str]:
    names = [f"sources: {name!r} is not a name (a-z, 0-9, -)" for name in sources if not _SOURCE.fullmatch(name)]
    known = fed_by_sources(load_streams())
    streams = [
        f"sources.{name}.stream must be one of {', '.join(known)}"
        for name, source in sources.items()
        if source.stream not in known
    ]
    return names + streams + [problem for item in sources.items() for problem in _privacy_problems(*item)]


def _privacy_problems(name: str, source: Source) -> list[str]:
    contract = load_streams().get(source.stream)
    if contract is None:
        return []
    withheld = IDENTIFYING if source.anonymous or source.consent else ("restricted",) if source.pseudonymise else ()
    problems = [*drop_problems(contract, source.drop), *required_problems(contract, withheld)]
    return [f"sources.{name}: {problem}" for problem in problems]
