import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from athena_local.execution.result_file import ResultFile, csv_line
from athena_local.tables.java_numbers import java_double


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0"), (0.1, "0.1"), (-0.0, "-0.0"), (0.001, "0.001"), (0.0001, "1.0E-4"), (9999999.0, "9999999.0"),
        (1e7, "1.0E7"), (1.234e25, "1.234E25"), (-1.5e-9, "-1.5E-9"), (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (123456789.5, "1.234567895E8"),
    ],
)  # fmt: skip
def test_doubles_are_written_as_java_does(value: float, text: str) -> None:
    assert java_double(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_double_reads_back(value: float) -> None:
    assert float(java_double(value)) == value


def test_csv_tells_null_from_empty() -> None:
    assert csv_line(["a", None, "", 'say "x",\n']) == '"a",,"","say ""x"",\n"\n'


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")), min_size=1))
def test_csv_reads_back(values: list[str]) -> None:
    assert next(csv.reader(io.StringIO(csv_line(values), newline=""))) == values


def test_pages_start_where_the_last_ended(tmp_path: Path) -> None:
    file = ResultFile(tmp_path / "rows")
    rows = [[str(number), None if number % 2 else "é\n"] for number in range(5)]
    assert file.write(rows, text=tmp_path / "csv", header=["a", "b"], quoted=True) == 5
    first, second_start = file.page(0, 2)
    second, end = file.page(second_start, 3)
    assert [*first, *second] == rows
    assert file.page(end, 3) == ([], end)


def test_without_a_header_the_text_is_tab_separated(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["a", None], ["b", "c"]]
    ResultFile(tmp_path / "rows").write(rows, text=tmp_path / "txt", header=None, quoted=False)
    assert (tmp_path / "txt").read_text() == "a\t\nb\tc"
    ResultFile(tmp_path / "rows").write(rows, text=tmp_path / "txt", header=["x", "y"], quoted=False)
    assert (tmp_path / "txt").read_text() == "x\ty\na\t\nb\tc"


@pytest.mark.parametrize("offset", [1, 5, 1000])
def test_a_page_begins_at_a_row(tmp_path: Path, offset: int) -> None:
    file = ResultFile(tmp_path / "rows")
    file.write([["abcdef"]], text=tmp_path / "csv", header=None, quoted=True)
    with pytest.raises(ValueError, match="no row begins"):
        file.page(offset, 1)
