from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOW
from thermocline.convert.left_out import LeftOut
from thermocline.convert.lines import said_of
from thermocline.events.batch import Refused
from thermocline.events.quarantine import quarantine_row

LINES = [b'{"source":"shop","event_id":"a"}', b'{"source":"shop","event_id":"b"}', b"{broken", b'{"event_id":"a"}\r']
DAMAGED = Refused(raw=b"\x00", reason="malformed", detail="a damaged frame")


def event_id(line: bytes) -> str:
    """The id that a refused line has in quarantine."""
    source, identity = said_of(line)
    refused = Refused(raw=line, reason="invalid", detail="")
    row = quarantine_row(
        refused, stream="visits", source=source, protocol=None, stage="convert", received=NOW, identity=identity
    )
    return str(row["event_id"])


@given(
    lines=st.lists(st.sampled_from(LINES), max_size=6),
    out=st.sets(st.sampled_from(LINES)),
    cuts=st.lists(st.integers(0, 200), max_size=3),
    ended=st.booleans(),
)
def test_lines_are_left_out_wherever_parts_end(
    lines: list[bytes], out: set[bytes], cuts: list[int], ended: bool
) -> None:
    text = b"\n".join(lines) + (b"\n" if ended else b"")
    places = [0, *sorted(cuts), len(text)]
    left_out = LeftOut("visits", [event_id(line) for line in out])
    parts = [text[start:end] for start, end in itertools.pairwise(places)]
    read = b"".join(part for part in left_out(iter(parts)) if isinstance(part, bytes))
    assert [line for line in read.split(b"\n") if line] == [line for line in lines if line not in out]
    assert left_out.lines == sum(line in out for line in lines)


def test_a_damaged_frame_ends_the_line_before_it() -> None:
    left_out = LeftOut("visits", [event_id(LINES[0])])
    kept = [part for part in left_out(iter([LINES[0], DAMAGED, LINES[1]])) if part]
    assert kept == [DAMAGED, LINES[1]]
