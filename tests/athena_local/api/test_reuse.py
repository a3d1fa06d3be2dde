from typing import Any

import pytest

from athena_local.api.reuse import reuse_configuration
from athena_local.errors import InvalidRequestError


def asked(**configuration: Any) -> dict[str, Any]:
    return {"ResultReuseConfiguration": {"ResultReuseByAgeConfiguration": configuration}}


def test_the_configuration_is_shown_as_it_was_asked_for() -> None:
    assert reuse_configuration({}) == {"ResultReuseByAgeConfiguration": {"Enabled": False}}
    assert reuse_configuration(asked(Enabled=False)) == {"ResultReuseByAgeConfiguration": {"Enabled": False}}
    for minutes in (0, 10_080):
        configuration = {"Enabled": True, "MaxAgeInMinutes": minutes}
        assert reuse_configuration(asked(**configuration)) == {"ResultReuseByAgeConfiguration": configuration}
    default = reuse_configuration(asked(Enabled=True))
    assert default == {"ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": 60}}


@pytest.mark.parametrize("minutes", [-1, 10_081])
def test_an_age_out_of_range_is_refused(minutes: int) -> None:
    with pytest.raises(InvalidRequestError, match="between 0 and 10080"):
        reuse_configuration(asked(Enabled=True, MaxAgeInMinutes=minutes))
