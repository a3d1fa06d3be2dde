from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stacks.config import CONFIG_FOLDER, STAGE_RULE, Config, configured_stages, is_stage, load_config
from stacks.stages import own_stage, personal_stage, stage_config
from thermocline.errors import ConfigurationError

SHARED = ("dev", "integration", "local", "prod")

# As directories give them, as people make them up, and names that look like stages.
users = st.one_of(
    st.text(min_size=1, max_size=20),
    st.text(string.ascii_letters + string.digits + "._-@ ", min_size=1, max_size=14),
    st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True),
    st.sampled_from(SHARED),
)


def nobody() -> str:
    raise AssertionError("the user's name was asked for")


def config_of(stage: str | None, user: str = "ada", folder: Path = CONFIG_FOLDER, **environ: str) -> Config:
    return stage_config(stage, environ=environ, user=lambda: user, folder=folder)


@given(users)
@example("dev")
@example("integration")
@example("山田")
@example("\udcff")
def test_every_name_makes_a_stage_of_its_own(user: str) -> None:
    stage = personal_stage(user, SHARED)
    assert is_stage(stage)
    assert stage not in SHARED
    assert stage == personal_stage(user, SHARED)


@given(users, users)
@example("ada.b", "adab")
@example("Ada", "ada")
@example("ada-b", "ada.b")
@example("averylongname1", "averylongname2")
@example("1ada", "ada")
def test_two_developers_never_collide(first: str, second: str) -> None:
    assert (personal_stage(first, SHARED) == personal_stage(second, SHARED)) == (first == second)


@given(users)
def test_nobody_can_take_anothers_derived_name(user: str) -> None:
    derived = personal_stage(user, SHARED)
    if derived != user:
        assert personal_stage(derived, SHARED) != derived


def test_a_name_stays_readable() -> None:
    assert personal_stage("ada", SHARED) == "ada"
    assert personal_stage("Ada.Lovelace", SHARED).startswith("adalo")
    assert personal_stage("Zoë", SHARED).startswith("zoe")


def test_lake_stage_wins_and_must_be_a_stage() -> None:
    assert own_stage({"LAKE_STAGE": "pr42"}, nobody, SHARED) == "pr42"
    assert own_stage({"LAKE_STAGE": ""}, lambda: "ada", SHARED) == "ada"
    with pytest.raises(ConfigurationError, match=f"LAKE_STAGE is 'pr-42': {STAGE_RULE}"):
        own_stage({"LAKE_STAGE": "pr-42"}, nobody, SHARED)


@pytest.mark.parametrize("user", ["root", "ubuntu", "ec2-user", "Administrator"])
def test_a_user_that_many_share_names_no_stage(user: str) -> None:
    with pytest.raises(ConfigurationError, match=r"the user of many machines.*set LAKE_STAGE"):
        own_stage({}, lambda: user, SHARED)


def test_a_user_without_a_name_is_told_what_to_set() -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    with pytest.raises(ConfigurationError, match="set LAKE_STAGE"):
        own_stage({}, unknown, SHARED)


def test_a_stage_with_a_file_is_that_file_whoever_asks() -> None:
    assert stage_config("prod", environ={}, user=nobody) == load_config("prod")
    assert config_of(None, LAKE_STAGE="prod") == load_config("prod")


def test_ones_own_stage_is_dev_under_another_name_and_may_be_thrown_away(tmp_path: Path) -> None:
    text = (CONFIG_FOLDER / "dev.toml").read_text()
    kept = text.replace("protected = false", "protected = true").replace('"destroy"', '"retain"')
    (tmp_path / "dev.toml").write_text(kept)
    own = config_of(None, folder=tmp_path)
    assert (own.stage, own.protected, own.removal) == ("ada", False, "destroy")
    assert own.sources == load_config("dev").sources
    assert own == config_of("ada")


def test_an_unknown_stage_is_told_with_the_known_ones_and_ones_own() -> None:
    with pytest.raises(ConfigurationError, match=r"unknown stage 'qa': config/ has dev, local, prod, and 'ada' is"):
        config_of("qa")
    assert config_of("qa", LAKE_STAGE="qa").stage == "qa"


def test_without_dev_there_is_nothing_to_take_values_from(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="unknown stage 'dev'"):
        config_of(None, folder=tmp_path)


def test_the_stages_of_the_project_are_those_with_a_file() -> None:
    assert configured_stages() == ("dev", "local", "prod")
