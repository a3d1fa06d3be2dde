"""Records which AWS APIs a handler calls, from botocore's own events and without importing it.

A handler that does not import botocore must not wait for the import, so the hook waits until the handler imports it.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

Recorded = tuple[str, str, str]
"""Service, operation, and the resource's name or ARN ("" if the parameters do not name one)."""

_MODULE = "botocore.session"
# Parameters that name a call's resource, in the order in which they are looked for.
_RESOURCES = (
    "Bucket", "TableName", "QueueUrl", "DeliveryStreamName", "SecretId", "TopicArn", "StreamName", "FunctionName",
    "EventBusName", "stateMachineArn", "KeyId", "RoleArn",
)  # fmt: skip


class AwsCalls:
    """The calls since `take` was last called."""

    def __init__(self) -> None:
        self._calls: set[Recorded] = set()

    def install(self) -> None:
        """Begin to record, now or as soon as botocore is imported."""
        if module := sys.modules.get(_MODULE):
            self._watch(module)
        else:
            sys.meta_path.insert(0, _AfterImport(self._watch))

    def take(self) -> list[Recorded]:
        """Return the calls so far, sorted, and forget them."""
        calls, self._calls = sorted(self._calls), set()
        return calls

    def _watch(self, module: ModuleType) -> None:
        session = module.Session
        initialize = session.__init__

        def noting(this: Any, *arguments: Any, **options: Any) -> None:
            initialize(this, *arguments, **options)
            this.register("provide-client-params.*.*", self._note)

        session.__init__ = noting

    def _note(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        self._calls.add((model.service_model.service_name, model.name, resource_of(params)))


def resource_of(params: Mapping[str, Any]) -> str:
    """Return the resource that the parameters of a call name; "" if they name none."""
    for name in _RESOURCES:
        if isinstance(params.get(name), str):
            return str(params[name])
    # DynamoDB's batches name their tables as keys.
    items = params.get("RequestItems")
    return next(iter(items), "") if isinstance(items, Mapping) else ""


class _AfterImport(MetaPathFinder):
    """An import hook that calls back once, when the module has been imported."""

    def __init__(self, then: Callable[[ModuleType], None]) -> None:
        self._then = then

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the module as Python would, and wrap its loader."""
        if fullname != _MODULE:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            spec.loader = _Loader(spec.loader, self._then)
        return spec


class _Loader(Loader):
    def __init__(self, loader: Loader, then: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._then = then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Create the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, then call back."""
        self._loader.exec_module(module)
        self._then(module)
