"""What a contract may become after a release.

Files of every version of a contract lie under one prefix and are read as one table, so a change may never make an
older file, or an event that was valid, wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Final, TypeAlias

import msgspec

from thermocline.contracts.model import CLASSIFICATIONS, Column, Contract
from thermocline.contracts.names import case_twins
from thermocline.contracts.paths import join_path
from thermocline.contracts.types import TYPES

Version: TypeAlias = "tuple[int, int, int]"

_VERSION: Final = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def evolution_problems(contracts: Iterable[Contract], releases: Sequence[Contract]) -> list[str]:
    """Name everything that keeps contracts from following the releases before them; nothing when all may be released.

    Parameters
    ----------
    contracts
        The contracts as they are now.
    releases
        Every version that was ever released.
    """
    current = {contract.name: contract for contract in contracts}
    gone = sorted({release.name for release in releases} - current.keys())
    return [
        *(f"{name}: is released and its file is gone" for name in gone),
        *(f"{name}: {problem}" for name, contract in current.items() for problem in _problems(contract, releases)),
    ]


def parse_version(text: str) -> Version | None:
    """Return ``MAJOR.MINOR.PATCH`` as numbers, or None when the text has another form."""
    match = _VERSION.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def breaking_changes(old: Contract, new: Contract) -> list[str]:
    """Name the changes that make older files, producers or readers wrong."""
    before, after = _by_name(old), _by_name(new)
    return [
        *(f"{what}: changed from {a!r} to {b!r}" for what, a, b in _identity(old, new) if a != b),
        *_refused_members(old, new),
        *_lost_order(old, new),
        *(f"{name}: removed or renamed" for name in before if name not in after),
        *(f"{name}: a new column cannot be required" for name in after if name not in before and after[name].required),
        *(f"{', '.join(same)}: differ only in case" for same in case_twins([*before, *after])),
        *(f"{name}: {change}" for name in before if name in after for change in _narrowed(before[name], after[name])),
    ]


def has_additions(old: Contract, new: Contract) -> bool:
    """Tell whether a compatible change is one that readers or producers can use, and not only new wording."""
    if old.unknown_members != new.unknown_members:
        return True
    return [_shape(column) for column in old.columns] != [_shape(column) for column in new.columns]


def _problems(new: Contract, releases: Sequence[Contract]) -> list[str]:
    version = parse_version(new.version)
    if version is None:
        return [f"version: {new.version!r} is not MAJOR.MINOR.PATCH"]
    earlier = [release for release in releases if release.name == new.name]
    if not earlier:
        return _first_release_problems(new, version, releases)
    last = max(earlier, key=_released_version)
    if version[0] > _released_version(last)[0]:
        return [f"version: {new.version} is a new major version, which needs a file, name and table of its own"]
    return breaking_changes(last, new) or _version_problems(last, new, version)


def _first_release_problems(new: Contract, version: Version, releases: Sequence[Contract]) -> list[str]:
    """Return what is wrong with the first release of a name.

    A new name may be the next major version of another; then both tables exist side by side.
    """
    last = max((r for r in releases if r.id == new.id), key=_released_version, default=None)
    same_table = next((r for r in releases if r.table == new.table), None)
    problems = []
    if last and version[0] <= _released_version(last)[0]:
        problems.append(f"version: {new.id} is released as {last.name} {last.version}; a new name needs a new major")
    if same_table:
        problems.append(f"table: {new.table} belongs to {same_table.name} {same_table.version}")
    return problems


def _version_problems(last: Contract, new: Contract, version: Version) -> list[str]:
    major, minor, patch = released = _released_version(last)
    if has_additions(last, new):
        least, why = (major, minor + 1, 0), "it adds to"
    elif new != _with_version(last, new.version):
        least, why = (major, minor, patch + 1), "it rewords"
    else:
        least, why = released, "it is"
    if version >= least:
        return []
    return [f"version: {new.version} must be at least {'.'.join(map(str, least))}, because {why} {last.version}"]


def _identity(old: Contract, new: Contract) -> Iterator[tuple[str, object, object]]:
    yield "id", old.id, new.id
    yield "table", old.table, new.table
    yield "protocol", old.protocol, new.protocol
    # Rows of the older version keep their ids and times, so the same row sent again would become another row.
    yield "eventTime", old.event_time, new.event_time
    yield "identity", list(old.identity), list(new.identity)
    yield "partitions", [c.name for c in old.partitions], [c.name for c in new.partitions]
    yield "partitionedBy", old.partitioned_by, new.partitioned_by


def _refused_members(old: Contract, new: Contract) -> Iterator[str]:
    """Name the refusal of members that producers may have sent; without `extra` readers would miss them, too."""
    if old.unknown_members != "refuse" and new.unknown_members == "refuse":
        yield f"unknownMembers: {old.unknown_members} cannot become refuse"


def _lost_order(old: Contract, new: Contract) -> Iterator[str]:
    """Name the loss of an order that warm files have: sealed ones keep theirs, so that all must be in the old one."""
    if new.sorted_by[: len(old.sorted_by)] != old.sorted_by:
        yield f"sortedBy: must begin with {', '.join(old.sorted_by)}, because older files are sorted so"


def _narrowed(old: Column, new: Column) -> Iterator[str]:
    if new.type != old.type and new.type not in TYPES[old.type].widens_to:
        yield f"type {old.type} cannot become {new.type}"
    if new.required and not old.required:
        yield "cannot become required"
    if new.written_by != old.written_by:
        yield f"written by {old.written_by}, cannot be by {new.written_by}"
    if new.steps != old.steps:
        yield f"path {join_path(old.steps)} cannot become {join_path(new.steps)}"
    if new.encoding != old.encoding:
        yield f"encoding {old.encoding or 'none'} cannot become {new.encoding or 'none'}"
    if CLASSIFICATIONS.index(new.classification) < CLASSIFICATIONS.index(old.classification):
        yield f"classification {old.classification} cannot become {new.classification}"
    yield from _fewer_values(old, new)


def _fewer_values(old: Column, new: Column) -> Iterator[str]:
    if new.enum and not old.enum:
        yield "cannot be limited to some values"
    if new.enum and (lost := [value for value in old.enum if value not in new.enum]):
        yield f"values {', '.join(lost)} cannot go"
    if (new.max_length or inf) < (old.max_length or inf):
        yield f"maxLength cannot become {new.max_length}"
    if (new.min_length or 0) > (old.min_length or 0):
        yield f"minLength cannot become {new.min_length}"
    # Nothing computes whether one pattern matches all that another does.
    if new.pattern not in (None, old.pattern):
        yield f"pattern cannot become {new.pattern}"


def _shape(column: Column) -> tuple[object, ...]:
    return tuple(
        getattr(column, field) for field in column.__struct_fields__ if field not in ("description", "examples")
    )


def _with_version(contract: Contract, version: str) -> Contract:
    return msgspec.structs.replace(contract, version=version)


def _by_name(contract: Contract) -> dict[str, Column]:
    return {column.name: column for column in contract.columns}


def _released_version(release: Contract) -> Version:
    version = parse_version(release.version)
    if version is None:
        raise ValueError(f"{release.name}: {release.version!r} is not MAJOR.MINOR.PATCH")
    return version
