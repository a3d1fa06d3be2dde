import pytest

from athena_local.errors import InvalidRequestError
from athena_local.statements.hive_reader import HiveReader


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"'it\'s'", "it's"),
        ("'it''s'", "it's"),
        ("''''", "'"),
        ('"say ""hi"""', 'say "hi"'),
        ('"it\'s"', "it's"),
        (r"'\t\n\\\001\u00e9\;\d'", "\t\n\\\x01é;d"),
        ("'-- no /* comment */'", "-- no /* comment */"),
    ],
)
def test_texts(written: str, text: str) -> None:
    reader = HiveReader(written)
    assert reader.text() == text
    assert reader.ends()


def test_texts_with_a_space_between_them_are_two() -> None:
    reader = HiveReader("'a' 'b'")
    assert (reader.text(), reader.text()) == ("a", "b")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("T", (None, "t")),
        ("`a``b`", (None, "a`b")),
        ("shop . t", ("shop", "t")),
        ("AwsDataCatalog.shop.t", ("shop", "t")),
        ("`2026_logs`", (None, "2026_logs")),
        ("2026_logs", (None, "2026_logs")),
        ("timestamp", (None, "timestamp")),
    ],
)
def test_names_of_tables(written: str, named: tuple[str | None, str]) -> None:
    assert HiveReader(written).table() == named


@pytest.mark.parametrize("written", ["select", "_t", "'t'", '"t"', "1", "(", "", "a.b.c", "hive.shop.t"])
def test_what_is_no_name(written: str) -> None:
    with pytest.raises(InvalidRequestError):
        HiveReader(written).table()


def test_comments_are_no_words() -> None:
    reader = HiveReader("ADD -- one\n /* two */ COLUMNS")
    assert reader.skip("ADD", "COLUMNS")
    assert reader.ends()


def test_a_mismatch_tells_line_and_column() -> None:
    reader = HiveReader("ALTER\n  VIEW v")
    with pytest.raises(InvalidRequestError, match="line 2:3: mismatched input 'VIEW' expecting TABLE"):
        reader.expect("ALTER", "TABLE")
