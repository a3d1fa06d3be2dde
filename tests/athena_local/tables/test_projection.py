from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.errors import QueryError
from athena_local.tables.catalog import Column
from athena_local.tables.projected_values import Projected
from athena_local.tables.projection import is_projected, location, projections, values_of
from tests.athena_local.fakes import clicks

NOW = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)


def projected(**settings: str) -> Projected:
    parameters = {"projection.enabled": "true"} | {
        f"projection.gen.{name.replace('_', '.')}": value for name, value in settings.items()
    }
    return projections(clicks(parameters=parameters), now=NOW, injected={})[0]


def test_hours_up_to_the_next_one() -> None:
    hours = projected(
        type="date", format="yyyy-MM-dd-HH", range="2026-11-22-10,NOW+1HOURS", interval_unit="HOURS", interval="1"
    )
    assert list(hours.values()) == ["2026-11-22-10", "2026-11-22-11", "2026-11-22-12", "2026-11-22-13"]
    assert hours.count() == 4


@pytest.mark.parametrize(
    ("value", "visible"),
    [
        ("2026-11-22-13", True),
        ("2026-11-22-14", False),
        ("2026-11-22-09", False),
        ("2026-11-22-1", False),
        ("2026-11-22", False),
        ("x", False),
    ],
)
def test_only_values_of_the_range_in_the_format_are_visible(value: str, visible: bool) -> None:
    hours = projected(type="date", format="yyyy-MM-dd-HH", range="2026-11-22-10,NOW+1HOURS", interval_unit="HOURS")
    assert hours.contains(value) is visible


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"type": "enum", "values": "a, b"}, ["a", "b"]),
        ({"type": "integer", "range": "8,11", "digits": "2"}, ["08", "09", "10", "11"]),
        ({"type": "integer", "range": "0,10", "interval": "5"}, ["0", "5", "10"]),
        (
            {"type": "date", "range": "NOW-2DAYS,NOW", "format": "yyyy/MM/dd"},
            ["2026/11/20", "2026/11/21", "2026/11/22"],
        ),
        ({"type": "date", "range": "2026-11,NOW+2MONTHS", "format": "yyyy-MM"}, ["2026-11", "2026-12", "2027-01"]),
        ({"type": "date", "range": "2024,NOW", "format": "yyyy", "interval": "2"}, ["2024", "2026"]),
        (
            {"type": "date", "range": "2026-01-31,NOW-8MONTHS", "format": "yyyy-MM-dd", "interval_unit": "MONTHS"},
            ["2026-01-31", "2026-02-28"],
        ),
        (
            {"type": "date", "range": "NOW-1MONTHS,NOW", "format": "yyyy-MM-dd", "interval_unit": "MONTHS"},
            ["2026-10-22", "2026-11-22"],
        ),
        (
            {"type": "date", "range": "NOW-1DAYS,NOW", "format": "yyyy-MM-dd", "interval_unit": "HOURS"},
            ["2026-11-21", "2026-11-22"],
        ),
        ({"type": "date", "range": "9998,9999", "format": "yyyy"}, ["9998", "9999"]),
    ],
)
def test_kinds(settings: dict[str, str], expected: list[str]) -> None:
    values = projected(**settings)
    assert list(values.values()) == expected
    assert all(values.contains(value) for value in expected)


@given(st.integers(1, 7), st.integers(0, 60), st.sampled_from(["HOURS", "DAYS", "WEEKS", "MONTHS"]))
def test_what_is_enumerated_is_contained(step: int, back: int, unit: str) -> None:
    values = projected(
        type="date", format="yyyy-MM-dd-HH", range=f"NOW-{back}DAYS,NOW", interval=str(step), interval_unit=unit
    )
    every = list(values.values())
    assert all(values.contains(value) for value in every)
    assert values.count() >= len(every)


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        ({"type": "integer", "range": "0,20", "digits": "2"}, "7"),
        ({"type": "integer", "range": "0,20"}, "07"),
        ({"type": "integer", "range": "0,20"}, "\u0667"),
        ({"type": "date", "range": "2026-01-01,NOW", "format": "yyyy-MM-dd", "interval_unit": "MONTHS"}, "2026-02-15"),
    ],
)
def test_a_folder_that_no_value_names_is_not_visible(settings: dict[str, str], value: str) -> None:
    assert not projected(**settings).contains(value)


def test_injected_values_come_from_the_query() -> None:
    table = clicks(parameters={"projection.enabled": "true", "projection.gen.type": "injected"})
    assert list(projections(table, now=NOW, injected={"gen": ("a", "b")})[0].values()) == ["a", "b"]
    with pytest.raises(QueryError, match="CONSTRAINT_VIOLATION: For the injected projected partition column gen"):
        projections(table, now=NOW, injected={})


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"type": "no"},
        {"type": "date", "range": "NOW,NOW"},
        {"type": "integer", "range": "a,b"},
        {"type": "integer", "range": "1,9", "interval": "0"},
        {"type": "date", "range": "2026,NOW", "format": "yyyy", "interval": "0"},
        {"type": "date", "range": "2026,NOW", "format": "yyyy", "interval_unit": "EONS"},
    ],
)
def test_wrong_parameters_are_named(settings: dict[str, str]) -> None:
    with pytest.raises(QueryError, match=r"INVALID_TABLE_PROPERTY: .* shop\.clicks for column gen"):
        projected(**settings)


@pytest.mark.parametrize(
    ("day_format", "template", "address"),
    [
        ("yyyy-MM-dd", None, "s3://shop/clicks/day=2026-11-22/my-hour=07/"),
        ("yyyy-MM-dd", "s3://other/${day}-${my-hour}", "s3://other/2026-11-22-07/"),
        ("yyyy/MM/dd", "s3://other/${day}/${my-hour}/${day}", "s3://other/2026/11/22/07/2026/11/22/"),
        ("yyyyMMdd", "s3://other/${day}${my-hour}", "s3://other/2026112207/"),
        ("dd MMM yyyy", "s3://other/${day}/${my-hour}", "s3://other/22 Nov 2026/07/"),
    ],
)
def test_locations_are_written_and_read_back(day_format: str, template: str | None, address: str) -> None:
    parameters = {
        "projection.day.type": "date",
        "projection.day.format": day_format,
        "projection.day.range": "NOW-30DAYS,NOW",
        "projection.my-hour.type": "integer",
        "projection.my-hour.range": "0,23",
        "projection.my-hour.digits": "2",
    } | ({"storage.location.template": template} if template else {})
    keys = (Column(name="day", type="string"), Column(name="my-hour", type="int"))
    table = clicks(keys=keys, parameters=parameters)
    key_projections = projections(table, now=NOW, injected={})
    last_day = list(key_projections[0].values())[-1]
    assert location(table, [key_projections[0].folder(last_day), "07"]) == address
    assert values_of(table, key_projections)(f"{address}x.parquet") == (last_day, "07")
    assert values_of(table, key_projections)(f"{address.replace('22', '19').replace('07', '24')}x.parquet") is None


@pytest.mark.parametrize(("key_type", "value"), [("date", "2026-11-22"), ("timestamp", "2026-11-22 00:00:00")])
def test_dates_are_values_of_their_type_and_folders_of_their_format(key_type: str, value: str) -> None:
    parameters = {
        "projection.enabled": "true",
        "projection.gen.type": "date",
        "projection.gen.format": "dd-MM-yyyy",
        "projection.gen.range": "22-11-2026,NOW",
    }
    table = clicks(keys=(Column(name="gen", type=key_type),), parameters=parameters)
    keys = projections(table, now=NOW, injected={})
    assert list(keys[0].values()) == [value]
    assert location(table, [keys[0].folder(value)]) == "s3://shop/clicks/gen=22-11-2026/"
    assert values_of(table, keys)("s3://shop/clicks/gen=22-11-2026/a") == (value,)
    assert values_of(table, keys)("s3://shop/clicks/gen=2026-11-22/a") is None


def test_a_table_without_the_switch_is_not_projected() -> None:
    assert is_projected(clicks())
    assert not is_projected(clicks(parameters={}))
    assert not is_projected(clicks(keys=()))
