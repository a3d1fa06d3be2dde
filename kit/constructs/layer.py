"""Layers of third-party packages with their unpacked size, and the check of Lambda's limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from aws_cdk import aws_lambda
from constructs import Construct

from kit.errors import DefinitionError
from kit.packaging.package import LAMBDA_LIMIT_BYTES


class Layer(aws_lambda.LayerVersion):
    """A layer from a folder (with ``python/`` in it), for arm64."""

    def __init__(self, scope: Construct, construct_id: str, *, folder: Path, layer_version_name: str) -> None:
        super().__init__(
            scope,
            construct_id,
            layer_version_name=layer_version_name,
            code=aws_lambda.Code.from_asset(str(folder)),
            compatible_architectures=[aws_lambda.Architecture.ARM_64],
        )
        self.unpacked_bytes = unpacked_bytes(folder)


def check_unpacked_size(function: str, code: Path, layers: Iterable[aws_lambda.ILayerVersion]) -> None:
    """Check that Lambda can unpack a function's code and layers together; layers that are no `Layer` count 0 bytes.

    Raises
    ------
    DefinitionError
        They are too large; the message gives the size of each.
    """
    sizes = {"code": unpacked_bytes(code)}
    sizes |= {layer.node.id: layer.unpacked_bytes for layer in layers if isinstance(layer, Layer)}
    check_total(function, sizes)


def check_total(function: str, sizes: Mapping[str, int]) -> None:
    """Check sizes by name against Lambda's limit."""
    if (total := sum(sizes.values())) > LAMBDA_LIMIT_BYTES:
        parts = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        raise DefinitionError(
            f"{function} unpacks to {total:,} bytes ({parts}); Lambda's limit is {LAMBDA_LIMIT_BYTES:,}"
        )


@cache
def unpacked_bytes(folder: Path) -> int:
    """Return the size of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
