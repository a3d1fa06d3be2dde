"""The defences against loss, and the test that turns red when each is broken on purpose.

``python -m tests.defences`` breaks them one at a time in a copy of the tree, and fails if a test stays green;
``python -m tests.defences --docs`` writes docs/defences.md.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "defences.md"
_LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "build", "cdk.out*", "__pycache__", "*.egg-info", "benchmarks")

_HISTORIES = "tests/histories/test_no_loss.py::test_nothing_acknowledged_is_lost"
_INGEST = "tests/unit/thermocline/ingest/test_use_case.py"
_FIREHOSE = "tests/unit/thermocline/adapters/test_firehose.py"
_CONVERT = "tests/unit/thermocline/convert/test_use_case.py"
_LEDGER = "tests/unit/thermocline/adapters/test_dynamodb_ledger.py"
_SWEEP = "tests/unit/thermocline/convert/test_sweep.py"
_REQUEST = "tests/unit/thermocline/protocols/test_request.py"


class Defence(NamedTuple):
    """What it defends; how to break it: in `file` replace `old` with `new`; the test that notices."""

    what: str
    file: str
    old: str
    new: str
    test: str


DEFENCES = (
    Defence(
        "Ingest acknowledges only what is put",
        "thermocline/ingest/use_case.py",
        "            self._sink.put(stream, packer.records())",
        "            try:\n                self._sink.put(stream, packer.records())\n"
        "            except Transient:\n                pass",
        f"{_INGEST}::test_nothing_is_acknowledged_unless_every_put_succeeded",
    ),
    Defence(
        "… under any order of failures",
        "thermocline/ingest/use_case.py",
        "            self._sink.put(stream, packer.records())",
        "            try:\n                self._sink.put(stream, packer.records())\n"
        "            except Transient:\n                pass",
        _HISTORIES,
    ),
    Defence(
        "An answer of 200 with FailedPutCount is no success",
        "thermocline/adapters/firehose.py",
        'if not answer["FailedPutCount"]:',
        "if answer:",
        f"{_FIREHOSE}::test_every_record_is_stored_exactly_once",
    ),
    Defence(
        "Only the failed records are sent again",
        "thermocline/adapters/firehose.py",
        "return failed or records,",
        "return records,",
        f"{_FIREHOSE}::test_only_failed_entries_are_sent_again_in_order",
    ),
    Defence(
        "Failures that are counted but not named are failures",
        "thermocline/adapters/firehose.py",
        "return failed or records,",
        "return failed,",
        f"{_FIREHOSE}::test_failures_that_are_counted_but_not_named_are_all_sent_again",
    ),
    Defence(
        "The sender gets its 503 before the function's time is up",
        "thermocline/adapters/firehose.py",
        "if self._monotonic() >= deadline:",
        "if self._monotonic() >= deadline * 2:",
        f"{_FIREHOSE}::test_no_attempt_begins_after_the_budget_of_time",
    ),
    Defence(
        "A call keeps Firehose's 4 MiB",
        "thermocline/events/pack.py",
        "MAX_CALL_BYTES = 4 * 1024 * 1024",
        "MAX_CALL_BYTES = 5 * 1024 * 1024",
        f"{_FIREHOSE}::test_calls_keep_firehoses_limits",
    ),
    Defence(
        "A line that fits no record is quarantined, and its neighbours are not",
        "thermocline/events/pack.py",
        "if size > self._max_bytes:",
        "if size < 0:",
        f"{_INGEST}::test_an_event_that_only_escaping_makes_too_large_is_quarantined_alone",
    ),
    Defence(
        "A refused event becomes a bad row",
        "thermocline/ingest/use_case.py",
        "bad.add(_bad_row(Refused.because(error, event.raw), batch, origin))",
        "_ = error",
        f"{_INGEST}::test_every_event_of_an_acknowledged_request_is_good_or_quarantined",
    ),
    Defence(
        "A decompressed body is capped",
        "thermocline/protocols/request.py",
        "        if room < 0:\n",
        "        if room < -(10**9):\n",
        f"{_REQUEST}::test_the_cap_counts_what_comes_out",
    ),
    Defence(
        "A truncated gzip body is refused, not half taken",
        "thermocline/protocols/request.py",
        "if len(plain) < most and not member.eof:",
        "if len(plain) < 0:",
        f"{_REQUEST}::test_truncated_gzip_is_refused",
    ),
    Defence(
        "Convert refuses a truncated object whole",
        "thermocline/convert/ndjson.py",
        "if not member.eof:",
        "if member.unused_data:",
        f"{_CONVERT}::test_truncated_gzip_raises_writes_nothing_and_stays_open",
    ),
    Defence(
        "A bad message does not hold up its batch",
        "lambdas/convert/handler.py",
        "        return False",
        "        raise",
        "tests/handlers/test_convert.py::test_only_the_failed_messages_come_again",
    ),
    Defence(
        "A failed message is delivered again",
        "lambdas/convert/handler.py",
        "        return False",
        "        return True",
        "tests/handlers/test_convert.py::test_only_the_failed_messages_come_again",
    ),
    Defence(
        "The first conversion fixes the generation",
        "thermocline/adapters/dynamodb_ledger.py",
        ', ConditionExpression="attribute_not_exists(pk)")',
        ")",
        f"{_LEDGER}::test_the_first_delivery_fixes_the_generation",
    ),
    Defence(
        "What is done is left alone",
        "thermocline/convert/use_case.py",
        "        if entry.done:\n            return None\n",
        "",
        f"{_CONVERT}::test_ten_deliveries_write_one_version",
    ),
    Defence(
        "A crash between write and ledger leaves the same object",
        "thermocline/convert/use_case.py",
        "self._convert(stream, raw_key, entry.gen)",
        "self._convert(stream, raw_key, gen)",
        f"{_CONVERT}::test_a_crash_before_the_ledger_is_written_leaves_the_same_objects_hours_later",
    ),
    Defence(
        "The ledger says done only after the write",
        "thermocline/convert/use_case.py",
        "        outcome = self._convert(stream, raw_key, entry.gen)\n",
        "        self._ledger.finish(entry, Outcome(rows=0, quarantined=0, raw_bytes=0))\n"
        "        outcome = self._convert(stream, raw_key, entry.gen)\n",
        _HISTORIES,
    ),
    Defence(
        "No closed generation grows",
        "thermocline/tiers/layout.py",
        "return max(hour, watermark or hour)",
        "return hour",
        _HISTORIES,
    ),
    Defence(
        "An object whose notification was lost is found",
        "thermocline/convert/sweep.py",
        "progress.get(found.key, _NO_ENTRY).done",
        "progress.get(found.key, Progress(done=True, sweeps=0)).done",
        _HISTORIES,
    ),
    Defence(
        "What is begun and never done is queued again",
        "thermocline/convert/sweep.py",
        "progress.get(found.key, _NO_ENTRY).done",
        "found.key in progress",
        f"{_SWEEP}::test_missing_and_unfinished_objects_are_queued_the_oldest_first",
    ),
    Defence(
        "The batch of a killed convert comes back within half a minute",
        "thermocline/convert/heartbeat.py",
        "        self._beat()\n        self._thread.start()",
        "        self._thread.start()",
        "tests/histories/test_no_loss.py::test_the_batch_of_a_killed_convert_is_done_within_a_minute",
    ),
    Defence(
        "Work that lasts keeps its messages from others",
        "thermocline/convert/heartbeat.py",
        "        while not self._ended.wait(self._beat_seconds):",
        "        while False:",
        "tests/unit/thermocline/convert/test_heartbeat.py::test_work_that_lasts_is_hidden_until_it_ends",
    ),
    Defence(
        "An outage of minutes makes no dead letters",
        "thermocline/convert/heartbeat.py",
        "self.first_seconds * int(4 ** min(max(receives, 1) - 1, 20))",
        "self.first_seconds",
        "tests/unit/thermocline/convert/test_heartbeat.py::test_waits_grow_and_together_outlast_an_outage_of_an_hour",
    ),
    Defence(
        "A full disk offline fails no invocation",
        "offline/journal.py",
        "        self._if_possible(lambda: self._add(invocation))",
        "        self._add(invocation)",
        "tests/unit/offline/test_journal.py::test_a_full_disk_leaves_a_gap_and_no_error",
    ),
    Defence(
        "A raw object that no sweep cures is not queued for ever",
        "thermocline/convert/sweep.py",
        "progress[found.key].sweeps >= MAX_SWEEPS",
        "progress[found.key].sweeps < 0",
        f"{_SWEEP}::test_what_no_sweep_cures_is_left_to_the_dead_letters",
    ),
    Defence(
        "The sweeper does not swamp a queue that is behind",
        "thermocline/convert/sweep.py",
        "max(0, MAX_WAITING - self._arrivals.waiting())",
        "MAX_WAITING",
        f"{_SWEEP}::test_a_queue_that_is_behind_gets_no_more_than_it_has_room_for",
    ),
    Defence(
        "Ledger keys that DynamoDB left unprocessed are asked for again",
        "thermocline/adapters/dynamodb_ledger.py",
        'left = answer.get("UnprocessedKeys", {})',
        "left = {}",
        f"{_LEDGER}::test_keys_that_dynamodb_left_unprocessed_are_asked_for_again",
    ),
    Defence(
        "A failed entry of a batch send is a failure",
        "thermocline/adapters/sqs.py",
        "        if failed:\n",
        "        if not failed and failed:\n",
        "tests/unit/thermocline/adapters/test_sqs.py::test_a_failure_inside_an_answer_of_200_is_not_overlooked",
    ),
    Defence(
        "Object keys of notifications are decoded",
        "thermocline/convert/arrivals.py",
        "unquote_plus(record.s3.object.key)",
        "record.s3.object.key",
        "tests/unit/thermocline/convert/test_arrivals.py::test_all_keys_of_a_notification_decoded",
    ),
    Defence(
        "A dead letter is deleted only after it was sent",
        "cli/redrive.py",
        "_delete(sqs, source, sent)",
        "_delete(sqs, source, messages)",
        "tests/unit/cli/test_redrive.py::test_what_could_not_be_sent_stays_a_dead_letter",
    ),
    Defence(
        "The real Segment client loses nothing on an endpoint that fails",
        "thermocline/ingest/use_case.py",
        'return _failure(503, "unavailable",',
        'return _failure(400, "unavailable",',
        "tests/histories/test_segment_client.py::test_every_event_lands_and_none_is_acknowledged_without_landing",
    ),
    Defence(
        "A bad message does not return its batch (infrastructure)",
        "stacks/constructs/queue.py",
        "report_batch_item_failures=True",
        "report_batch_item_failures=False",
        "tests/infra/test_processing_stack.py::test_a_bad_message_does_not_return_its_batch",
    ),
    Defence(
        "The sweeper is scheduled",
        "stacks/processing.py",
        "        self._schedule(self._sweeper(storage))",
        "        self._sweeper(storage)",
        "tests/infra/test_processing_stack.py::test_the_sweeper_runs_every_hour",
    ),
)


def page() -> str:
    """Return docs/defences.md."""
    rows = [
        f"| {d.what} | `{d.test.rpartition('::')[2]}` in {d.test.partition('::')[0]} "
        f"| {d.file}: {_shown(d.old)} → {_shown(d.new)} |"
        for d in DEFENCES
    ]
    return "\n".join(
        [
            "# Defences against loss",
            "",
            "Each defence, the test that turns red when it is broken on purpose, and how to break it.",
            "`python -m tests.defences` breaks them all, one at a time, in a copy of the tree, and fails if a test",
            "stays green. This page is generated from tests/defences.py (`python -m tests.defences --docs`).",
            "",
            "| defence | test | how to break it |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def survives(defence: Defence, root: Path) -> str | None:
    """Break a defence in a copy of the tree; return what is wrong with it, or None when its test turned red."""
    file = root / defence.file
    text = file.read_text()
    if text.count(defence.old) != 1:
        return f"{defence.file} has {defence.old!r} {text.count(defence.old)} times"
    file.write_text(text.replace(defence.old, defence.new))
    try:
        status = _run(root, [defence.test]).returncode
    finally:
        file.write_text(text)
    return None if status == 1 else f"pytest ended with {status}"


def main(wanted: str = "") -> int:
    """Break the defences whose text has `wanted` in it; return how many stayed unnoticed."""
    chosen = [defence for defence in DEFENCES if wanted in str(defence)]
    with tempfile.TemporaryDirectory(prefix="thermocline-defences-") as folder:
        root = Path(shutil.copytree(ROOT, Path(folder) / "tree", ignore=_LEFT_OUT))
        whole = _run(root, sorted({defence.test for defence in chosen}))
        if whole.returncode:
            print(f"the tests fail already:\n{whole.stdout}")
            return 1
        unnoticed = 0
        for defence in chosen:
            problem = survives(defence, root)
            unnoticed += problem is not None
            print(f"{'✗' if problem else '✓'} {defence.what}: {problem or defence.test}", flush=True)
    return unnoticed


def _run(root: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n",
        "0",
        "-m",
        "not nightly",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=600)


def _shown(code: str) -> str:
    shown = " ".join(code.split()).replace("|", "\\|")
    return f"`{shown}`" if shown else "nothing"


if __name__ == "__main__":
    if sys.argv[1:] == ["--docs"]:
        PAGE.write_text(page())
    else:
        sys.exit(min(main(*sys.argv[1:]), 1))
