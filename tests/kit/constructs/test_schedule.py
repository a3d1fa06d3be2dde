from __future__ import annotations

import aws_cdk as cdk
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.constructs.schedule import check_schedule, to_schedule
from kit.errors import DefinitionError


@pytest.mark.parametrize(
    "text",
    [
        "rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(24 hours)", "rate(1 day)", "rate(7 days)",
        "cron(0 12 * * ? *)", "cron(0/15 * * * ? *)", "cron(5,35 14 * * ? *)", "cron(0 8 1 * ? *)",
        "cron(0 18 ? * MON-FRI *)", "cron(0 9 ? * 2#1 *)", "cron(0 0 L * ? *)", "cron(0 0 LW * ? *)",
        "cron(0 0 15W * ? *)", "cron(0 10 ? * 6L 2026-2028)", "cron(0 10 ? * FRI#2 *)", "cron(0 0 1 JAN,JUL ? *)",
    ],
)  # fmt: skip
def test_what_eventbridge_takes(text: str) -> None:
    check_schedule(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rate(1 minutes)", r"write 'rate\(1 minute\)'"),
        ("rate(5 minute)", r"write 'rate\(5 minutes\)'"),
        ("rate(0 minutes)", "neither like"),
        ("rate(5 seconds)", "neither like"),
        ("rate(1.5 hours)", "neither like"),
        ("every minute", "neither like"),
        ("", "neither like"),
        ("Rate(1 minute)", "neither like"),
        ("cron(* * * * *)", "has 5 fields; cron has six"),
        ("cron(0 12 * * * *)", "is '\\?'"),
        ("cron(0 12 ? * ? *)", "is '\\?'"),
        ("cron(60 12 * * ? *)", "'60' is not a valid minutes field"),
        ("cron(0 24 * * ? *)", "'24' is not a valid hours field"),
        ("cron(0 0 0 * ? *)", "'0' is not a valid day of month field"),
        ("cron(0 0 ? 13 MON *)", "'13' is not a valid month field"),
        ("cron(0 0 ? * 8 *)", "'8' is not a valid day of week field"),
        ("cron(0 0 ? * XYZ *)", "'XYZ' is not a valid day of week field"),
        ("cron(0 0 * * ? 1969)", "'1969' is not a valid year field"),
        ("cron(0/0 0 * * ? *)", "'0/0' is not a valid minutes field"),
        ("cron(? 0 * * ? *)", "'\\?' is not a valid minutes field"),
        ("cron(1- 0 * * ? *)", "'1-' is not a valid minutes field"),
        ("cron(,1 0 * * ? *)", "is not a valid minutes field"),
    ],
)
def test_what_it_would_refuse(text: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        check_schedule(text)


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (cdk.Duration.minutes(1), "rate(1 minute)"),
        (cdk.Duration.seconds(120), "rate(2 minutes)"),
        (cdk.Duration.minutes(60), "rate(1 hour)"),
        (cdk.Duration.hours(48), "rate(2 days)"),
    ],
)
def test_duration_is_a_rate(duration: cdk.Duration, text: str) -> None:
    assert to_schedule(duration).expression_string == text


@pytest.mark.parametrize("seconds", [0, 30, 61, 90])
def test_duration_must_be_whole_minutes(seconds: int) -> None:
    with pytest.raises(DefinitionError, match="a rate is in whole minutes"):
        to_schedule(cdk.Duration.seconds(seconds))


@given(st.text())
def test_any_text_is_taken_or_refused_with_a_reason(text: str) -> None:
    for schedule in (text, f"rate({text})", f"cron({text})"):
        try:
            check_schedule(schedule)
        except DefinitionError as error:
            assert "schedule" in str(error)  # noqa: PT017
