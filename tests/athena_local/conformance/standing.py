"""Where the endpoint stands: the verdict on every statement, and the files that hold it there.

``ratchet.txt`` names each statement that is not equal yet, with its verdict. ``refusals.yaml`` names each that is
refused clearly, below the reason. Both only shrink, but for statements that are new to the list.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import yaml

from tests.athena_local.conformance.asking import Endpoint
from tests.athena_local.conformance.entries import FOLDER, Answer, Entry
from tests.athena_local.conformance.judge import Verdict, verdict

RATCHET: Final = FOLDER / "ratchet.txt"
REFUSALS: Final = FOLDER / "refusals.yaml"

Verdicts = dict[Entry, tuple[Verdict, Answer]]


def judged(endpoint: Endpoint, answers: Mapping[Entry, Answer]) -> Verdicts:
    """Ask the endpoint every statement that Trino answered."""
    verdicts = {}
    for entry, trino in answers.items():
        answer = endpoint.answer(entry)
        verdicts[entry] = (verdict(entry, trino, answer), answer)
    return verdicts


def ratchet() -> dict[str, Verdict]:
    """Return the verdict of each statement that is neither equal nor refused on purpose, by its id."""
    lines = RATCHET.read_text("utf-8").splitlines()
    return {line.partition(" ")[0]: Verdict(line.partition(" ")[2]) for line in lines}


def refusals() -> dict[str, str]:
    """Return the reason of each refusal, by the statement's id."""
    reasons: dict[str, list[str]] = yaml.safe_load(REFUSALS.read_text("utf-8")) or {}
    return {name: reason for reason, names in reasons.items() for name in names}


def problems(verdicts: Verdicts, held: Mapping[str, Verdict], reasons: Mapping[str, str]) -> list[str]:
    """Tell what is worse than the files say, and what is better, so that they are to be brought up to date."""
    told = []
    for entry, (kind, answer) in verdicts.items():
        expected = _expected(entry.id, held, reasons)
        if kind != expected:
            told.append(f"{entry.id}: {kind.value}, expected {expected.value}: {entry.sql} -> {shown(answer)}")
    return told


def worse(verdicts: Verdicts, held: Mapping[str, Verdict], reasons: Mapping[str, str]) -> list[str]:
    """Name the statements whose verdict is graver than the files say."""
    kinds = {entry.id: kind for entry, (kind, _) in verdicts.items()}
    return [name for name, kind in kinds.items() if kind.gravity > _expected(name, held, reasons).gravity]


def _expected(name: str, held: Mapping[str, Verdict], reasons: Mapping[str, str]) -> Verdict:
    return Verdict.REFUSED if name in reasons else held.get(name, Verdict.EQUAL)


def hold(verdicts: Verdicts) -> None:
    """Write both files for what is; reasons that were written by hand stay."""
    known = refusals() if REFUSALS.exists() else {}
    reasons: dict[str, list[str]] = {}
    lines = []
    for entry, (kind, answer) in sorted(verdicts.items(), key=lambda item: item[0].id):
        if kind is Verdict.REFUSED:
            reasons.setdefault(known.get(entry.id, reason(answer)), []).append(entry.id)
        elif kind is not Verdict.EQUAL:
            lines.append(f"{entry.id} {kind.value}\n")
    RATCHET.write_text("".join(lines), "utf-8")
    REFUSALS.write_text(yaml.safe_dump(reasons, allow_unicode=True, width=110), "utf-8")


def reason(answer: Answer) -> str:
    """Return the sentence of a refusal, without the name of the error and the place in the statement."""
    return answer.message.removeprefix("NOT_SUPPORTED: ").split(": ", 1)[-1]


def table(verdicts: Mapping[str, Iterable[Verdict]]) -> str:
    """Lay out the number of each verdict, one line per area."""
    width = max(map(len, verdicts), default=4) + 2
    lines = ["".ljust(width) + "".join(name.rjust(9) for name in ("all", *_SHORT.values()))]
    total: Counter[Verdict] = Counter()
    for area, kinds in verdicts.items():
        counts = Counter(kinds)
        total += counts
        lines.append(_line(area.ljust(width), counts))
    return "\n".join([*lines, _line("all".ljust(width), total)])


_SHORT = {
    Verdict.EQUAL: "equal",
    Verdict.WRONG: "wrong",
    Verdict.ANSWERS: "answers",
    Verdict.FAILS: "fails",
    Verdict.ERROR: "error",
    Verdict.TYPE: "type",
    Verdict.TYPEOF: "typeof",
    Verdict.REFUSED: "refused",
}


def _line(name: str, counts: Mapping[Verdict, int]) -> str:
    numbers = (sum(counts.values()), *(counts.get(kind, 0) for kind in _SHORT))
    return name + "".join(str(number).rjust(9) for number in numbers)


def shown(answer: Answer) -> str:
    """One answer on one line."""
    if answer.error:
        return f"{answer.error}: {answer.message}"[:200]
    return f"{list(answer.rows)!r} {[type_ for _, type_ in answer.columns]!r} {list(answer.types)!r}"[:300]
