import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from cli.athena import QueryResult
from cli.formats import as_csv, as_json, as_table, as_text, fitting, summary


def result(columns: list[tuple[str, str]], *rows: tuple[str | None, ...]) -> QueryResult:
    return QueryResult(columns=tuple(columns), rows=rows, scanned_bytes=0)


def test_a_count_is_its_column_and_its_number() -> None:
    assert as_csv(result([("_col0", "bigint")], ("32283",))) == "_col0\n32283\n"


def test_csv_quotes_what_needs_it_and_null_is_empty() -> None:
    text = as_csv(result([("a", "varchar"), ("b", "varchar")], ('x "y", z', None), ("two\nlines", "ü")))
    assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ['x "y", z', ""], ["two\nlines", "ü"]]


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "=-5", "--5", "-1.2.3"])
def test_a_formula_gets_a_quote(cell: str) -> None:
    text = as_csv(result([("a", "varchar")], (cell,)))
    assert next(csv.reader(io.StringIO(text.split("\n", 1)[1]))) == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5", "+5", "-1.5E-10", "-.5", "-Infinity", "5-", "a=b"])
def test_a_number_or_harmless_text_gets_none(cell: str) -> None:
    assert as_csv(result([("a", "varchar")], (cell,))) == f"a\n{cell}\n"


def test_json_has_numbers_booleans_and_nulls_and_keeps_decimals_exact() -> None:
    columns = [("n", "bigint"), ("d", "double"), ("b", "boolean"), ("p", "decimal"), ("s", "varchar"), ("x", "double")]
    rows = json.loads(as_json(result(columns, ("9007199254740993", "1.5", "true", "1.10", None, "NaN"))))
    assert rows == [{"n": 9007199254740993, "d": 1.5, "b": True, "p": "1.10", "s": None, "x": "NaN"}]


def test_a_table_shows_markup_as_it_is() -> None:
    console = Console(file=io.StringIO(), width=80)
    console.print(as_table(result([("name", "varchar"), ("n", "bigint")], ("[red]x[/red]", "7"), (None, "12"))))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[red]x[/red]" in shown
    assert "│  7 │" in shown


def test_a_wide_result_is_shown_record_by_record() -> None:
    wide = result([(f"column_{n}", "varchar") for n in range(30)], tuple("x" * 10 if n else None for n in range(30)))
    console = Console(width=80, file=io.StringIO())
    console.print(fitting(wide, console))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert "│ column_29 │ xxxxxxxxxx │" in lines
    assert not any("column_0 " in line for line in lines), "nulls are left out"


def test_a_text_is_shown_by_its_lines() -> None:
    assert as_text(result([("Query Plan", "varchar")], ("Fragment 0",), ("    - Output",), (None,))) == (
        "Fragment 0\n    - Output\n\n"
    )


@pytest.mark.parametrize(
    ("written", "line"), [(None, "1 row, 0 bytes scanned"), (1234, "1,234 rows written, 0 bytes scanned")]
)
def test_a_line_sums_a_result_up(written: int | None, line: str) -> None:
    assert summary(replace(result([("n", "bigint")], ("7",)), written=written)) == line
