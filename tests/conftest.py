"""What every test shares."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "thermocline", deadline=None, max_examples=60, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("thermocline")


def pytest_configure(config: pytest.Config) -> None:
    # geoip2fast's source has such sequences; Python warns when it compiles it the first time.
    for category in ("DeprecationWarning", "SyntaxWarning"):
        config.addinivalue_line("filterwarnings", f"ignore:invalid escape sequence:{category}")
