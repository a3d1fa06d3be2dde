from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks.config import configured_stages, load_config
from tests.fakes.requests import sources_file
from thermocline.errors import ConfigurationError
from thermocline.sources import Source, load_sources

sources = st.builds(
    Source,
    stream=st.sampled_from(["clickstream", "telemetry"]),
    backfill=st.booleans(),
    key_version=st.integers(1, 99),
    max_past_days=st.integers(0, 10**6),
    drop=st.lists(st.sampled_from(["extra", "user_id"])).map(tuple),
    consent=st.none() | st.sampled_from(["analytics"]),
    primary_keys=st.dictionaries(st.sampled_from(["public.orders", "a"]), st.just(("id",))),
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), sources, min_size=1))
def test_a_file_gives_its_sources_back(
    tmp_path_factory: pytest.TempPathFactory, given_sources: dict[str, Source]
) -> None:
    assert load_sources(sources_file(tmp_path_factory.mktemp("stage"), given_sources)) == given_sources


@pytest.mark.parametrize("stage", configured_stages())
def test_ingest_reads_the_sources_that_the_stacks_were_checked_with(stage: str) -> None:
    config = load_config(stage)
    assert load_sources(config.file) == config.sources


@pytest.mark.parametrize("text", ["", "[sources.shop]", "[sources.shop]\nstream = 'clickstream'\ncolour = 1", "x ="])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "stage.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=r"stage\.toml: "):
        load_sources(str(tmp_path / "stage.toml"))


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ConfigurationError, match=r"config/none\.toml"):
        load_sources("config/none.toml")


def test_a_source_has_no_unknown_options() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"stream": "clickstream", "color": 1}, Source)
