"""Whose stage is meant: one with a file in ``config/``, or the user's own, which has none."""

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

# Names that machines give and people do not: who shares one would share its stage, and remove each other's.
_NOT_ONE_PERSON: Final = frozenset(
    {"admin", "administrator", "app", "centos", "circleci", "codespace", "debian", "ec2-user", "fedora", "gitpod",
     "jenkins", "node", "root", "runner", "ubuntu", "user", "vagrant", "vscode"}
)  # fmt: skip

# One character shorter than a stage may be: a derived name has them all, so that it never equals somebody's plain name.
_PLAIN: Final = re.compile(r"[a-z][a-z0-9]{1,9}")
_LONGEST: Final = 11
_HEAD: Final = 5


def stage_config(
    stage: str | None, *, environ: Mapping[str, str], user: Callable[[], str], folder: Path = CONFIG_FOLDER
) -> Config:
    """Return the configuration of a stage; without one, of the user's own.

    Parameters
    ----------
    environ
        Where LAKE_STAGE may name the user's own stage.
    user
        Tells the user's name on this machine; it is asked only when nothing else names a stage.

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
    """Return the user's own stage: what LAKE_STAGE says, else a name made from the user's.

    Raises
    ------
    ConfigurationError
        LAKE_STAGE is no stage's name, or the user's name is that of many people or of nobody.
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
    """Make a stage's name from a user's, another for each.

    A name that can be a stage stays as it is. Any other keeps what can be read of it and ends with a digest of the
    whole, since two names may look the same without what a stage cannot have.
    """
    if _PLAIN.fullmatch(user) and user not in shared:
        return user
    ascii_only = unicodedata.normalize("NFKD", user).lower().encode("ascii", "ignore").decode()
    head = re.sub(r"[^a-z0-9]", "", ascii_only).lstrip("0123456789")[:_HEAD] or "u"
    names = ((head + _digest(f"{salt}:{user}"))[:_LONGEST] for salt in itertools.count())
    return next(name for name in names if name not in shared)


def _digest(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).decode().lower()
