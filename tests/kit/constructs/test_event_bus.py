from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import aws_events, aws_sqs

from kit.constructs import EventBus, Function, Rule, Stack
from kit.errors import DefinitionError
from tests.kit.constructs.templates import HANDLER, allowed, one, properties_of

PATTERN = {"source": ["shop"], "detail-type": ["Order"]}


@pytest.mark.parametrize("pattern", [PATTERN, {"source": ["shop"], "detail_type": ["Order"]}])
@pytest.mark.parametrize("as_object", [True, False])
def test_rule_forms(stack: Stack, pattern: dict[str, Any], as_object: bool) -> None:
    fields: Any = {"pattern": pattern, "function": HANDLER, "retry_attempts": 3, "max_event_age": 60}
    rule = Rule(**fields) if as_object else fields
    EventBus(stack, "Bus", rules={"orders": rule}, default_function_props={"timeout": 33})
    assert one(stack, "AWS::Lambda::Function")["FunctionName"] == "test-app-Bus-orders"
    assert one(stack, "AWS::Lambda::Function")["Timeout"] == 33
    found_rule = one(stack, "AWS::Events::Rule")
    assert found_rule["EventPattern"] == PATTERN
    (target,) = found_rule["Targets"]
    assert target["RetryPolicy"] == {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 3}


def test_rule_may_have_dead_letters(stack: Stack) -> None:
    queue = aws_sqs.Queue(stack, "Lost")
    EventBus(stack, "Bus", rules={"a": Rule(pattern=PATTERN, function=HANDLER, dead_letter_queue=queue)})
    assert "DeadLetterConfig" in one(stack, "AWS::Events::Rule")["Targets"][0]


def test_rules_on_a_bus_that_exists(stack: Stack) -> None:
    default = aws_events.EventBus.from_event_bus_name(stack, "Default", "default")
    EventBus(stack, "Bus", event_bus=default, rules={"a": {"pattern": PATTERN, "function": HANDLER}})
    assert not properties_of(stack, "AWS::Events::EventBus")
    assert one(stack, "AWS::Events::Rule")["EventBusName"] == "default"
    with pytest.raises(DefinitionError, match="leave event_bus_name out"):
        EventBus(stack, "Other", event_bus=default, event_bus_name="mine")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (7, "rule 'a' is a mapping with pattern and function, or a Rule; not 7"),
        (HANDLER, "rule 'a' is a mapping"),
        ({"function": HANDLER}, "rule 'a' needs a pattern and a function"),
        ({"pattern": PATTERN}, "needs a pattern and a function"),
        ({"pattern": PATTERN, "function": HANDLER, "retries": 1}, "rule 'a' has no property 'retries'"),
        ({"pattern": {"sorce": ["x"]}, "function": HANDLER}, "did you mean 'source'"),
    ],
)
def test_wrong_rules_are_refused(stack: Stack, rule: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        EventBus(stack, "Bus", rules={"a": rule})


def test_same_name_twice_is_refused(stack: Stack) -> None:
    rule: Any = {"pattern": PATTERN, "function": HANDLER}
    bus = EventBus(stack, "Bus", rules={"a": rule})
    with pytest.raises(DefinitionError, match="Bus has 'a' already"):
        bus.add_rules({"a": rule})


def test_permissions_hold_for_rules_added_later_and_the_bus_can_be_granted(stack: Stack) -> None:
    bus = EventBus(stack, "Bus", event_bus_name="mine")
    bus.attach_permissions([bus.grant_put_events_to])
    bus.add_rules({"late": {"pattern": PATTERN, "function": HANDLER}})
    assert "events:PutEvents" in allowed(stack, "Bus-late")
    assert isinstance(bus.get_function("late"), Function)
