from __future__ import annotations

from cli.demo.run import Traffic

CLICKS = [{"user_id": str(number)} for number in range(40)]
PACKS = [(f"dt/weather/nyc/{station}/hourly", [{"n": "temp"}] * 3) for station in "abc" for _ in range(20)]


def test_a_tenth_has_the_first_clicks_and_packs_of_every_station() -> None:
    tenth = Traffic(clicks=CLICKS, packs=PACKS).tenth()
    assert tenth.clicks == CLICKS[:4]
    assert {topic for topic, _ in tenth.packs} == {topic for topic, _ in PACKS}
    assert tenth.sent == {"clickstream": 4, "telemetry": 6 * 3}
