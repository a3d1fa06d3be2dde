"""An EventBridge bus with named rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import aws_cdk as cdk
from aws_cdk import aws_events, aws_events_targets, aws_iam, aws_sqs
from constructs import Construct
from msgspec import UNSET, UnsetType

from kit.checks import check_keys
from kit.constructs.definition import FunctionDefinition, FunctionProps
from kit.constructs.function import to_duration
from kit.constructs.group import FunctionGroup, given_options, to_target
from kit.errors import DefinitionError


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which events, and the function that they go to.

    Attributes
    ----------
    pattern
        EventBridge's pattern (``source``, ``detail-type``, ``detail``, …), with ``-`` or ``_`` in its keys.
    max_event_age
        Seconds, or a Duration, for which a failed call is retried.
    """

    pattern: Mapping[str, Any]
    function: FunctionDefinition
    retry_attempts: int | UnsetType = UNSET
    max_event_age: int | cdk.Duration | UnsetType = UNSET
    dead_letter_queue: aws_sqs.IQueue | UnsetType = UNSET


RuleDefinition: TypeAlias = "Mapping[str, Any] | Rule"

_PATTERN_KEYS: Final = frozenset(
    ("account", "detail", "detail_type", "id", "region", "resources", "source", "time", "version")
)


class EventBus(FunctionGroup):
    """A bus of your own, or rules on one that exists.

    Parameters
    ----------
    rules
        By name: ``{pattern, function, …}`` or a `Rule`.
    event_bus
        A bus that exists (such as the account's default one), instead of a new one.
    default_function_props
        Defaults of the functions that rules define.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        event_bus_name: str | None = None,
        rules: Mapping[str, RuleDefinition] | None = None,
        event_bus: aws_events.IEventBus | None = None,
        default_function_props: FunctionProps | None = None,
    ) -> None:
        super().__init__(scope, construct_id, default_function_props)
        if event_bus and event_bus_name:
            raise DefinitionError(f"{self.node.path}: event_bus has a name already; leave event_bus_name out")
        self.cdk = event_bus or aws_events.EventBus(self, "Default", event_bus_name=event_bus_name)
        self.add_rules(rules or {})

    def add_rules(self, rules: Mapping[str, RuleDefinition]) -> None:
        """Add rules by name; permissions attached before hold for their functions too."""
        for name, definition in rules.items():
            rule = _rule(name, definition)
            function = self._add(name, name, rule.function)
            options = given_options(rule, "pattern", "function", "max_event_age")
            if rule.max_event_age is not UNSET:
                options["max_event_age"] = to_duration(rule.max_event_age)
            aws_events.Rule(
                self,
                f"{name}Rule",
                event_bus=self.cdk,
                event_pattern=_pattern(name, rule.pattern),
                targets=[aws_events_targets.LambdaFunction(function, **options)],
            )

    def grant_put_events_to(self, grantee: aws_iam.IGrantable) -> aws_iam.Grant:
        """Let a grantee put events on the bus."""
        return self.cdk.grant_put_events_to(grantee)


def _rule(name: str, definition: Any) -> Rule:
    if isinstance(definition, Mapping) and not {"pattern", "function"} <= definition.keys():
        raise DefinitionError(f"rule {name!r} needs a pattern and a function")
    if not isinstance(definition, Mapping | Rule):
        raise DefinitionError(f"rule {name!r} is a mapping with pattern and function, or a Rule; not {definition!r}")
    return to_target(definition, Rule, f"rule {name!r}")


def _pattern(name: str, pattern: Mapping[str, Any]) -> aws_events.EventPattern:
    fields = {key.replace("-", "_"): value for key, value in pattern.items()}
    check_keys(fields, _PATTERN_KEYS, f"the pattern of rule {name!r}")
    return aws_events.EventPattern(**fields)
