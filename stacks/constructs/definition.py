"""How a function is defined: a short string, a mapping or a Function; and how defaults merge.

Nothing here touches CDK's kernel: the rules are plain data, and `Function` carries them out.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict, cast

if TYPE_CHECKING:
    import aws_cdk as cdk
    from aws_cdk import aws_kms, aws_lambda

    from stacks.constructs.function import Function
    from stacks.constructs.permissions import Permissions
    from thermocline.settings import Settings


class DefinitionError(ValueError):
    """A construct is used in a way that has no meaning; found while synthesising."""


class FunctionProps(TypedDict, total=False):
    """Properties of a `Function`; what is left out, or None, comes from the defaults.

    Attributes
    ----------
    handler
        ``path/file.function`` from the project's root.
    timeout
        Seconds, or a Duration.
    settings
        Typed settings that become environment variables.
    permissions
        As `attach_permissions` takes them.
    encryption_key
        Encrypts the environment and the logs.
    """

    handler: str
    function_name: str
    description: str
    memory_size: int
    timeout: int | cdk.Duration
    runtime: str
    environment: Mapping[str, str]
    settings: Settings
    layers: Sequence[aws_lambda.ILayerVersion]
    permissions: Permissions
    reserved_concurrency: int | None
    log_retention_days: int
    encryption_key: aws_kms.IKey


FunctionDefinition: TypeAlias = "str | FunctionProps | Function"

FUNCTION_KEYS: Final = frozenset(FunctionProps.__annotations__)


def check_keys(given: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    """Raise `DefinitionError` on a key that is not known, with the key that was probably meant."""
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(sorted(known))}"
            raise DefinitionError(f"{what} has no property {key!r}{hint}")


def to_props(definition: str | Mapping[str, Any]) -> FunctionProps:
    """Turn the string and mapping forms into properties; a None says nothing."""
    if isinstance(definition, str):
        return {"handler": definition}
    if not isinstance(definition, Mapping):
        raise DefinitionError(
            f"a function is a 'path/file.function' string, a mapping or a Function, not {type(definition).__name__}"
        )
    check_keys(definition, FUNCTION_KEYS, "a function")
    return cast(FunctionProps, {key: value for key, value in definition.items() if value is not None})


def merge_props(base: FunctionProps, override: FunctionProps) -> FunctionProps:
    """Lay one set of properties over another.

    Shallow, except that environments are united (the override wins), and layers and permissions are
    concatenated, base first; permission for everything absorbs all others.
    """
    joined: dict[str, Any] = {**base, **override}
    if "environment" in base and "environment" in override:
        joined["environment"] = {**base["environment"], **override["environment"]}
    if "layers" in base and "layers" in override:
        joined["layers"] = [*base["layers"], *override["layers"]]
    if "permissions" in base and "permissions" in override:
        joined["permissions"] = merge_permissions(base["permissions"], override["permissions"])
    return cast(FunctionProps, joined)


def merge_permissions(base: Permissions, override: Permissions) -> Permissions:
    """Concatenate two lists of permissions; a bare string (everything, or a mistake) absorbs the other side."""
    for side in (override, base):
        if not isinstance(side, Sequence) or isinstance(side, str):
            return side
    return [*base, *override]
