from hypothesis import given
from hypothesis import strategies as st

from cli.batches import batches

LINES = st.lists(st.binary(max_size=30).map(lambda b: b.replace(b"\n", b"") + b"\n"), max_size=40)


@given(lines=LINES, max_lines=st.integers(1, 7), max_bytes=st.integers(1, 60))
def test_every_line_is_sent_once_in_order_and_within_the_limits(
    lines: list[bytes], max_lines: int, max_bytes: int
) -> None:
    made = list(batches(lines, max_lines=max_lines, max_bytes=max_bytes))
    wanted = [line.strip() for line in lines if line.strip()]
    assert b"".join(batch.body for batch in made) == b"".join(line + b"\n" for line in wanted)
    assert sum(batch.lines for batch in made) == len(wanted)
    for batch in made:
        assert 1 <= batch.lines <= max_lines
        assert len(batch.body) <= max_bytes or batch.lines == 1


def test_a_last_line_without_newline_and_windows_line_ends_count() -> None:
    [batch] = batches([b'{"a":1}\r\n', b"\n", b'{"a":2}'])
    assert batch.body == b'{"a":1}\n{"a":2}\n'
