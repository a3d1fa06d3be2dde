"""How tables by temperature look in a terminal, and in JSON."""

from __future__ import annotations

import io

from rich.console import Console

from cli.prices import S3_GIB_MONTH, storage_month
from cli.tiers import as_json, tiers_tables, total_text
from thermocline.tiers.model import Level, TableLevels

GIB = 2**30
HOT = Level(files=1_092, rows=32_283, bytes=4 * GIB, oldest="2026-11-26-13", newest="2026-11-26-14",
            by_class={"STANDARD": 4 * GIB})  # fmt: skip
WARM = Level(files=13, rows=10_000_000, bytes=2 * GIB, oldest="2026-11-01T00:00:00Z", newest="2026-11-30T23:59:59Z",
             by_class={"INTELLIGENT_TIERING": GIB, "GLACIER_IR": GIB})  # fmt: skip
TABLES = {
    "clickstream": TableLevels(raw=Level(), hot=HOT, settling=Level(), warm=WARM, watermark="2026-11-26-13"),
    "telemetry": TableLevels(raw=Level(), hot=Level(), settling=Level(), warm=Level()),
}


def test_a_table_has_a_row_per_temperature_with_files_and_fits_a_terminal() -> None:
    out = io.StringIO()
    for table in tiers_tables(TABLES):
        Console(file=out, width=80).print(table)
    lines = out.getvalue().splitlines()
    assert lines[0].strip() == "clickstream, watermark 2026-11-26-13"
    assert [line.split() for line in lines[2:]] == [
        ["hot", "1,092", "32,283", "4.0", "GiB", "standard", "2026-11-26-13", "2026-11-26-14", "0.09"],
        ["warm", "13", "10,000,000", "2.0", "GiB", "mixed", "2026-11-01", "2026-11-30", "0.03"],
    ]
    assert max(map(len, lines)) <= 80


def test_json_has_the_shape_that_scripts_rely_on() -> None:
    answer = as_json(TABLES)
    assert answer["clickstream"]["watermark"] == "2026-11-26-13"
    for temperature in ("hot", "warm", "cold"):
        assert {"files", "rows", "bytes", "oldest", "newest"} <= answer["clickstream"][temperature].keys()
    assert answer["clickstream"]["hot"]["rows"] == 32_283
    assert answer["clickstream"]["hot"]["dollars_a_month"] == 0.092
    assert answer["clickstream"]["warm"]["dollars_by_class"] == {"INTELLIGENT_TIERING": 0.023, "GLACIER_IR": 0.004}
    assert answer["telemetry"]["watermark"] is None
    assert answer["telemetry"]["cold"]["files"] == 0


def test_the_total_names_the_prices() -> None:
    assert total_text(TABLES) == "1,105 files, $0.12 a month (S3 in us-east-1, prices of 2026-11)"
    small = TableLevels(raw=Level(), hot=Level(files=1, by_class={"STANDARD": 9}), settling=Level(), warm=Level())
    assert total_text({"clickstream": small}).startswith("1 files, less than $0.01 a month")
    assert total_text({}).startswith("0 files, $0 a month")


def test_storage_is_paid_by_class() -> None:
    assert storage_month({"STANDARD": GIB, "GLACIER_IR": 2 * GIB}) == S3_GIB_MONTH["STANDARD"] + 0.008
    assert storage_month({"OF TOMORROW": GIB}) == max(S3_GIB_MONTH.values())
