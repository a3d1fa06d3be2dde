from pathlib import Path

import pytest

from offline.errors import OfflineError
from offline.lifecycle import down
from offline.state import (
    ChildState,
    Crash,
    LakeFolder,
    LakeState,
    lake_folders,
    load_state,
    remove_state,
    save_state,
)

STATE = LakeState(
    name="demo",
    stage="local",
    phase="failed",
    supervisor_pid=17,
    started_at="2026-11-22T12:00:00+00:00",
    temp_folder="/x/tmp",
    children=(ChildState(name="emulator", pid=18, port=4566), ChildState(name="frontdoor", pid=19, port=8080)),
    crash=Crash(child="emulator", exit_status=-9, last_line="out of memory"),
)


def test_a_saved_state_is_loaded_as_it_was(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_state(folder, STATE)
    assert load_state(folder) == STATE
    assert [p.name for p in folder.path.iterdir()] == ["state.json"]


def test_a_removed_state_is_none_and_its_folder_is_not_listed(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    save_state(folder, STATE)
    assert list(lake_folders(tmp_path)) == [folder]
    remove_state(folder)
    remove_state(folder)
    assert load_state(folder) is None
    assert list(lake_folders(tmp_path)) == []


def test_urls_are_the_childrens_ports() -> None:
    assert STATE.url("frontdoor") == "http://127.0.0.1:8080"


@pytest.mark.parametrize("name", ["", "../etc", "a/b", "A", "1st", "x" * 33])
def test_a_name_that_could_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OfflineError):
        LakeFolder(root=tmp_path, name=name)


@pytest.mark.parametrize(
    ("crash", "text"),
    [
        (Crash(child="runner", exit_status=-9, last_line="bye"), "runner was killed by signal 9: bye"),
        (Crash(child="athena", exit_status=1, last_line=""), "athena ended with 1: its log is empty"),
    ],
)
def test_a_crash_says_how_in_one_line(crash: Crash, text: str) -> None:
    assert str(crash) == text


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"crash": null, "children": [], "colour": "red"}'])
def test_a_damaged_state_names_the_way_out(tmp_path: Path, text: str) -> None:
    folder = LakeFolder(root=tmp_path, name="demo")
    folder.path.mkdir(parents=True)
    folder.state_file.write_text(text)
    with pytest.raises(OfflineError, match="`lake down --name demo` puts that right"):
        load_state(folder)
    assert down(folder)
    assert load_state(folder) is None
