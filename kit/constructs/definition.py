"""How a function is defined: a short string, a mapping or a Function; and how defaults merge.

Nothing here loads CDK: the rules are plain data, and `Function` applies them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypedDict, cast

from msgspec import UNSET

from kit.checks import check_keys
from kit.errors import DefinitionError

if TYPE_CHECKING:
    import aws_cdk as cdk
    from aws_cdk import aws_kms, aws_lambda
    from constructs import IConstruct

    from kit.constructs.permissions import Permissions


class Settings(Protocol):
    """Typed settings of a function."""

    def to_env(self) -> Mapping[str, str]:
        """Return the settings as environment variables."""


Links: TypeAlias = "Sequence[IConstruct] | Mapping[str, IConstruct]"


class FunctionProps(TypedDict, total=False):
    """Properties of a `Function`; those that are missing, UNSET or None come from the defaults.

    Attributes
    ----------
    handler
        ``path/file.function`` from `src`; Go: the program's folder; C# and F# ``Assembly::Namespace.Type::Method``.
    src
        Folder of the project that the handler is imported from; by default the project's root.
    packages
        Third-party packages that a Python function has, in a layer for example; by default those of requirements.txt.
    bundle
        Options of a language that is built; an override replaces all of them. JavaScript and TypeScript:
        ``{"minify": True, "external": ["sharp"], "format": "cjs"}``; Go, C# and F#:
        ``{"command": ["make", "build"], "output": ".build"}``, run in `src`.
    function_name
        In a `Stack` of this package it is ``{stage}-{app}-{id}`` by default.
    link
        Constructs that the handler uses (see `kit.constructs.links`).
    timeout
        Seconds, or a Duration.
    disk_mb
        Of its own disk, in MiB; by default Lambda's 512.
    settings
        Typed settings that become environment variables.
    permissions
        As `attach_permissions` takes them.
    encryption_key
        Encrypts the environment and the logs.
    """

    handler: str
    src: str
    packages: Sequence[str]
    bundle: Mapping[str, Any]
    link: Links
    function_name: str
    description: str
    memory_size: int
    timeout: int | cdk.Duration
    disk_mb: int
    runtime: str
    environment: Mapping[str, str]
    settings: Settings
    layers: Sequence[aws_lambda.ILayerVersion]
    permissions: Permissions
    reserved_concurrency: int | None
    log_retention_days: int
    encryption_key: aws_kms.IKey


FunctionDefinition: TypeAlias = "str | FunctionProps | aws_lambda.Function"

_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")

FUNCTION_KEYS: Final = frozenset(FunctionProps.__annotations__)


def to_props(definition: str | Mapping[str, Any]) -> FunctionProps:
    """Return the properties that a string or a mapping defines, without those that are None or UNSET."""
    if isinstance(definition, str):
        return {"handler": definition}
    if not isinstance(definition, Mapping):
        raise DefinitionError(
            f"a function is a 'path/file.function' string, a mapping or a Function, not {type(definition).__name__}"
        )
    check_keys(definition, FUNCTION_KEYS, "a function")
    return cast(FunctionProps, {key: frozen(value) for key, value in definition.items() if is_given(value)})


def is_given(value: Any) -> bool:
    """Tell whether a property has a value; None and UNSET leave the default as it is."""
    return value is not None and value is not UNSET


def frozen(value: Any) -> Any:
    """Return a read-only copy of a mapping or list; return any other value as it is."""
    if isinstance(value, Mapping):
        return MappingProxyType(dict(value))
    return tuple(value) if isinstance(value, list) else value


def merge_props(base: FunctionProps, override: FunctionProps) -> FunctionProps:
    """Lay one set of properties over another.

    An override replaces a property, with these exceptions: environments are united (the override wins), and layers,
    permissions and links are concatenated, base first. The permission `ALL` absorbs all others.
    """
    joined: dict[str, Any] = {**base, **override}
    if "environment" in base and "environment" in override:
        joined["environment"] = {**base["environment"], **override["environment"]}
    if "layers" in base and "layers" in override:
        joined["layers"] = [*base["layers"], *override["layers"]]
    if "permissions" in base and "permissions" in override:
        joined["permissions"] = merge_permissions(base["permissions"], override["permissions"])
    if "link" in base and "link" in override:
        joined["link"] = merge_links(base["link"], override["link"])
    return cast(FunctionProps, joined)


def merge_permissions(base: Permissions, override: Permissions) -> Permissions:
    """Concatenate two lists of permissions; a single string (`ALL`, or a mistake) is returned alone."""
    for side in (override, base):
        if not isinstance(side, Sequence) or isinstance(side, str):
            return side
    return [*base, *override]


def merge_links(base: Links, override: Links) -> Links:
    """Join two sets of links, base first; a mapping names its links, and those of a list are named by their ids."""
    if isinstance(base, Mapping) or isinstance(override, Mapping):
        return {**links_by_name(base), **links_by_name(override)}
    return list(dict.fromkeys((*base, *override)))


def links_by_name(links: Links) -> dict[str, Any]:
    """Return constructs to link by their names in ``links()``.

    Raises
    ------
    DefinitionError
        Two have the same name.
    """
    named = links.items() if isinstance(links, Mapping) else ((link_name(link), link) for link in links)
    by_name: dict[str, Any] = {}
    for name, construct in named:
        if by_name.setdefault(name, construct) is not construct:
            raise DefinitionError(f"two constructs are linked as {name!r}: name them, link={{'{name}': …}}")
    return by_name


def link_name(construct: Any) -> str:
    """Return the name of a construct in ``links()``: its id in snake case."""
    if not hasattr(construct, "node"):
        raise DefinitionError(f"{construct!r} is not a construct, so it cannot be linked")
    return _WORD.sub("_", construct.node.id).strip("_").lower()
