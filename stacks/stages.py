"""The stage to use: one with a file in ``config/``, or the user's own, which has no file."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

from stacks.config import CONFIG_FOLDER, STAGE_RULE, Config, configured_stages, is_stage, load_config, personal_config
from thermocline.errors import ConfigurationError

VARIABLE: Final = "LAKE_STAGE"

# Default user names of machines. People who share such a name would share a stage, and delete each other's data.
_NOT_ONE_PERSON: Final = frozenset(
    {"admin", "administrator", "app", "centos", "circleci", "codespace", "debian", "ec2-user", "fedora", "gitpod",
     "jenkins", "node", "root", "runner", "ubuntu", "user", "vagrant", "vscode"}
)  # fmt: skip

# One character shorter than a stage may be: a derived name has full length, so it never equals another's plain name.
_PLAIN: Final = re.compile(r"[a-z][a-z0-9]{1,9}")
_LONGEST: Final = 11
_HEAD: Final = 5


def stage_config(
    stage: str | None, *, environ: Mapping[str, str], user: Callable[[], str], folder: Path = CONFIG_FOLDER
) -> Config:
    """Return the configuration of a stage, or of the user's own stage when `stage` is None.

    Parameters
    ----------
    environ
        Environment variables; LAKE_STAGE may name the user's own stage.
    user
        Returns the user's name on this machine; it is called only when nothing else names a stage.

    Raises
    ------
    ConfigurationError
        There is no such stage, its file is wrong, or no stage can be named after the user.
    """
    shared = configured_stages(folder)
    if stage in shared:
        return load_config(stage, folder)
    own = own_stage(environ, user, shared)
    if stage not in (None, own):
        raise ConfigurationError(
            f"unknown stage {stage!r}: config/ has {', '.join(shared)}, and {own!r} is yours; "
            f"{VARIABLE}=NAME in the environment makes another one yours"
        )
    return load_config(own, folder) if own in shared else personal_config(own, folder)


def own_stage(environ: Mapping[str, str], user: Callable[[], str], shared: Collection[str]) -> str:
    """Return the user's own stage: the value of LAKE_STAGE, or else a name made from the user's.

    Raises
    ------
    ConfigurationError
        LAKE_STAGE is not a valid name, or the user has no name or one that many people share.
    """
    if chosen := environ.get(VARIABLE):
        if not is_stage(chosen):
            raise ConfigurationError(f"{VARIABLE} is {chosen!r}: {STAGE_RULE}")
        return chosen
    try:
        name = user()
    except (KeyError, OSError):
        raise ConfigurationError(f"this user has no name: give --stage, or set {VARIABLE} to your own stage") from None
    if name.lower() in _NOT_ONE_PERSON:
        raise ConfigurationError(
            f"{name!r} is the user of many machines, so no stage is named after it: give --stage, "
            f"or set {VARIABLE} to your own stage"
        )
    return personal_stage(name, shared)


def personal_stage(user: str, shared: Collection[str]) -> str:
    """Return a stage's name made from a user's; each user gets another one.

    A name that can be a stage stays as it is. Any other name keeps its first letters and digits and ends with a digest
    of the whole name, because two names may be equal without the characters that a stage cannot have.
    """
    if _PLAIN.fullmatch(user) and user not in shared:
        return user
    ascii_only = unicodedata.normalize("NFKD", user).lower().encode("ascii", "ignore").decode()
    head = re.sub(r"[^a-z0-9]", "", ascii_only).lstrip("0123456789")[:_HEAD] or "u"
    names = ((head + _digest(f"{salt}:{user}"))[:_LONGEST] for salt in itertools.count())
    return next(name for name in names if name not in shared)


def _digest(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).decode().lower()
