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

_NO_LOSS = "tests/histories/test_no_loss.py"
_HISTORIES = f"{_NO_LOSS}::test_nothing_acknowledged_is_lost"
_INGEST = "tests/thermocline/ingest/test_use_case.py"
_ROWS = "tests/thermocline/warm/test_rows.py"
_FIREHOSE = "tests/thermocline/adapters/test_firehose.py"
_CONVERT = "tests/thermocline/convert/test_use_case.py"
_FRAMES = "tests/thermocline/convert/test_frames.py"
_CONTEXT = "tests/thermocline/ingest/protocols/test_segment_context.py"
_LEDGER = "tests/thermocline/adapters/test_dynamodb_ledger.py"
_LEASES = "tests/thermocline/adapters/test_dynamodb_leases.py"
_ATTEMPTS = "tests/thermocline/convert/test_attempts.py"
_SWEEP = "tests/thermocline/sweep/test_use_case.py"
_EDGE = "tests/thermocline/ingest/test_edge.py"
_BAD_ROWS = "tests/thermocline/ingest/test_bad_rows.py"
_CANARIES = "tests/histories/test_canaries.py"
_CLEANING = "tests/thermocline/events/test_cleaning.py"
_REQUEST = "tests/thermocline/ingest/http/test_request.py"
_SENML = "tests/thermocline/ingest/protocols/test_senml.py"
_LEAVES = "tests/thermocline/ingest/protocols/devices/test_leaves.py"
_MESSAGES = "tests/thermocline/ingest/protocols/devices/test_messages.py"
_RETRIES = "tests/thermocline/ingest/test_retries.py"
_FIELDS = "tests/thermocline/ingest/test_client_fields.py"
_CONTROL = "tests/thermocline/ingest/protocols/test_control_messages.py"
_EPOCHS = "tests/thermocline/ingest/protocols/test_epoch_rules.py"
_BOOK = "tests/thermocline/ingest/test_epochs.py"
_DYNAMO_EPOCHS = "tests/thermocline/adapters/test_dynamodb_epochs.py"
_ORDER = "tests/histories/test_order_of_changes.py"
_ICEBERG = "tests/thermocline/adapters/test_iceberg.py"
_AMBIGUOUS = "tests/thermocline/adapters/test_iceberg_ambiguous.py"
_REWRITING = "tests/thermocline/warm/test_rewriting.py"
_COMPACT = "tests/thermocline/compact/test_use_case.py"
_SEAL = "tests/thermocline/seal/test_use_case.py"
_UPKEEP = "tests/thermocline/upkeep/test_on_iceberg.py"
_RETAIN = "tests/thermocline/retain/test_use_case.py"
_REPLAY = "tests/thermocline/replay/test_rules.py"
_CLEAN = "tests/thermocline/clean/test_use_case.py"
_ORPHANS = "tests/thermocline/orphans/test_use_case.py"
_BALANCE = "tests/thermocline/balance/test_use_case.py"
_PUBLISH = "tests/thermocline/publish/test_use_case.py"
_VIEW = "tests/thermocline/publish/test_view.py"
_READERS = "tests/histories/readers/test_readers.py"
_ERASE = "tests/thermocline/erase/test_use_case.py"
_VERSIONS = "tests/thermocline/adapters/test_s3_versions.py"
_RULES = "tests/histories/tiers/test_rules.py"
_RECOVER = "tests/thermocline/recover/test_use_case.py"
_LEAVING_TABLE = "tests/thermocline/recover/test_table.py"
_AGAIN = "tests/thermocline/ingest/test_again.py"
_GLUE_JOBS = "tests/thermocline/adapters/test_glue_jobs.py"
_SUBJECTS = "tests/thermocline/convert/test_subjects.py"
_SUPPRESSION = "tests/thermocline/adapters/test_dynamodb_suppression.py"
_CHOICE = "tests/thermocline/restore/test_choice.py"
_RESTORED = "tests/histories/tiers/test_restored_rules.py"
_DYNAMO_RESTORE = "tests/thermocline/adapters/test_dynamodb_restore.py"
_TIERS = "tests/histories/tiers/test_tiers.py::test_every_row_is_there_and_once[100]"


class Defence(NamedTuple):
    """A defence: what it promises; how to break it (replace `old` with `new` in `file`); the test that turns red."""

    what: str
    file: str
    old: str
    new: str
    test: str


DEFENCES = (
    Defence(
        "Ingest acknowledges an event only after it was put",
        "thermocline/ingest/use_case.py",
        "            self._sink.put(stream, records)",
        "            try:\n                self._sink.put(stream, records)\n"
        "            except Transient:\n                pass",
        f"{_INGEST}::test_nothing_is_acknowledged_unless_every_put_succeeded",
    ),
    Defence(
        "… under any order of failures",
        "thermocline/ingest/use_case.py",
        "            self._sink.put(stream, records)",
        "            try:\n                self._sink.put(stream, records)\n"
        "            except Transient:\n                pass",
        _HISTORIES,
    ),
    Defence(
        "An answer of 200 with FailedPutCount is not a success",
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
        "A call stays within Firehose's 4 MiB",
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
        "bad.add(rows.bad(event, position, batch))",
        "_ = event",
        f"{_INGEST}::test_every_event_of_an_acknowledged_request_is_good_or_quarantined",
    ),
    Defence(
        "… and so does one that its contract refuses",
        "thermocline/ingest/use_case.py",
        "bad.add(rows.bad(Refused.event(event, error), position, batch))",
        "_ = error",
        f"{_INGEST}::test_a_quarantine_row_says_what_was_sent_and_why",
    ),
    Defence(
        "A decompressed body is capped",
        "thermocline/ingest/http/request.py",
        "if len(body) > allowed:",
        "if len(body) > 2 * allowed:",
        f"{_REQUEST}::test_the_cap_counts_what_comes_out",
    ),
    Defence(
        "A body is not unpacked for a wrong key",
        "thermocline/ingest/use_case.py",
        "        name = self._senders.before_body(request, protocol)\n",
        "        decoded_body(request)\n        name = self._senders.before_body(request, protocol)\n",
        "tests/thermocline/ingest/test_order_of_checks.py"
        "::test_a_wrong_key_in_a_header_is_refused_before_a_bomb_is_unpacked",
    ),
    Defence(
        "A throttled put slows the sender down",
        "thermocline/adapters/firehose.py",
        "raise (SinkThrottled if failure.is_throttle else SinkUnavailable)",
        "raise (SinkUnavailable)",
        f"{_FIREHOSE}::test_a_throttle_is_told_from_an_outage",
    ),
    Defence(
        "A truncated gzip body is refused, not accepted in part",
        "thermocline/events/gzipped.py",
        "if room and not member.eof:",
        "if room and not parts:",
        f"{_REQUEST}::test_truncated_gzip_is_refused",
    ),
    Defence(
        "Convert refuses all of a truncated gzip object",
        "thermocline/convert/raw.py",
        'raise zlib.error("it ends too early")',
        "break",
        f"{_CONVERT}::test_truncated_gzip_raises_writes_nothing_and_stays_open",
    ),
    Defence(
        "Every record is one zstd frame with a checksum",
        "thermocline/events/frames.py",
        "zstd.CompressionParameter.checksum_flag: 1",
        "zstd.CompressionParameter.checksum_flag: 0",
        f"{_FRAMES}::test_a_changed_letter_is_found_by_the_checksum",
    ),
    Defence(
        "A record that cannot be compressed keeps Firehose's limit",
        "thermocline/events/frames.py",
        "return frame_bytes * 256 // 257",
        "return frame_bytes",
        "tests/thermocline/events/test_pack.py::test_a_record_that_cannot_be_compressed_keeps_firehoses_limit",
    ),
    Defence(
        "A damaged frame is quarantined",
        "thermocline/convert/frames.py",
        "        yield _damaged(window, str(error))\n",
        "        _damaged(window, str(error))\n",
        f"{_CONVERT}::test_a_damaged_frame_is_quarantined_and_it_alone",
    ),
    Defence(
        "… and takes no other frame with it",
        "thermocline/convert/frames.py",
        "raw = window.take(following if following > 0 else len(window.data))",
        "raw = window.take(len(window.data))",
        f"{_FRAMES}::test_a_cut_frame_is_refused_and_it_alone",
    ),
    Defence(
        "A frame counts only when all of it is right",
        "thermocline/convert/frames.py",
        "        if frame.needs_input and size < _LONGEST_FRAME:",
        "        if not content:",
        f"{_FRAMES}::test_any_cut_loses_only_the_frame_that_it_cuts",
    ),
    Defence(
        "Damage behind lines that were taken fails the object",
        "thermocline/convert/frames.py",
        '        raise DamagedObject(f"its zstd frame before byte {window.start} cannot be read: {error}") from error',
        "        return",
        f"{_FRAMES}::test_damage_in_a_frame_that_is_no_record_fails_the_object",
    ),
    Defence(
        "Objects of a deployment, which mix lines and frames, are read",
        "thermocline/convert/frames.py",
        "        yield window.take(following)\n",
        "        yield window.take(len(window.data))\n",
        f"{_FRAMES}::test_lines_and_frames_may_be_mixed",
    ),
    Defence(
        "A label that is damaged takes no frame with it",
        "thermocline/convert/frames.py",
        "        elif size := _label_length(window):\n            window.take(size)\n",
        "",
        f"{_FRAMES}::test_a_damaged_label_loses_nothing_and_is_no_row",
    ),
    Defence(
        "Damage in a record leaves the label of the next one",
        "thermocline/convert/frames.py",
        "    return labels.record_start(data, frame) if frame > 0 else frame\n",
        "    return frame\n",
        f"{_FRAMES}::test_damage_ends_before_the_next_label",
    ),
    Defence(
        "What could not become a column stays in the context",
        "thermocline/ingest/protocols/segment_context.py",
        "if context.page != _NO_PAGE:",
        'if "page" in members:',
        f"{_CONTEXT}::test_nothing_is_lost_and_nothing_is_stored_twice",
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
        "A raw object has one entry, whose generation its first attempt fixes",
        "thermocline/adapters/dynamodb_ledger.py",
        'OR #status = :parked"',
        'OR #status <> :parked"',
        f"{_LEDGER}::test_an_object_is_entered_once",
    ),
    Defence(
        "Nothing enters a generation that has closed",
        "thermocline/adapters/dynamodb_ledger.py",
        'OR #closing <= :gen"',
        'OR #closing <> :gen"',
        f"{_LEDGER}::test_nothing_enters_a_closed_generation",
    ),
    Defence(
        "Nothing enters a generation that quarantine has closed",
        "thermocline/adapters/dynamodb_ledger.py",
        "_still_open(QUARANTINE, gen) if stream != QUARANTINE else None",
        "None",
        f"{_LEDGER}::test_nothing_enters_a_closed_generation",
    ),
    Defence(
        "A new object enters the open generation of its stream and of quarantine",
        "thermocline/convert/attempts.py",
        "max(hour, ledger.marks(stream).closing, ledger.marks(QUARANTINE).closing)",
        "max(hour, ledger.marks(stream).closing)",
        f"{_ATTEMPTS}::test_a_new_object_enters_the_open_generation",
    ),
    Defence(
        "An attempt begins under the current suppression list",
        "thermocline/adapters/dynamodb_ledger.py",
        '"#version = :version" if version else',
        '"#version <= :version OR #version >= :version" if version else',
        f"{_LEDGER}::test_an_attempt_begins_under_the_current_suppression_list_only",
    ),
    Defence(
        "An attempt that lost a race begins again with what is true by then",
        "thermocline/convert/attempts.py",
        "        except LedgerConflict:\n            pause(retry)",
        "        except LedgerConflict:\n            raise",
        f"{_ATTEMPTS}::test_a_generation_that_closes_meanwhile_is_not_entered",
    ),
    Defence(
        "Each attempt at an unfinished object has a token of its own",
        "thermocline/convert/attempts.py",
        "ledger.take_over(entry, token=token,",
        "ledger.take_over(entry, token=entry.token,",
        f"{_ATTEMPTS}::test_every_attempt_has_a_token_of_its_own_and_the_first_ones_generation",
    ),
    Defence(
        "An attempt that was taken over finishes nothing",
        "thermocline/adapters/dynamodb_ledger.py",
        'condition="#token = :token"',
        'condition="#token = :token OR attribute_exists(pk)"',
        f"{_LEDGER}::test_an_attempt_that_was_taken_over_cannot_finish",
    ),
    Defence(
        "No two attempts write the same file",
        "thermocline/layout.py",
        "-{token}.parquet",
        ".parquet",
        f"{_CONVERT}::test_after_a_crash_before_the_ledger_is_written_the_next_attempts_files_count",
    ),
    Defence(
        "An object that is done is not converted again",
        "thermocline/convert/attempts.py",
        "    if entry and entry.done:\n        return None\n",
        "",
        f"{_CONVERT}::test_ten_deliveries_write_once",
    ),
    Defence(
        "The ledger says done only after the write",
        "thermocline/convert/use_case.py",
        "        entry = self._convert(attempt, Hot(attempt))\n",
        "        self._ledger.finish(attempt.finished(files=(), lines=0, raw_bytes=0))\n"
        "        entry = self._convert(attempt, Hot(attempt))\n",
        f"{_NO_LOSS}::test_convert_killed_at_any_call_and_run_again_loses_nothing",
    ),
    Defence(
        "Marks never move back",
        "thermocline/adapters/dynamodb_ledger.py",
        'OR #{mark} < :gen"',
        'OR #{mark} <> :gen"',
        f"{_LEDGER}::test_marks_never_move_back",
    ),
    Defence(
        "A mark that meets an attempt's transaction is moved all the same",
        "thermocline/adapters/dynamodb_table.py",
        "if code != _CONFLICT:",
        "if code:",
        f"{_LEDGER}::test_a_single_write_that_meets_a_transaction_is_made_again",
    ),
    Defence(
        "A parked object belongs to no generation",
        "thermocline/adapters/dynamodb_ledger.py",
        'member=Write("Delete", member_key(entry.stream, entry.gen or "", entry.raw_key))',
        "member=None",
        f"{_LEDGER}::test_a_parked_entry_belongs_to_no_generation_until_it_begins_anew",
    ),
    Defence(
        "A parked object enters a generation that is open",
        "thermocline/adapters/dynamodb_ledger.py",
        'gen=None, status="parked"',
        'status="parked"',
        f"{_LEDGER}::test_a_parked_entry_belongs_to_no_generation_until_it_begins_anew",
    ),
    Defence(
        "An object that cannot be converted does not hold its generation up for ever",
        "thermocline/sweep/use_case.py",
        "for entry in given_up if self._parked(entry)",
        "for entry in given_up if not entry",
        f"{_NO_LOSS}::test_an_object_that_cannot_be_converted_holds_its_generation_up_until_it_is_parked",
    ),
    Defence(
        "An object that is parked during its last attempt keeps its message",
        "thermocline/convert/use_case.py",
        "        self._require_successor(raw_key)\n",
        "",
        "tests/thermocline/convert/test_use_case.py::test_the_message_of_an_attempt_whose_object_was_parked_is_not_done",
    ),
    Defence(
        "A dead letter that is redriven after days and fails again holds up no generation",
        "thermocline/sweep/use_case.py",
        "for entry in self._holding_up(hour_of(written_before)):",
        "for entry in self._holding_up(''):",
        f"{_SWEEP}::test_an_object_that_was_redriven_long_after_is_parked_too",
    ),
    Defence(
        "An object that fails after each sweep is not queued for ever",
        "thermocline/sweep/use_case.py",
        "entry.sweeps >= MAX_SWEEPS",
        "entry.sweeps < 0",
        f"{_SWEEP}::test_what_no_sweep_cures_is_parked_and_left_to_the_dead_letters",
    ),
    Defence(
        "An object whose notification was lost is found",
        "thermocline/sweep/use_case.py",
        "if not (listed.key in entries and entries[listed.key].done)",
        "if listed.key in entries and not entries[listed.key].done",
        f"{_SWEEP}::test_missing_and_unfinished_objects_are_queued_the_oldest_first",
    ),
    Defence(
        "A conversion that began and never ended is queued again",
        "thermocline/sweep/use_case.py",
        "(listed.key in entries and entries[listed.key].done)",
        "(listed.key in entries)",
        f"{_SWEEP}::test_missing_and_unfinished_objects_are_queued_the_oldest_first",
    ),
    Defence(
        "Ledger keys that DynamoDB left unprocessed are asked for again",
        "thermocline/adapters/dynamodb_table.py",
        'left := answer.get("UnprocessedKeys", {})',
        "left := {}",
        f"{_LEDGER}::test_keys_that_dynamodb_left_unprocessed_are_asked_for_again",
    ),
    Defence(
        "A lease has one holder",
        "thermocline/adapters/dynamodb_leases.py",
        "OR #until <= :now OR",
        "OR #until >= :now OR",
        f"{_LEASES}::test_a_lease_has_one_holder_until_it_is_released",
    ),
    Defence(
        "Only its holder releases a lease",
        "thermocline/adapters/dynamodb_leases.py",
        '"#token = :token"',
        '"#token >= :token"',
        f"{_LEASES}::test_only_its_holder_releases_a_lease",
    ),
    Defence(
        "The batch of a killed convert comes back within half a minute",
        "thermocline/convert/heartbeat.py",
        "        self._beat()\n        self._thread.start()",
        "        self._thread.start()",
        "tests/histories/test_no_loss.py::test_the_batch_of_a_killed_convert_is_done_within_a_minute",
    ),
    Defence(
        "The messages of a long conversion stay hidden until it ends",
        "thermocline/convert/heartbeat.py",
        "        while not self._ended.wait(self._beat_seconds):",
        "        while False:",
        "tests/thermocline/convert/test_heartbeat.py::test_work_that_lasts_is_hidden_until_it_ends",
    ),
    Defence(
        "An outage of minutes makes no dead letters",
        "thermocline/convert/heartbeat.py",
        "self.first_seconds * int(4 ** min(max(receives, 1) - 1, 20))",
        "self.first_seconds",
        "tests/thermocline/convert/test_heartbeat.py::test_waits_grow_and_together_outlast_an_outage_of_an_hour",
    ),
    Defence(
        "A full disk fails no invocation offline",
        "offline/journal.py",
        "        self._if_possible(lambda: self._add(invocation))",
        "        self._add(invocation)",
        "tests/offline/test_journal.py::test_a_full_disk_leaves_a_gap_and_no_error",
    ),
    Defence(
        "The sweeper does not swamp a queue that is behind",
        "thermocline/sweep/use_case.py",
        "max(0, MAX_WAITING - self._arrivals.waiting())",
        "MAX_WAITING",
        f"{_SWEEP}::test_a_queue_that_is_behind_gets_no_more_than_it_has_room_for",
    ),
    Defence(
        "A failed entry of a batch send is a failure",
        "thermocline/adapters/sqs.py",
        "        if failed:\n",
        "        if not failed and failed:\n",
        "tests/thermocline/adapters/test_sqs.py::test_a_failure_inside_an_answer_of_200_is_not_overlooked",
    ),
    Defence(
        "Object keys of notifications are decoded",
        "thermocline/convert/arrivals.py",
        "unquote_plus(record.s3.object.key)",
        "record.s3.object.key",
        "tests/thermocline/convert/test_arrivals.py::test_all_keys_of_a_notification_decoded",
    ),
    Defence(
        "A dead letter is deleted only after it was sent",
        "cli/redrive.py",
        "_delete(sqs, source, sent)",
        "_delete(sqs, source, messages)",
        "tests/cli/test_redrive.py::test_what_could_not_be_sent_stays_a_dead_letter",
    ),
    Defence(
        "The real Segment client loses nothing on an endpoint that fails",
        "thermocline/ingest/use_case.py",
        'return _failure(429, "throttled",',
        'return _failure(400, "throttled",',
        "tests/histories/test_segment_client.py::test_every_event_lands_and_none_is_acknowledged_without_landing",
    ),
    Defence(
        "A browser may send an event again with the headers of its SDK",
        "thermocline/ingest/protocols/browsers.py",
        '            "rsa-retry-attempt",\n',
        "",
        "tests/stacks/test_cors.py::test_each_client_may_send_its_headers",
    ),
    Defence(
        "A browser may read when to try again",
        "stacks/ingest.py",
        "                expose_headers=RESPONSE_HEADERS,\n",
        "",
        "tests/infra/test_ingest_stack.py::test_browsers_may_send_with_credentials",
    ),
    Defence(
        "RudderStack's browser SDK finds unsent events again after a reload",
        "thermocline/events/write_keys.py",
        '_SEPARATOR = "_"',
        '_SEPARATOR = "."',
        "tests/thermocline/events/test_write_keys.py"
        "::test_a_key_holds_no_dot_at_which_an_sdk_splits_the_names_of_its_queues",
    ),
    Defence(
        "A browser's beacon is accepted",
        "thermocline/ingest/protocols/browsers.py",
        '        routes=("POST /beacon/v1/batch",),',
        "        routes=(),",
        "tests/thermocline/ingest/protocols/test_browsers.py::test_a_beacon_has_its_key_in_the_url",
    ),
    Defence(
        "Segment's SDK gets settings that keep it at this endpoint",
        "thermocline/ingest/protocols/browsers.py",
        '        "apiHost": f"{host}/v1",\n',
        "",
        "tests/thermocline/ingest/protocols/test_browsers.py"
        "::test_segments_sdk_gets_its_own_destination_and_this_endpoint",
    ),
    Defence(
        "A bad message does not return its batch (infrastructure)",
        "kit/constructs/queue.py",
        "report_batch_item_failures=True",
        "report_batch_item_failures=False",
        "tests/infra/test_processing_stack.py::test_a_bad_message_does_not_return_its_batch",
    ),
    Defence(
        "A bad row keeps the event's id, even if a check after the protocol's refused it",
        "thermocline/events/batch.py",
        '            event_id=event.columns.get("event_id"),\n',
        "",
        f"{_BAD_ROWS}::test_a_bad_row_is_who_the_good_one_would_have_been",
    ),
    Defence(
        "Bad rows of two devices differ, even with equal payloads",
        "thermocline/events/quarantine.py",
        "*_distinguishing(around), refused.raw)",
        "refused.raw)",
        f"{_BAD_ROWS}::test_two_devices_bad_rows_say_whose_they_are",
    ),
    Defence(
        "A bad row says that something was cut out of it",
        "thermocline/events/quarantine.py",
        '"replayable": whole and whole_context,',
        '"replayable": True,',
        "tests/thermocline/events/test_quarantine.py::test_what_was_cut_is_marked",
    ),
    Defence(
        "The envelope of a private source's bad row is withheld",
        "thermocline/events/privacy.py",
        'row["payload"] = row["context"] = None',
        'row["payload"] = None',
        f"{_CANARIES}::test_an_anonymous_source_stores_no_canary",
    ),
    Defence(
        "An anonymous source's free text is not stored",
        "thermocline/events/privacy.py",
        "                del columns[name]",
        "                pass",
        f"{_CANARIES}::test_an_anonymous_source_stores_no_canary",
    ),
    Defence(
        "A required column that identifies somebody holds a pseudonym",
        "thermocline/events/privacy.py",
        "                columns[name] = self.pseudonym(columns[name])",
        "                pass",
        f"{_CANARIES}::test_an_anonymous_source_stores_no_canary",
    ),
    Defence(
        "A source that masks addresses stores none",
        "thermocline/events/privacy.py",
        "            stored[name] = _without_address(name, stored[name], is_json=name in self.documents)",
        "            pass",
        f"{_CANARIES}::test_other_sources_store_no_canary_but_those_that_they_keep_by_design",
    ),
    Defence(
        "Addresses and secrets are cut out of every event",
        "thermocline/events/cleaning.py",
        "    if any(sign in values for sign in _VALUE_SIGNS):",
        "    if not values:",
        f"{_CLEANING}::test_the_quick_look_overlooks_nothing",
    ),
    Defence(
        "… and out of bad rows",
        "thermocline/events/payload.py",
        "    if is_unambiguous(raw):\n",
        "    if raw:\n        return raw\n    if is_unambiguous(raw):\n",
        f"{_CANARIES}::test_other_sources_store_no_canary_but_those_that_they_keep_by_design",
    ),
    Defence(
        "Secrets are taken out of URLs",
        "thermocline/events/redaction.py",
        '    return text if redacted == url else "".join(redacted)',
        "    return text",
        f"{_CANARIES}::test_other_sources_store_no_canary_but_those_that_they_keep_by_design",
    ),
    Defence(
        "The sweeper is scheduled",
        "stacks/processing.py",
        "        self._schedule(self._sweeper(storage))",
        "        self._sweeper(storage)",
        "tests/infra/test_processing_stack.py::test_the_sweeper_runs_every_hour",
    ),
    Defence(
        "Every value of a device's message is a row or a member of extra",
        "thermocline/ingest/protocols/devices/leaves.py",
        "    if path and is_aside(path, value):\n        return value",
        "    if path and is_aside(path, value):\n        return NOTHING",
        f"{_LEAVES}::test_every_value_of_a_message_is_one_measurement_or_one_member_of_extra",
    ),
    Defence(
        "A message that measures nothing is a bad row",
        "thermocline/ingest/protocols/devices/messages.py",
        "    if not count:",
        "    if count < 0:",
        f"{_MESSAGES}::test_what_measures_nothing_is_a_bad_row_with_a_reason",
    ),
    Defence(
        "Two named values that are measured at once are two events",
        "thermocline/ingest/protocols/devices/readings.py",
        "_reading(around, _named(sender, around, facts), facts)",
        "_reading(around, sender, facts)",
        f"{_MESSAGES}::test_messages_with_a_name_and_a_value_measure_what_the_name_says",
    ),
    Defence(
        "Measurements of a device without a clock are no duplicates after its counter restarts",
        "thermocline/events/enrich.py",
        'received.astimezone(dt.UTC).isoformat(timespec="hours"))',
        '"")',
        "tests/thermocline/events/test_enrich.py::test_a_measurements_number_without_a_time_counts_within_an_hour",
    ),
    Defence(
        "Two devices that measure the same at once are two events",
        "thermocline/ingest/protocols/measurement.py",
        "        *(measurement.device_id, topic.name, measurement.metric,",
        "        *(measurement.metric,",
        "tests/thermocline/ingest/test_devices.py::test_two_devices_that_measure_the_same_at_once_are_two_events",
    ),
    Defence(
        "A SenML record that depends on a wrong base field becomes no row",
        "thermocline/ingest/protocols/senml.py",
        "    base.check(record)\n",
        "",
        f"{_SENML}::test_only_what_leans_on_a_wrong_base_field_is_refused_with_it",
    ),
    Defence(
        "The valid base fields of a bad SenML record apply to later records",
        "thermocline/ingest/protocols/senml_base.py",
        "        new = {name: value for name, value in record.fields.items() if name in BASE_FIELDS}",
        "        new = {} if record.wrong else {n: v for n, v in record.fields.items() if n in BASE_FIELDS}",
        f"{_SENML}::test_what_is_right_in_a_bad_record_holds_for_later_ones",
    ),
    Defence(
        "SenML records that only set base fields are counted",
        "thermocline/ingest/protocols/senml.py",
        "    skipped = len(raws) - len(events)",
        "    skipped = 0",
        f"{_SENML}::test_records_that_only_set_base_fields_are_counted",
    ),
    Defence(
        "An unknown field that must be understood refuses its SenML record",
        "thermocline/ingest/protocols/senml_record.py",
        "        elif name.endswith(MUST_UNDERSTAND):",
        "        elif name.endswith(MUST_UNDERSTAND * 9):",
        f"{_SENML}::test_a_bad_record_is_refused_alone",
    ),
    Defence(
        "A client's changes on a retry do not make another event",
        "thermocline/ingest/protocols/segment.py",
        '"sentAt", "_metadata", "writeKey"',
        '"sentAt", "writeKey"',
        f"{_RETRIES}::test_a_retry_of_segments_or_rudderstacks_clients",
    ),
    Defence(
        "Two different events with one id stay two, whatever their inner members are called",
        "thermocline/ingest/identity.py",
        "return text if len(value) == counted else encode_sorted(value)",
        'return text if len(value) == counted else b""',
        f"{_RETRIES}::test_another_event_is_another",
    ),
    Defence(
        "An id that lost characters does not replace another event's",
        "thermocline/ingest/http/caps.py",
        "            check_ids(event.columns)",
        "            pass",
        f"{_RETRIES}::test_an_id_that_lost_characters_could_be_two",
    ),
    Defence(
        "A CloudEvent's id that is not UTF-8 does not replace another event's",
        "thermocline/ingest/protocols/cloudevents.py",
        "return unquote_to_bytes(value).decode()",
        'return unquote_to_bytes(value).decode(errors="replace")',
        f"{_RETRIES}::test_a_binary_cloudevents_id_that_is_not_percent_encoded_utf_8",
    ),
    Defence(
        "A sending time that cannot be read refuses no event",
        "thermocline/events/enrich.py",
        "    except RefusedEvent:\n        return None\n    return None if sent in NEVER",
        "    except RefusedEvent:\n        raise\n    return None if sent in NEVER",
        f"{_FIELDS}::test_a_bad_sending_time_condemns_nothing",
    ),
    Defence(
        "A sender that uses another format is told so",
        "thermocline/ingest/protocols/formats.py",
        "        if refused and len(refused) == len(batch.events):",
        "        if not batch.events:",
        "tests/thermocline/ingest/protocols/test_formats.py::test_json_of_another_format_says_where_it_belongs",
    ),
    Defence(
        "A request with one event of the right format is accepted",
        "thermocline/ingest/protocols/formats.py",
        "        if refused and len(refused) == len(batch.events):",
        "        if refused:",
        "tests/thermocline/ingest/protocols/test_formats.py::test_among_good_events_it_is_a_bad_row",
    ),
    Defence(
        "Gzip that is padded with zeros is read",
        "thermocline/events/gzipped.py",
        'data = member.unused_data.lstrip(b"\\0")',
        'data = member.unused_data.lstrip(b"")',
        f"{_REQUEST}::test_padding_with_zeros_is_passed_over",
    ),
    Defence(
        "A row that has more members than a control message is not taken for one",
        "thermocline/ingest/protocols/control_messages.py",
        "class _Exact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):",
        "class _Exact(msgspec.Struct, frozen=True, kw_only=True):",
        f"{_CONTROL}::test_an_unwrapped_row_is_never_skipped_whatever_its_columns_are_called",
    ),
    Defence(
        "Rows whose schema names a table are not taken for control messages",
        "thermocline/ingest/protocols/control_messages.py",
        "    if schema_name is not None:\n        return _NAMES.fullmatch(schema_name) is not None\n",
        "",
        f"{_CONTROL}::test_its_form_does_not_count_where_schema_topic_or_key_say_otherwise",
    ),
    Defence(
        "A column called value does not make a row a tombstone",
        "thermocline/ingest/protocols/debezium_message.py",
        "class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):",
        "class _Record(msgspec.Struct, frozen=True):",
        f"{_CONTROL}::test_an_unwrapped_row_is_never_skipped_whatever_its_columns_are_called",
    ),
    Defence(
        "A null among unwrapped rows is kept, because it may be the delete itself",
        "thermocline/ingest/protocols/debezium.py",
        "if isinstance(message, _Skipped) and message.is_null:",
        "if False:",
        f"{_CONTROL}::test_a_tombstone_is_skipped_but_among_unwrapped_rows_it_may_be_the_delete_itself",
    ),
    Defence(
        "A column whose value was not logged is named, whatever the type of its marker",
        "thermocline/ingest/protocols/change.py",
        "if is_unavailable(bytes(value))]",
        """if bytes(value) == b'"__debezium_unavailable_value"']""",
        "tests/thermocline/ingest/protocols/test_debezium.py"
        "::test_every_type_of_the_marker_is_named_and_no_value_that_is_like_it",
    ),
    Defence(
        "Changes sort by their epoch before their position",
        "thermocline/ingest/protocols/log_position.py",
        'return f"{epoch:0{EPOCH_DIGITS}d}.{position.sort}.',
        'return f"{position.sort}.{epoch:0{EPOCH_DIGITS}d}.',
        f"{_ORDER}::test_failovers_of_mysql_are_seen_by_themselves",
    ),
    Defence(
        "A snapshot row compares by its position",
        "thermocline/ingest/protocols/log_position.py",
        "{position.sort}.{logged}.{total_order",
        "{logged}.{position.sort}.{total_order",
        f"{_ORDER}::test_one_log_with_snapshots_gives_the_databases_state_in_any_order",
    ),
    Defence(
        "The order of arrival does not decide which log is newer",
        "thermocline/ingest/protocols/epoch_rules.py",
        "for place in _in_order(changes):",
        "for place in range(len(changes)):",
        f"{_EPOCHS}::test_another_base_name_opens_an_epoch_in_whatever_order_one_request_has_them",
    ),
    Defence(
        "A log that arrives late opens no new epoch",
        "thermocline/ingest/protocols/epoch_rules.py",
        "if not later and time > max(newest.since, newest.latest):",
        "if not later:",
        f"{_EPOCHS}::test_a_new_log_that_arrives_after_a_newer_one_is_refused_and_opens_nothing",
    ),
    Defence(
        "An epoch does not begin before the older log's last change",
        "thermocline/ingest/protocols/epoch_rules.py",
        "if place and time <= self._epochs[place - 1].latest:",
        "if False:",
        f"{_EPOCHS}::test_no_log_is_the_newer_at_the_time_at_which_the_other_was_written",
    ),
    Defence(
        "A change of an older log, made after a newer one began, is not ordered by a guess",
        "thermocline/ingest/protocols/epoch_rules.py",
        "if seen.position.sort <= old.top and time <= old.latest:",
        "if True:",
        f"{_ORDER}::test_a_failback_is_refused_until_an_epoch_is_opened",
    ),
    Defence(
        "A new log with an old log's name is not taken for the old one",
        "thermocline/ingest/protocols/epoch_rules.py",
        "went_back = position.sort < epoch.top and time > epoch.latest",
        "went_back = position.sort < epoch.top and time < 0",
        f"{_ORDER}::test_a_log_that_begins_anew_under_its_name_is_refused_until_an_epoch_is_opened",
    ),
    Defence(
        "Changes that are read again after a restart are accepted",
        "thermocline/ingest/protocols/epoch_rules.py",
        "went_back = position.sort < epoch.top and time > epoch.latest",
        "went_back = position.sort < epoch.top and time > 0",
        f"{_EPOCHS}::test_what_a_connector_reads_again_after_a_restart_is_no_new_log",
    ),
    Defence(
        "No process uses an epoch before it is stored",
        "thermocline/ingest/epochs.py",
        "if structure(stored) != structure(after):",
        "if False:",
        f"{_BOOK}::test_what_was_not_written_yet_is_known_in_the_process_and_soon_in_the_others",
    ),
    Defence(
        "Two processes that open an epoch at once open only one",
        "thermocline/adapters/dynamodb_epochs.py",
        '{"ConditionExpression": "version = :version"}',
        '{"ConditionExpression": "version >= :version"}',
        f"{_DYNAMO_EPOCHS}::test_only_who_read_the_current_version_writes",
    ),
    Defence(
        "A process sees the epochs that others opened",
        "thermocline/adapters/dynamodb_epochs.py",
        "ConsistentRead=True",
        "ConsistentRead=False",
        f"{_DYNAMO_EPOCHS}::test_reads_are_strongly_consistent",
    ),
    Defence(
        "Without the registry no change is acknowledged",
        "thermocline/errors.py",
        "class EpochsUnavailable(Transient):",
        "class EpochsUnavailable(Terminal):",
        f"{_BOOK}::test_a_registry_that_does_not_answer_is_a_503_and_puts_nothing",
    ),
    Defence(
        "Behind the edge, a request without its secret gets no answer but 403",
        "thermocline/ingest/edge.py",
        "        if self._required:",
        "        if False:",
        f"{_EDGE}::test_without_one_nothing_is_answered_but_403",
    ),
    Defence(
        "The secret before a rotation stays valid",
        "thermocline/adapters/secrets.py",
        'values = (self._stage("AWSCURRENT"), self._stage("AWSPREVIOUS"))',
        'values = (self._stage("AWSCURRENT"),)',
        "tests/thermocline/adapters/test_secrets.py::test_the_current_value_and_the_one_before_are_valid",
    ),
    Defence(
        "A new secret is read at its first use",
        "thermocline/ingest/edge.py",
        "_is_one_of(sent, self._secrets.read_again())",
        "_is_one_of(sent, self._secrets())",
        f"{_EDGE}::test_a_value_that_is_new_is_known_at_its_first_use",
    ),
    Defence(
        "A compressed body passes the HTTP API whole",
        "edge/viewer_request.js",
        "headers['content-type'] = { value: 'application/octet-stream' };",
        "",
        "tests/edge/test_viewer_request.py::test_the_type_of_a_compressed_body_moves_aside",
    ),
    Defence(
        "A body that the HTTP API destroyed is refused with advice",
        "thermocline/ingest/http/request.py",
        "if body.startswith(_COMPRESSED_AS_TEXT):",
        "if False:",
        f"{_REQUEST}::test_what_a_gateway_took_for_text_is_refused_with_advice",
    ),
    Defence(
        "A commit to a warm table lands on the state that it was prepared from, or nowhere",
        "thermocline/adapters/iceberg_state.py",
        "        if self._seen is None:",
        "        if True:",
        f"{_AMBIGUOUS}::test_a_commit_is_refused_after_any_other_change_of_the_table",
    ),
    Defence(
        "A commit that was refused and had landed keeps its manifests",
        "thermocline/adapters/iceberg_files.py",
        '"""Leave the object to the orphan sweep."""',
        "self._client.delete_object(**_place(str(location)))",
        f"{_AMBIGUOUS}::test_the_table_itself_says_whether_a_commit_landed",
    ),
    Defence(
        "A commit under a token below the fence is refused",
        "thermocline/adapters/iceberg.py",
        "        if base.fence > change.token:",
        "        if False:",
        f"{_AMBIGUOUS}::test_a_token_below_the_fence_is_refused",
    ),
    Defence(
        "Every error of a commit leaves it to the table whether it landed",
        "thermocline/adapters/iceberg.py",
        "            self._commit(base, change)\n        except Exception as error:",
        "            self._commit(base, change)\n        except ValueError as error:",
        f"{_AMBIGUOUS}::test_the_table_itself_says_whether_a_commit_landed",
    ),
    Defence(
        "Nothing sends a commit twice: a Glue client that retries is refused",
        "thermocline/adapters/iceberg.py",
        'if glue.meta.config.retries.get("total_max_attempts") != 1:',
        "if False:",
        f"{_ICEBERG}::test_a_glue_client_that_retries_is_refused",
    ),
    Defence(
        "A commit of nothing moves the fence, and is a snapshot",
        "thermocline/adapters/iceberg.py",
        "            snapshot.commit()",
        "            if change.add or change.remove:\n                snapshot.commit()",
        f"{_ICEBERG}::test_a_commit_of_nothing_moves_fence_and_base",
    ),
    Defence(
        "A commit that is refused changes no other's identities",
        "thermocline/adapters/iceberg.py",
        "secrets.token_hex(16)",
        "'all'",
        f"{_ICEBERG}::test_everything_that_a_table_needs_is_referenced",
    ),
    Defence(
        "The orphan sweep is told of manifest lists, too",
        "thermocline/adapters/iceberg.py",
        "return lists.union(map(key_of, manifests), files, *identities)",
        "return set().union(map(key_of, manifests), files, *identities)",
        f"{_ICEBERG}::test_everything_that_a_table_needs_is_referenced",
    ),
    Defence(
        "Manifests have no bounds of what names a person",
        "thermocline/adapters/iceberg_tables.py",
        "column.name in contract.erasure_keys or ",
        "",
        f"{_ICEBERG}::test_manifests_say_nothing_of_a_person",
    ),
    Defence(
        "Rows that another engine deleted from a warm table do not come back",
        "thermocline/adapters/iceberg_state.py",
        "        if any(file.content is not DataFileContent.DATA for file in files.values()):",
        "        if False:",
        f"{_ICEBERG}::test_rows_that_another_engine_deleted_do_not_come_back",
    ),
    Defence(
        "Compaction commits only if every file that it read is still in the table",
        "thermocline/warm/rewriting.py",
        "whole = all(file.path in paths for file in prepared.remove)",
        "whole = True",
        f"{_REWRITING}::test_nothing_is_done_when_a_file_went_meanwhile",
    ),
    Defence(
        "… under any interleaving with promotion, replay and erasure",
        "thermocline/warm/rewriting.py",
        "whole = all(file.path in paths for file in prepared.remove)",
        "whole = True",
        f"{_COMPACT}::test_no_interleaving_changes_a_row",
    ),
    Defence(
        "… and only if the suppression list has not moved",
        "thermocline/warm/rewriting.py",
        "return whole and self._ledger.suppression().version == prepared.suppression",
        "return whole",
        f"{_REWRITING}::test_nothing_is_done_when_the_suppression_list_moved",
    ),
    Defence(
        "… since before the first file was read",
        "thermocline/compact/use_case.py",
        "add=merged, suppression=version)",
        "add=merged, suppression=self._ledger.suppression().version)",
        f"{_COMPACT}::test_a_list_that_moves_while_files_are_rewritten_ends_the_merge",
    ),
    Defence(
        "… and only if as many rows come out as went in",
        "thermocline/compact/use_case.py",
        "if (rows := _rows(merged)) != _rows(group):",
        "if (rows := _rows(merged)) < 0:",
        f"{_COMPACT}::test_rows_that_are_lost_by_the_rewriter_are_not_lost_by_the_table",
    ),
    Defence(
        "A rewriting whose lease was lost to one that committed stops",
        "thermocline/warm/rewriting.py",
        "if base.fence > token:",
        "if base.fence < 0:",
        f"{_REWRITING}::test_who_lost_the_lease_to_one_that_committed_stops",
    ),
    Defence(
        "A rewriting whose answer was lost is looked up in the table",
        "thermocline/warm/rewriting.py",
        "if _landed(prepared, base, paths):",
        "if not _landed(prepared, base, paths) and not paths:",
        f"{_REWRITING}::test_a_lost_answer_is_looked_up_in_the_table",
    ),
    Defence(
        "What expiry deletes is named by nothing that the table has after the commit",
        "thermocline/adapters/iceberg.py",
        "return sorted(named - self.referenced(table))",
        "return sorted(named)",
        f"{_ICEBERG}::test_expiry_of_rows_that_are_still_there_names_none_of_their_files",
    ),
    Defence(
        "… after a commit of expiry that may not have landed nothing is",
        "thermocline/adapters/iceberg.py",
        'raise CommitFailed(f"{table}: {error or type(error).__name__}") from error',
        "return sorted(named)",
        f"{_UPKEEP}::test_an_expiry_that_may_not_have_landed_deletes_nothing",
    ),
    Defence(
        "A snapshot that was read until a moment ago keeps its files, however old it is",
        "thermocline/adapters/iceberg_state.py",
        "if new.timestamp_ms < limit and",
        "if old.timestamp_ms < limit and",
        f"{_ICEBERG}::test_expiry_keeps_a_snapshot_that_was_read_until_a_moment_ago_however_old_it_is",
    ),
    Defence(
        "A snapshot that somebody named keeps its files",
        "thermocline/adapters/iceberg_state.py",
        " and old.snapshot_id not in named",
        "",
        f"{_ICEBERG}::test_expiry_keeps_a_snapshot_that_somebody_named",
    ),
    Defence(
        "The identities of a snapshot that is kept are kept, too",
        "thermocline/adapters/iceberg.py",
        "for index in {_told(each).get(IDS) for each in snapshots}",
        "for index in ()",
        f"{_ICEBERG}::test_everything_that_a_table_and_its_snapshots_need_is_referenced",
    ),
    Defence(
        "Sealing commits only if as many rows come out as went in",
        "thermocline/seal/use_case.py",
        "if (rows := _rows(written)) != _rows(part):",
        "if (rows := _rows(written)) < 0:",
        f"{_SEAL}::test_rows_that_are_lost_by_the_rewriter_are_not_lost_by_the_table",
    ),
    Defence(
        "… and only if the suppression list has not moved since before the first file was read",
        "thermocline/seal/use_case.py",
        "add=written, suppression=version)",
        "add=written, suppression=self._ledger.suppression().version)",
        f"{_SEAL}::test_a_list_that_moves_while_files_are_rewritten_ends_the_part",
    ),
    Defence(
        "A sealing that was interrupted goes on with the rows that came within the window",
        "thermocline/seal/plan.py",
        "len(late) < len(unsealed)\n        or ",
        "",
        f"{_SEAL}::test_killed_at_any_call_the_next_run_ends_as_a_clean_one",
    ),
    Defence(
        "The rows that a promotion leaves of a sealed file are all written",
        "thermocline/warm/rows.py",
        "for file in work.rest if file.sealed is sealed] for sealed in (False, True)}",
        "for file in work.rest if file.sealed is sealed] for sealed in (False,)}",
        f"{_UPKEEP}::test_a_generation_that_is_replaced_leaves_the_rest_of_a_sealed_file_sealed",
    ),
    Defence(
        "A released contract keeps the order of its files",
        "thermocline/contracts/evolution.py",
        "if new.sorted_by[: len(old.sorted_by)] != old.sorted_by:",
        "if not new.sorted_by:",
        "tests/thermocline/contracts/test_evolution.py::test_a_breaking_change_is_refused_whatever_the_minor_version",
    ),
    Defence(
        "… and its partitions",
        "thermocline/contracts/evolution.py",
        '    yield "partitionedBy", old.partitioned_by, new.partitioned_by\n',
        "",
        "tests/thermocline/contracts/test_evolution.py::test_a_breaking_change_is_refused_whatever_the_minor_version",
    ),
    Defence(
        "Retention keeps the young rows of a file that also has old ones",
        "thermocline/retain/use_case.py",
        "add=added, forget=gens",
        "forget=gens",
        f"{_RETAIN}::test_exactly_the_young_rows_stay",
    ),
    Defence(
        "Identities stay while a replay of raw may read them",
        "thermocline/retain/plan.py",
        "dt.timedelta(days=raw_days, hours=margin_hours)",
        "dt.timedelta(days=raw_days)",
        f"{_RETAIN}::test_identities_that_serve_no_replay_are_forgotten",
    ),
    Defence(
        "Hot files go only after the view in the catalog has passed them",
        "thermocline/clean/use_case.py",
        "sightings = seen(known, watermark, now)",
        "sightings = seen(known, self._ledger.marks(table).watermark, now)",
        f"{_CLEAN}::test_the_ledgers_watermark_alone_settles_nothing",
    ),
    Defence(
        "… by a margin",
        "thermocline/clean/settled.py",
        "if now - first >= margin",
        "if now >= first",
        f"{_CLEAN}::test_files_stay_until_the_view_was_past_them_for_the_margin",
    ),
    Defence(
        "… and anew after the view went back",
        "thermocline/clean/settled.py",
        "if mark < watermark} |",
        "if mark != watermark} |",
        "tests/thermocline/clean/test_settled.py::test_the_settled_watermark_was_never_undercut_within_the_margin",
    ),
    Defence(
        "… and only below the ledger's watermark",
        "thermocline/clean/use_case.py",
        "return min(limit, self._ledger.marks(table).watermark)",
        "return limit",
        f"{_CLEAN}::test_a_ledger_that_is_behind_the_view_keeps_what_it_will_promote_again",
    ),
    Defence(
        "The orphan sweep lists before it reads references",
        "thermocline/orphans/use_case.py",
        "        listed = list(self._listed(table))\n        referenced = self._referenced(table)\n",
        "        referenced = self._referenced(table)\n        listed = list(self._listed(table))\n",
        f"{_ORPHANS}::test_what_is_committed_while_the_bucket_is_listed_stays",
    ),
    Defence(
        "… leaves young objects alone",
        "thermocline/orphans/use_case.py",
        "old_before = self._clock() - self._safe_age",
        "old_before = self._clock()",
        f"{_ORPHANS}::test_what_is_young_stays_because_its_commit_may_be_under_way",
    ),
    Defence(
        "… and does not empty a table that refers to nothing",
        "thermocline/orphans/use_case.py",
        "if not referenced:",
        "if referenced is None:",
        f"{_ORPHANS}::test_a_table_that_refers_to_nothing_is_not_swept",
    ),
    Defence(
        "… or what is named by entries of other streams",
        "thermocline/orphans/use_case.py",
        "for stream in feeders(table, self._contracts)",
        "for stream in (table,)",
        f"{_ORPHANS}::test_quarantine_is_named_by_entries_of_every_stream",
    ),
    Defence(
        "Raw outlives the backstop of hot files",
        "stacks/config.py",
        "lake.raw_expire_after_days >= lake.hot_expire_after_days + _DAYS_TO_REPLAY",
        "lake.raw_expire_after_days > 0",
        "tests/stacks/test_config.py::test_wrong_values_are_named",
    ),
    Defence(
        "The balance counts rows in the hot files themselves, not by the ledger alone",
        "thermocline/balance/levels.py",
        "            return parquet.rows(file.key)",
        "            return file.rows",
        f"{_BALANCE}::test_what_is_wrong_shows_with_its_generation_and_difference",
    ),
    Defence(
        "A hot file that is missing has no rows in the balance",
        "thermocline/balance/levels.py",
        "            return None\n\n    files",
        "            return file.rows\n\n    files",
        f"{_BALANCE}::test_what_is_wrong_shows_with_its_generation_and_difference",
    ),
    Defence(
        "An object without an entry whose files are there is no pending one: its entry was lost",
        "thermocline/balance/raw.py",
        "                yield Waiting(key, gen, lost=gen is not None)",
        "                yield Waiting(key, None)",
        f"{_BALANCE}::test_what_is_wrong_shows_with_its_generation_and_difference",
    ),
    Defence(
        "A warm file that the table names and nobody finds has no rows in the balance",
        "thermocline/balance/warm.py",
        "            if _key(file.path) in there:",
        "            if file:",
        f"{_BALANCE}::test_what_is_wrong_shows_with_its_generation_and_difference",
    ),
    Defence(
        "What an entry says must add up",
        "thermocline/balance/raw.py",
        "    if named == entry.lines:",
        "    if entry.done:",
        f"{_BALANCE}::test_what_is_wrong_shows_with_its_generation_and_difference",
    ),
    Defence(
        "Only a table with retention may have fewer warm rows than were promoted",
        "thermocline/balance/levels.py",
        "counts.kept[place] - counts.rows[place] if self.contracts[table].retention_days else 0",
        "counts.kept[place] - counts.rows[place]",
        f"{_BALANCE}::test_without_retention_no_row_expires",
    ),
    Defence(
        "Ingest's own count may not be above raw's lines",
        "thermocline/balance/model.py",
        "return 0 if self.uncounted else max(0, self.put - self.raw)",
        "return 0",
        f"{_BALANCE}::test_ingests_count_may_be_lower_and_not_higher",
    ),
    Defence(
        "What was on its way at the first look is looked at again before it is called unbalanced",
        "thermocline/balance/use_case.py",
        "        again = self._look(among, names)",
        "        again = books",
        f"{_BALANCE}::test_what_was_on_its_way_at_the_first_look_balances_at_the_second",
    ),
    Defence(
        "A view's version is read before the watermark, so that no view goes back",
        "thermocline/publish/use_case.py",
        "            view = self._views.read(contract.table)\n"
        "            watermark = self._marks.marks(table).watermark\n",
        "            watermark = self._marks.marks(table).watermark\n"
        "            view = self._views.read(contract.table)\n",
        f"{_PUBLISH}::test_a_view_never_goes_back_whoever_publishes_in_between",
    ),
    Defence(
        "A view is replaced only if it is still the one that was read",
        "thermocline/adapters/glue_views.py",
        "TableInput=wanted, VersionId=version, SkipArchive=True",
        "TableInput=wanted, SkipArchive=True",
        "tests/thermocline/adapters/test_glue_views.py"
        "::test_an_update_names_the_version_that_it_replaces_and_archives_nothing",
    ),
    Defence(
        "A view passes a generation after its rows are committed, as readers see it",
        "thermocline/promote/use_case.py",
        "            if written := self._commit(table, gen, token, entries):\n",
        "            self._ledger.advance(table, following(gen))\n"
        "            self._publish(table)\n"
        "            if written := self._commit(table, gen, token, entries):\n",
        f"{_READERS}::test_every_answer_is_a_state_the_lake_had[short]",
    ),
    Defence(
        "No generation is read from both levels",
        "thermocline/publish/view.py",
        "gen < '{self.end}'",
        "gen <= '{self.end}'",
        f"{_VIEW}::test_each_event_is_there_once_in_each_level",
    ),
    Defence(
        "Twins in several objects above the watermark are one row",
        "thermocline/publish/view.py",
        "copy_number = 1 AND (twins.place IS NULL OR twins.place = ROW({place}))",
        "copy_number = 1",
        f"{_VIEW}::test_each_event_is_there_once_in_each_level",
    ),
    Defence(
        "Twins within one object are one row",
        "thermocline/publish/view.py",
        "WHERE copy_number = 1 AND (twins",
        "WHERE (twins",
        f"{_VIEW}::test_each_event_is_there_once_in_each_level",
    ),
    Defence(
        "A quarantined row is shown once, although an attempt that died left it, too",
        "thermocline/publish/view.py",
        'AND (attempts.attempt_path IS NULL OR attempts.attempt_path = "$path")',
        "",
        f"{_VIEW}::test_quarantined_rows_are_those_of_one_attempt_at_each_object",
    ),
    Defence(
        "A typed column is read from the text for every generation that earlier code can have written",
        "thermocline/publish/since.py",
        "return following(max(",
        "return (max(",
        f"{_PUBLISH}::test_a_new_columns_generation_is_after_any_that_earlier_code_can_write",
    ),
    Defence(
        "Only a deploy's end, when convert's new code runs, notes a typed column",
        "thermocline/publish/use_case.py",
        "self.noting(table, lambda view: view.since if view else self._marks.since(table))",
        'self.noting(table, lambda view: noted(self._contracts[table], {}, first=""))',
        f"{_PUBLISH}::test_a_publish_before_the_deploys_end_notes_nothing",
    ),
    Defence(
        "Generations ahead of the clock stay readable",
        "thermocline/contracts/glue.py",
        "NOW+48HOURS",
        "NOW+1HOURS",
        "tests/thermocline/contracts/test_exporters.py::test_the_projection_makes_the_prefixes_that_convert_writes",
    ),
    Defence(
        "close_first: closing moves past a generation before its ledger is read",
        "thermocline/promote/use_case.py",
        "        self._ledger.close(table, following(gen))\n",
        "",
        f"{_RULES}::test_no_entry_enters_a_generation_whose_ledger_was_read",
    ),
    Defence(
        "… under any order of failures",
        "thermocline/promote/use_case.py",
        "        self._ledger.close(table, following(gen))\n",
        "",
        _TIERS,
    ),
    Defence(
        "close_first: generations are closed before they are passed over",
        "thermocline/promote/use_case.py",
        "        self._ledger.close(table, limit)\n",
        "",
        f"{_RULES}::test_no_entry_enters_a_generation_that_is_passed_over",
    ),
    Defence(
        "close_first: and looked at once more after that",
        "thermocline/promote/use_case.py",
        "        if gen is not None and gen < limit:\n            return gen\n",
        "",
        f"{_RULES}::test_what_enters_while_a_generation_is_about_to_be_passed_over_is_promoted",
    ),
    Defence(
        "in_order: an earlier generation that got an entry meanwhile goes first",
        "thermocline/promote/use_case.py",
        "        gen = min(gen, self._oldest(table) or gen)\n",
        "",
        f"{_RULES}::test_an_entry_of_an_earlier_generation_is_promoted_first",
    ),
    Defence(
        "in_order: a generation below the watermark is not promoted",
        "thermocline/promote/use_case.py",
        "            if gen < self._ledger.marks(table).watermark:",
        "            if False:",
        f"{_RULES}::test_a_generation_that_was_passed_over_meanwhile_is_not_committed",
    ),
    Defence(
        "A generation waits until all of its entries are done",
        "thermocline/promote/use_case.py",
        "            if pending := _pending(entries):\n                return self._waiting(table, gen, pending)\n",
        "",
        f"{_RULES}::test_a_generation_waits_for_all_of_its_entries",
    ),
    Defence(
        "named: promotion reads the files of its table that entries name, of all entries",
        "thermocline/promote/use_case.py",
        "for entry in entries for file in entry.files_of(table)",
        "for entry in entries[:1] for file in entry.files_of(table)",
        _TIERS,
    ),
    Defence(
        "replace: the commit of a generation replaces what the table has of it",
        "thermocline/promote/use_case.py",
        "remove=tuple(old)",
        "remove=()",
        f"{_RULES}::test_a_commit_that_landed_and_whose_snapshot_is_gone_doubles_nothing",
    ),
    Defence(
        "replace: rows of other generations in the same files stay",
        "thermocline/promote/use_case.py",
        "rest=tuple(file for file in old if not file.holds_only(gen))",
        "rest=()",
        f"{_RULES}::test_a_generation_that_was_merged_with_another_is_replaced_row_by_row",
    ),
    Defence(
        "fence: who lost the lease commits nothing after the next holder",
        "thermocline/promote/use_case.py",
        "if base.fence > token:",
        "if False:",
        f"{_RULES}::test_who_lost_the_lease_changes_nothing",
    ),
    Defence(
        "fence_always: a commit is made even if no row stays",
        "thermocline/promote/use_case.py",
        "return written if self._landed(base, change) else None",
        "return written if not written.files or self._landed(base, change) else None",
        f"{_RULES}::test_a_row_is_known_as_long_as_it_keeps_coming_kept_or_dropped",
    ),
    Defence(
        "A commit whose answer was lost is looked for, and not made again",
        "thermocline/promote/use_case.py",
        "            if (change.gens[0], change.token) in now.commits:\n                return True\n",
        "",
        f"{_RULES}::test_a_commit_that_landed_and_failed_is_not_made_again",
    ),
    Defence(
        "A commit that failed is not taken for one that landed",
        "thermocline/promote/use_case.py",
        "        except CommitFailed:\n",
        "        except CommitFailed:\n            return True\n",
        f"{_RULES}::test_a_commit_that_did_not_land_is_prepared_again",
    ),
    Defence(
        "recompute: after a lost swap all is prepared again",
        "thermocline/promote/use_case.py",
        "            return False\n",
        "            return self._landed(now, change)\n",
        f"{_RULES}::test_a_commit_that_landed_and_whose_snapshot_is_gone_doubles_nothing",
    ),
    Defence(
        "presence: identities of a generation are committed with it",
        "thermocline/promote/use_case.py",
        "ids={gen: written.ids}",
        "ids={}",
        _TIERS,
    ),
    Defence(
        "presence: all generations of the window count",
        "thermocline/promote/use_case.py",
        "if first <= other < gen",
        "if first < other < gen",
        f"{_RULES}::test_a_row_is_known_as_long_as_it_keeps_coming_kept_or_dropped",
    ),
    Defence(
        "promote_sv: rows of who is on the suppression list are left out, read after the lease",
        "thermocline/promote/use_case.py",
        "suppression=self._ledger.suppression()",
        "suppression=type(self._ledger.suppression())()",
        f"{_RULES}::test_rows_of_who_is_on_the_list_by_the_time_of_the_lease_are_left_out",
    ),
    Defence(
        "The watermark moves after the commit",
        "thermocline/promote/use_case.py",
        "            if written := self._commit(table, gen, token, entries):",
        "            self._ledger.advance(table, following(gen))\n"
        "            if written := self._commit(table, gen, token, entries):",
        _TIERS,
    ),
    Defence(
        "Quarantine waits for the entries of every stream",
        "thermocline/promote/use_case.py",
        "return self._streams if table == QUARANTINE else ()",
        "return ()",
        f"{_RULES}::test_quarantine_waits_for_the_entries_of_every_stream",
    ),
    Defence(
        "Quarantine goes only as far as all streams have closed",
        "thermocline/promote/use_case.py",
        "limit = min([before, *(self._ledger.marks(stream).closing for stream in self._feeders(table))])",
        "limit = before",
        f"{_RULES}::test_quarantine_goes_only_as_far_as_all_streams_have_closed",
    ),
    Defence(
        "A promotion that died before it published is published by the next",
        "thermocline/promote/use_case.py",
        "            self._publish(table)  # an earlier run may have died before it\n",
        "",
        f"{_RULES}::test_a_promoter_killed_at_any_call_and_run_again_shows_each_row_once",
    ),
    Defence(
        "skip_done: a redelivery of what is done writes nothing",
        "thermocline/convert/attempts.py",
        "    if entry and entry.done:\n        return None\n",
        "",
        f"{_RULES}::test_a_redelivery_of_what_is_done_writes_nothing",
    ),
    Defence(
        "begin_checks: an object enters no generation that its stream has closed",
        "thermocline/convert/attempts.py",
        "max(hour, ledger.marks(stream).closing,",
        "max(hour,",
        _TIERS,
    ),
    Defence(
        "q_begin: an object enters no generation that quarantine has closed",
        "thermocline/convert/attempts.py",
        ", ledger.marks(QUARANTINE).closing)",
        ")",
        f"{_RULES}::test_an_object_enters_no_generation_that_quarantine_has_closed",
    ),
    Defence(
        "tok_attempt: an attempt that was taken over cannot finish",
        "thermocline/convert/attempts.py",
        "        ledger.take_over(entry, token=token, suppression=listed.version)\n",
        "        token = entry.token\n",
        f"{_RULES}::test_an_attempt_that_was_taken_over_cannot_finish",
    ),
    Defence(
        "sv_begin: an attempt begins under the list that it applies",
        "thermocline/convert/attempts.py",
        "    listed = ledger.suppression()\n",
        "    listed = msgspec.structs.replace(ledger.suppression(), version=0)\n",
        _TIERS,
    ),
    Defence(
        "Lines of a suppressed subject never become rows",
        "thermocline/convert/subjects.py",
        "        kept = rows.filter(admitted)",
        "        kept = rows",
        f"{_SUBJECTS}::test_lines_of_suppressed_subjects_are_left_out_and_counted",
    ),
    Defence(
        "… nor bad lines, if their subject can be read",
        "thermocline/convert/subjects.py",
        "if not any(list(self._held(line)))]",
        "if list(self._held(line))]",
        f"{_SUBJECTS}::test_a_bad_line_is_left_out_although_its_payload_is_cut_before_its_subject",
    ),
    Defence(
        "The digests of a raw object's subjects have those of left-out lines, too",
        "thermocline/convert/subjects.py",
        "        return [value for value in values if known.get(value) in self._suppressed] "
        "if self._suppressed else []",
        "        held = [value for value in values if known.get(value) in self._suppressed]\n"
        "        self._digests[column] = {value: known[value] for value in known if value not in held}\n"
        "        return held",
        f"{_SUBJECTS}::test_lines_of_suppressed_subjects_are_left_out_and_counted",
    ),
    Defence(
        "A row that promotion leaves out for its subject is counted",
        "thermocline/warm/identities.py",
        "NULL, NULL, NULL FROM suppressed",
        "NULL, NULL, NULL FROM suppressed WHERE false",
        f"{_ROWS}::test_rows_of_suppressed_subjects_are_only_counted",
    ),
    Defence(
        "An attempt is open from its begin, so that erasure waits for it",
        "thermocline/adapters/dynamodb_ledger.py",
        "            attempt=self._begun(entry.raw_key, token, suppression),\n",
        "",
        f"{_LEDGER}::test_attempts_are_open_until_they_say_that_they_ended",
    ),
    Defence(
        "A suppression never ends earlier than somebody was told",
        "thermocline/adapters/dynamodb_suppression.py",
        "longer = [digest for digest in digests if _is_longer(end, listed.get(digest))]",
        "longer = list(digests)",
        f"{_SUPPRESSION}::test_a_subject_is_suppressed_until_its_time_which_is_never_made_shorter",
    ),
    Defence(
        "A table's job that is under way is not started twice, though the answer to its start was lost",
        "thermocline/adapters/glue_jobs.py",
        'if run["JobRunState"] in _UNDER_WAY and',
        'if run["JobRunState"] == "nothing" and',
        f"{_GLUE_JOBS}::test_a_tables_run_that_is_under_way_is_not_started_twice",
    ),
    Defence(
        "A job begins no generation that its end could cut off",
        "thermocline/promote/jobs.py",
        "or monotonic() >= end:",
        "or monotonic() >= end + seconds:",
        "tests/thermocline/promote/test_jobs.py::test_the_job_begins_nothing_after_half_of_its_time",
    ),
    Defence(
        "A job that fails is told, and its table is not taken for promoted",
        "thermocline/promote/jobs.py",
        'if seen.status == "failed":',
        'if seen.status == "nothing":',
        "tests/thermocline/promote/test_jobs.py::test_a_job_that_failed_says_why_and_what_it_did",
    ),
    Defence(
        "Files of a job are committed long before they could pass for orphans",
        "stacks/config.py",
        "config.upkeep.orphan_age_days * 720",
        "config.upkeep.orphan_age_days * 7200",
        "tests/stacks/test_config.py::test_wrong_values_are_named",
    ),
    Defence(
        "Nothing of a generation is written when one of its hot files is missing",
        "thermocline/warm/local.py",
        "                for each in fetching:\n                    each.result()",
        "                pass",
        f"{_ROWS}::test_nothing_is_written_when_a_hot_file_is_missing",
    ),
    Defence(
        "A generation is not decided without the identities before it",
        "thermocline/warm/rows.py",
        "local.fetch(sorted(work.earlier))",
        "[]",
        f"{_ROWS}::test_a_generation_is_not_decided_without_the_identities_before_it",
    ),
    Defence(
        "A row that an earlier generation has is dropped, even if it was dropped there, too",
        "thermocline/warm/identities.py",
        'SELECT "key"::UUID AS key FROM {reading(earlier)}',
        'SELECT "key"::UUID AS key FROM {reading(earlier)} WHERE kept',
        f"{_ROWS}::test_a_row_that_an_earlier_generation_dropped_is_dropped_again",
    ),
    Defence(
        "Of twins one stays",
        "thermocline/warm/identities.py",
        "ORDER BY received_at, src, file, place) > 1",
        "ORDER BY received_at, src, file, place) > 0",
        f"{_ROWS}::test_of_twins_the_first_received_stays",
    ),
    Defence(
        "The same id with another fingerprint is another event",
        "thermocline/warm/identities.py",
        '("source", "fingerprint", "event_id")',
        '("source", "event_id")',
        f"{_ROWS}::test_the_same_id_with_another_fingerprint_or_source_is_another_event",
    ),
    Defence(
        "Quarantine keeps every row",
        "thermocline/warm/rows.py",
        "if work.table == QUARANTINE:",
        "if not work.table:",
        f"{_ROWS}::test_quarantine_keeps_twins_and_lists_them",
    ),
    Defence(
        "Rows of other generations in a file that is replaced are written anew",
        "thermocline/warm/rows.py",
        "files=written.files + self._others(local, work, rest)",
        "files=written.files",
        f"{_ROWS}::test_a_merged_file_gives_its_other_generations_back",
    ),
    Defence(
        "Values of a column that the warm table has not yet are waited for, and not left out",
        "thermocline/warm/rows.py",
        "if missing := sorted(filled.difference(self._schema_of(table).names)):",
        "if missing := sorted(filled.intersection(())):",
        f"{_ROWS}::test_values_of_a_column_that_the_warm_table_has_not_yet_are_not_left_out",
    ),
    Defence(
        "A column that a hot file had not yet is null, and no value of another file is lost",
        "thermocline/warm/engine.py",
        "union_by_name = true",
        "union_by_name = false",
        f"{_ROWS}::test_a_column_that_a_hot_file_had_not_yet_is_null",
    ),
    Defence(
        "Rows of a suppressed subject do not come into warm",
        "thermocline/warm/rows.py",
        "condition = suppressing.without(subjects)",
        'condition = "true"',
        f"{_ROWS}::test_rows_of_suppressed_subjects_are_only_counted",
    ),
    Defence(
        "An answer that is no 404 is not taken for a missing object",
        "thermocline/adapters/s3_files.py",
        "if is_missing(error):",
        "if error.response:",
        "tests/thermocline/adapters/test_s3_files.py::test_another_error_is_not_taken_for_a_missing_object",
    ),
    Defence(
        "No generation is closed so far ahead of the clock that no query sees its rows",
        "thermocline/promote/turns.py",
        "        check_limit(turn.before, now)\n",
        "",
        "tests/thermocline/promote/test_turns.py::test_a_limit_too_far_ahead_promotes_nothing",
    ),
    Defence(
        "A generation that waits for its entries for long is reported",
        "thermocline/promote/executions.py",
        "    if turn.pending and turn.gen and",
        "    if turn.promoted and turn.gen and",
        "tests/thermocline/promote/test_executions.py::test_a_report_names_what_failed_and_what_has_waited_for_long",
    ),
    Defence(
        "A commit that failed again and again is a failure, and not left to the next hour in silence",
        "thermocline/promote/turns.py",
        "isinstance(error, LeaseTaken)",
        "isinstance(error, Transient)",
        "tests/thermocline/promote/test_turns.py::test_a_transient_error_is_tried_again_and_then_it_is_a_failure",
    ),
    Defence(
        "A lease outlives the function that took it",
        "stacks/tiers.py",
        "promote.timeout_seconds + _LEASE_MARGIN_SECONDS",
        "promote.timeout_seconds - _LEASE_MARGIN_SECONDS",
        "tests/infra/test_tiers_stack.py::test_a_lease_outlives_the_function_that_took_it",
    ),
    Defence(
        "below_W: only generations that the published view passed a margin ago are replayed",
        "thermocline/replay/use_case.py",
        "for table in (stream, QUARANTINE):",
        "for table in ():",
        f"{_REPLAY}::test_a_generation_that_readers_may_still_have_from_hot_is_not_replayed",
    ),
    Defence(
        "A generation is replayed only when its bad rows are in warm, too",
        "thermocline/replay/use_case.py",
        "for table in (stream, QUARANTINE):",
        "for table in (stream,):",
        f"{_REPLAY}::test_quarantine_must_be_settled_too",
    ),
    Defence(
        "A range whose raw has expired is refused as a whole",
        "thermocline/replay/use_case.py",
        "for key in raw_keys if key not in there",
        "for key in raw_keys if key in ()",
        f"{_REPLAY}::test_a_range_whose_raw_has_expired_is_refused_as_a_whole",
    ),
    Defence(
        "replay_window: a replay decides the later generations of the window again, in the same commit",
        "thermocline/replay/generation.py",
        "decisions = replacing.decisions(base, gen, made[gen].ids)",
        "decisions = ()",
        f"{_REPLAY}::test_a_later_twin_goes_in_the_same_commit_as_its_row_comes",
    ),
    Defence(
        "replay_table: these are the ones that the table has, not those that are below the watermark",
        "thermocline/replay/replacing.py",
        "if first <= other <= last}",
        "if first <= other < max(base.ids)}",
        f"{_REPLAY}::test_a_generation_that_is_committed_and_not_published_is_decided_again",
    ),
    Defence(
        "presence: a later twin comes back when no earlier generation has its row any more",
        "thermocline/warm/deciding.py",
        "WHERE shown = twin",
        "WHERE shown AND twin",
        f"{_REPLAY}::test_a_later_twin_comes_back_when_its_row_goes",
    ),
    Defence(
        "A replay keeps the rows of other generations in the files that it replaces",
        "thermocline/replay/replacing.py",
        "        rest = self._rows.rest(base.table, _shared(old, made), tuple(made))\n",
        "        rest: tuple[WarmFile, ...] = ()\n",
        f"{_REPLAY}::test_rows_of_other_generations_in_a_merged_file_stay",
    ),
    Defence(
        "replay_sv: what was converted under an older suppression list is not committed",
        "thermocline/replay/fresh.py",
        "if key not in known or known[key].suppression != listed.version}",
        "if key not in known}",
        f"{_REPLAY}::test_a_list_that_changed_after_the_conversion_is_applied",
    ),
    Defence(
        "drain: an erasure sees the conversions of a replay that apply an older list",
        "thermocline/replay/converting.py",
        "        self._ledger.open_attempt(order.raw_key, token=token, suppression=listed.version)\n",
        "",
        f"{_REPLAY}::test_an_erasure_knows_of_a_conversion_until_it_ends",
    ),
    Defence(
        "rec_reg: a row that a recovery from quarantine has is not replayed, too",
        "thermocline/bootstrap/replay.py",
        "through=left_out",
        "through=iter",
        f"{_REPLAY}::test_a_row_that_a_recovery_has_is_left_out",
    ),
    Defence(
        "A row that a recovery has stays in quarantine until the recovery takes it out, and knows of it",
        "thermocline/replay/replacing.py",
        "for source, owned in recovered.items() for event_id in owned",
        "for source, owned in recovered.items() for event_id in ()",
        f"{_REPLAY}::test_a_row_that_a_recovery_has_is_left_out",
    ),
    Defence(
        "rec_reg: a recovery between conversion and commit is noticed",
        "thermocline/replay/fresh.py",
        "        lacking |= {key for key in there if digest_of(recovered.get(key, ())) != known[key].recovered}\n",
        "",
        f"{_REPLAY}::test_a_recovery_that_is_quicker_than_the_commit_has_the_row",
    ),
    Defence(
        "rec_reg: a replay claims the quarantined rows that it makes good",
        "thermocline/replay/fresh.py",
        "self._claims.claim(entry.raw_key, freed, OWNER)",
        "pass",
        f"{_REPLAY}::test_rows_that_became_good_are_claimed_and_stay_in_every_later_replay",
    ),
    Defence(
        "A replay's commit whose answer is lost is found by its generation and token",
        "thermocline/replay/committing.py",
        "return (change.gens[0], change.token) in now.commits",
        "return False",
        f"{_REPLAY}::test_a_commit_whose_answer_is_lost_is_found_by_generation_and_token",
    ),
    Defence(
        "fence: a replay that lost its lease commits nothing",
        "thermocline/replay/committing.py",
        "if base.fence > token:",
        "if base.fence < 0:",
        f"{_REPLAY}::test_who_lost_the_lease_changes_nothing",
    ),
    Defence(
        "A replay that died between its two commits is ended before another begins",
        "thermocline/replay/generation.py",
        "        self._runs.put_replayed(run.run, Replayed(gen=gen, done=False))\n",
        "",
        f"{_REPLAY}::test_a_run_that_died_between_its_two_commits_is_ended_by_itself_alone",
    ),
    Defence(
        "The ledger counts what a replay left out for its subject",
        "thermocline/replay/generation.py",
        "            self._ledger.restate(restated(entry, results[entry.raw_key]))\n",
        "            restated(entry, results[entry.raw_key])\n",
        f"{_REPLAY}::test_a_list_that_changed_after_the_conversion_is_applied",
    ),
    Defence(
        "A dry run changes nothing",
        "thermocline/replay/generation.py",
        "self._dry(run, gen, entries) if run.dry else",
        "self._dry(run, gen, entries) if not entries else",
        f"{_REPLAY}::test_a_dry_run_tells_what_a_replay_changes_and_changes_nothing",
    ),
    Defence(
        "A view does not go back to the watermark of an older ledger",
        "thermocline/publish/use_case.py",
        "            if view and watermark < view.watermark:",
        "            if view and watermark > view.watermark + '9':",
        f"{_PUBLISH}::test_a_ledger_that_is_behind_a_view_does_not_take_it_back",
    ),
    Defence(
        "A view that was lost has what the last deployment noted of typed columns",
        "thermocline/publish/use_case.py",
        "lambda view: view.since if view else self._marks.since(table)",
        "lambda view: view.since if view else {}",
        f"{_PUBLISH}::test_a_view_that_was_lost_has_the_notes_of_before_however_it_comes_back",
    ),
    Defence(
        "No generation is promoted again with the entries of an older ledger",
        "thermocline/promote/use_case.py",
        "if (last := max(base.ids, default=gen)) > gen:",
        "if (last := max(base.ids, default=gen)) > '9':",
        f"{_RESTORED}::test_a_ledger_behind_warm_promotes_nothing",
    ),
    Defence(
        "… not even the last one that warm has",
        "thermocline/promote/use_case.py",
        "        self._publish(table)  # it refuses a ledger that is behind the view: entries may be missing from this"
        " generation\n",
        "",
        f"{_RESTORED}::test_a_ledger_behind_the_view_promotes_nothing",
    ),
    Defence(
        "A deployment makes no new table over the data of a lost one",
        "thermocline/adapters/iceberg.py",
        "                self._require_new(contract)\n",
        "",
        f"{_ICEBERG}::test_no_table_is_made_over_the_data_of_a_lost_one",
    ),
    Defence(
        "A warm table comes back with what was published",
        "thermocline/restore/choice.py",
        "right = [each for each in whole if published <= each.ids.keys()]",
        "right = whole",
        f"{_CHOICE}::test_one_that_lacks_a_published_generation_did_not_land",
    ),
    Defence(
        "… and a commit that does not come again is not left out in silence",
        "thermocline/restore/choice.py",
        "    if not among or several_tables or unlike:",
        "    if not among:",
        f"{_CHOICE}::test_what_cannot_be_told_apart_is_left_to_a_person",
    ),
    Defence(
        "An object that warm has is not converted again after its entry was lost",
        "thermocline/restore/ledger.py",
        "entries = (*restored.rebuilt, *restored.parked)",
        "entries = restored.parked",
        f"{_RESTORED}::test_an_object_that_warm_has_is_not_converted_again",
    ),
    Defence(
        "… and its bad rows, which quarantine has not promoted, are not lost",
        "thermocline/restore/evidence.py",
        "for table in {each.stream, QUARANTINE}",
        "for table in {each.stream}",
        f"{_RESTORED}::test_an_object_that_warm_has_is_not_converted_again",
    ),
    Defence(
        "A restored entry of a published generation brings its rows to a later one",
        "thermocline/restore/ledger.py",
        "entries = (*restored.rebuilt, *restored.parked)",
        "entries = restored.rebuilt",
        f"{_RESTORED}::test_an_entry_of_a_published_generation_that_warm_has_no_rows_of_is_parked",
    ),
    Defence(
        "After a loss nothing is entered where a forgotten promotion may have read",
        "thermocline/restore/ledger.py",
        "closing=max(merged.closing, watermark, horizon)",
        "closing=max(merged.closing, watermark)",
        f"{_RESTORED}::test_nothing_is_entered_where_anything_was_entered_before",
    ),
    Defence(
        "A restored lease has a token that nobody had",
        "thermocline/restore/ledger.py",
        "return max(last, base.fence) + _TOKENS_APART if lost else None",
        "return max(last, base.fence) if lost else None",
        f"{_RESTORED}::test_a_token_is_higher_than_any_of_before_even_if_that_one_never_committed",
    ),
    Defence(
        "A restored watermark is past what warm has committed",
        "thermocline/restore/ledger.py",
        "view.watermark if view else BEGINNING, committed)",
        "view.watermark if view else BEGINNING)",
        f"{_RESTORED}::test_a_generation_that_warm_has_is_below_the_watermark",
    ),
    Defence(
        "What was done stays done, although convert has met an empty ledger",
        "thermocline/restore/merged.py",
        "return old if old.done and (not now.done or now.token != old.token) else now",
        "return now",
        f"{_RESTORED}::test_what_was_done_stays_done_when_convert_has_met_an_empty_ledger",
    ),
    Defence(
        "A subject that was erased is on the restored suppression list",
        "thermocline/restore/ledger.py",
        "        if restored.suppressed:\n",
        "        if not restored:\n",
        f"{_RESTORED}::test_a_subject_that_was_erased_stays_on_the_list",
    ),
    Defence(
        "A subject that was lifted does not come back from an older list",
        "thermocline/adapters/dynamodb_restore.py",
        "apart = _APART if self.suppression().version < source.suppression().version else (*_APART, SUPPRESSED)",
        "apart = _APART",
        f"{_DYNAMO_RESTORE}::test_of_two_lists_the_later_one_holds",
    ),
    Defence(
        "A replay converts again what an erasure took of it",
        "thermocline/replay/generation.py",
        "        except (HotFileMissing, FileNotFoundError):",
        "        except ZeroDivisionError:",
        "tests/thermocline/replay/test_use_case.py::test_what_an_erasure_took_is_converted_again",
    ),
    Defence(
        "pub_order: a view's version is read before the watermark, under any order of steps",
        "thermocline/publish/use_case.py",
        "            view = self._views.read(contract.table)\n"
        "            watermark = self._marks.marks(table).watermark\n",
        "            watermark = self._marks.marks(table).watermark\n"
        "            view = self._views.read(contract.table)\n",
        f"{_RULES}::test_a_slow_publisher_does_not_bring_a_view_back",
    ),
    Defence(
        "clean_view: hot files go a margin after the view in the catalog has passed them",
        "thermocline/clean/settled.py",
        "if now - first >= margin",
        "if now >= first",
        f"{_RULES}::test_hot_files_stay_as_long_as_a_query_may_read_them",
    ),
    Defence(
        "compact_check: compaction commits only if all of its inputs are still in the table",
        "thermocline/warm/rewriting.py",
        "return whole and self._ledger",
        "return self._ledger",
        f"{_RULES}::test_compaction_gives_up_when_an_input_is_gone",
    ),
    Defence(
        "Recovery: a recovered object is keyed by its source rows, not by the run",
        "thermocline/layout.py",
        'digest = raw_key_digest("\\n".join([raw_key, *sorted(event_ids)]))',
        "digest = hashlib.blake2b(dt.datetime.now(dt.UTC).isoformat().encode(), digest_size=16).hexdigest()",
        f"{_RECOVER}::test_the_good_rows_of_one_source_object_become_one_raw_object_in_its_hour",
    ),
    Defence(
        "Recovery: a row belongs to whoever claimed it first, a recovery or a replay from raw",
        "thermocline/adapters/dynamodb_claims.py",
        'condition="attribute_not_exists(#claimed_by) OR #claimed_by = :owner",',
        'condition="attribute_not_exists(nobody) OR #claimed_by = :owner",',
        "tests/thermocline/adapters/test_dynamodb_claims.py::test_the_first_has_a_row_and_keeps_it",
    ),
    Defence(
        "… and only rows that are claimed are written",
        "thermocline/recover/use_case.py",
        "mine = self._claims.claim(source.raw_key, lines, recovered)",
        "mine = frozenset(lines)",
        f"{_RECOVER}::test_each_event_is_once_in_the_view_or_in_quarantine",
    ),
    Defence(
        "Recovery: what a killed run has claimed is written by the next one, under the same key",
        "thermocline/recover/use_case.py",
        "self._finish_others(source, tally, written)",
        "pass",
        f"{_RECOVER}::test_each_event_is_once_in_the_view_or_in_quarantine",
    ),
    Defence(
        "… and as a whole: the list of its rows was kept before the first was claimed",
        "thermocline/recover/use_case.py",
        "listed = self._objects.intended(recovered) or {row.event_id for row in claimed}",
        "listed = {row.event_id for row in claimed}",
        f"{_RECOVER}::test_a_claim_that_comes_late_does_not_add_a_row_to_an_object_that_is_written",
    ),
    Defence(
        "… or not at all, if one of them is bad again",
        "thermocline/recover/use_case.py",
        "if lines.keys() == {row.event_id for row in rows}:",
        "if lines:",
        f"{_RECOVER}::test_an_object_whose_rows_are_bad_again_is_not_written_without_them",
    ),
    Defence(
        "Recovery: no row leaves quarantine before the ledger has the object that took it",
        "thermocline/recover/use_case.py",
        "for recovered in written if recovered in entered for row",
        "for recovered in written for row",
        f"{_RECOVER}::test_no_row_leaves_before_the_ledger_has_its_object",
    ),
    Defence(
        "Recovery: an object that is there is not written again",
        "thermocline/adapters/s3_recovered.py",
        ', IfNoneMatch="*")',
        ")",
        "tests/thermocline/adapters/test_s3_recovered.py::test_an_object_that_is_there_stays_as_it_is",
    ),
    Defence(
        "Recovery: rows that share an event_id come back together",
        "thermocline/recover/source_object.py",
        "if not any(map(self._choice.takes, rows)):",
        "rows = list(filter(self._choice.takes, rows))\n            if not rows:",
        f"{_RECOVER}::test_of_rows_that_share_an_id_none_leaves_without_its_event",
    ),
    Defence(
        "Recovery: what was cut never comes back",
        "thermocline/recover/source_object.py",
        "if owner is None and all(row.replayable for row in rows):",
        "if owner is None:",
        f"{_RECOVER}::test_what_is_bad_still_or_cut_stays_in_quarantine_and_is_said",
    ),
    Defence(
        "Recovery: of a message only the event that was refused comes back",
        "thermocline/ingest/again.py",
        "return same[:1] or events",
        "return events",
        f"{_AGAIN}::test_of_a_message_only_the_event_that_was_refused_comes_back",
    ),
    Defence(
        "Recovery: an event that only its place identifies keeps the id that it had",
        "thermocline/ingest/again.py",
        'columns["event_id"] = row.replay_event_id',
        "pass",
        f"{_AGAIN}::test_it_is_the_line_of_an_event_that_was_accepted_at_first",
    ),
    Defence(
        "Recovery: a record that builds on a wrong one before it stays refused",
        "thermocline/ingest/sent_again.py",
        "if EARLIER_RECORD in row.detail:",
        "if False:",
        f"{_AGAIN}::test_bad_events_stay_bad_alone",
    ),
    Defence(
        "Recovery: an old change opens no epoch",
        "thermocline/ingest/again.py",
        "if structure(stored.history) != structure(history):",
        "if False:",
        f"{_AGAIN}::test_no_epoch_is_opened_for_an_old_change",
    ),
    Defence(
        "Recovery: files that lose rows are exchanged only if they still have the identities that were read",
        "thermocline/warm/rewriting.py",
        " and prepared.read_ids.items() <= base.ids.items()",
        "",
        f"{_LEAVING_TABLE}::test_identities_and_a_list_that_changed_are_read_anew",
    ),
    Defence(
        "A replay from raw remembers the bad rows that came back from quarantine",
        "thermocline/warm/amending.py",
        " OR NOT kept\n",
        "\n",
        "tests/thermocline/replay/test_recoveries.py::test_a_row_that_has_left_is_known_to_have_left",
    ),
    Defence(
        "The balance finds a bad row that left for nowhere",
        "thermocline/balance/levels.py",
        'dropped = "recovered" if table == QUARANTINE else "deduplicated"',
        'dropped = "deduplicated"',
        f"{_BALANCE}::test_a_row_that_came_back_from_quarantine_is_a_line_of_another_object",
    ),
    Defence(
        "drain: an erasure waits for attempts that apply an older suppression list",
        "thermocline/erase/drain.py",
        "if now >= run.started_at + longest:",
        "if now >= run.started_at:",
        f"{_ERASE}::test_an_attempt_that_ends_late_leaves_nothing",
    ),
    Defence(
        "fence_always: an erasure commits to every table, even if nothing is there",
        "thermocline/erase/warm_table.py",
        "self._catalog.commit(base, self._change(base, token))",
        "if (change := self._change(base, token)).remove:\n                    self._catalog.commit(base, change)",
        f"{_ERASE}::test_every_table_is_committed_to_so_that_what_is_in_flight_is_refused",
    ),
    Defence(
        "A warm file that came after the search is searched under the lease",
        "thermocline/erase/warm_table.py",
        "for file in files:  # what came since they were searched",
        "for file in files[:0]:",
        f"{_ERASE}::test_a_warm_file_that_came_after_the_search_is_searched_under_the_lease",
    ),
    Defence(
        "Old snapshots are forgotten, and the files that only they named are deleted",
        "thermocline/erase/old_state.py",
        "self._catalog.expire(name, now + _SURELY_ALL)",
        "pass",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "Metadata that is younger than the erasure's lease may be a commit's under way, and stays",
        "thermocline/erase/old_state.py",
        "all(each.last_modified <= leased_at for each in versions)",
        "True",
        f"{_ERASE}::test_metadata_that_is_younger_than_the_lease_stays",
    ),
    Defence(
        "Files of a promoter that died go if they have rows of the subject",
        "thermocline/erase/old_state.py",
        "return any(self._has_subject(each) for each in versions if not each.marker)",
        "return False",
        f"{_ERASE}::test_files_that_nobody_names_lose_their_rows_or_go",
    ),
    Defence(
        "The identities of twins are known by the lines of raw objects",
        "thermocline/erase/raw_objects.py",
        'self._findings.add_identities(self._stream, f"{version.key}#{version.id}", told)',
        "pass",
        f"{_ERASE}::test_twins_whose_row_is_not_in_warm_any_more_are_known_by_their_lines",
    ),
    Defence(
        "Old versions of a rewritten object are deleted",
        "thermocline/erase/sweep.py",
        "gone = [each.id for each in versions] if version.latest",
        "gone = [] if version.latest",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "An object that was deleted is searched in its old versions",
        "thermocline/erase/sweep.py",
        "            if version.marker:\n                continue",
        "            if version.marker:\n                return walked",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "An object that changed between a read and a write is not replaced",
        "thermocline/adapters/s3_versions.py",
        "                IfMatch=f'\"{version.etag}\"',\n",
        "",
        f"{_VERSIONS}::test_an_object_that_changed_meanwhile_is_not_replaced",
    ),
    Defence(
        "The entry of a hot file from the watermark on counts what was erased",
        "thermocline/erase/hot_objects.py",
        "            if named.rows != left.rows:",
        "            if not named.rows:",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "… and says what was promoted if a promotion came between it and its file",
        "thermocline/erase/hot_objects.py",
        "(promoted := self._promoted(gen, left.raw_key)) != named.rows:",
        "(promoted := named.rows) != named.rows:",
        f"{_ERASE}::test_an_erasure_that_died_before_a_hot_file_leaves_books_that_balance_after_a_promotion",
    ),
    Defence(
        "Identities of promoted generations leave a trace that the books count",
        "thermocline/erase/warm_table.py",
        "traced=gen < watermark",
        "traced=False",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "Bad rows are searched for the subject's value anywhere",
        "thermocline/mentions.py",
        "        for scalar in _scalars(tree):",
        "        for scalar in []:",
        "tests/thermocline/test_mentions.py::test_it_is_found_in_every_form",
    ),
    Defence(
        "Raw objects with bad rows are looked into, though their digests do not have the subject",
        "thermocline/erase/raw_objects.py",
        "or _known(entry).has_bad_rows:",
        "or False:",
        f"{_ERASE}::test_the_subject_is_gone_and_the_rest_stays",
    ),
    Defence(
        "… and so are those that nobody looked into, or whose digests are gone",
        "thermocline/erase/raw_objects.py",
        "        except (FileNotFoundError, ValueError):  # they are gone, or damaged\n            return True",
        "        except (FileNotFoundError, ValueError):\n            return False",
        f"{_ERASE}::test_raw_objects_are_looked_into_if_nobody_looked_or_their_digests_are_gone",
    ),
    Defence(
        "Good lines of others that name the subject stay",
        "thermocline/erase/lines.py",
        "return self._named_in(line) and not self._fits(line)",
        "return self._named_in(line)",
        "tests/thermocline/erase/test_lines.py::test_a_good_line_of_another_that_names_the_subject_stays",
    ),
    Defence(
        "Frames without lines of the subject stay byte for byte",
        "thermocline/erase/frames.py",
        "part if not gone else _packed",
        "_packed",
        "tests/thermocline/erase/test_frames.py::test_frames_without_such_lines_stay_and_other_lines_are_as_they_were",
    ),
    Defence(
        "Records that Firehose could not deliver are searched",
        "thermocline/erase/other_objects.py",
        "kept.append(other)",
        "kept.append(line)",
        f"{_ERASE}::test_records_that_firehose_could_not_deliver_lose_their_lines",
    ),
    Defence(
        "Results of queries that name the subject are deleted",
        "thermocline/erase/other_objects.py",
        "return Cleaned(body=None, removed=1) if named else Cleaned(body=body)",
        "return Cleaned(body=body)",
        f"{_ERASE}::test_results_that_name_the_subject_go_with_what_belongs_to_them",
    ),
    Defence(
        "What a replay converted under an older list is deleted",
        "thermocline/erase/other_objects.py",
        "body=None if version.last_modified <= before else body",
        "body=body",
        f"{_ERASE}::test_what_a_replay_converted_under_an_older_list_goes",
    ),
    Defence(
        "The digests beside raw objects lose the subject",
        "thermocline/erase/other_objects.py",
        "body=encode_digests(digests - theirs) if theirs else body",
        "body=body",
        f"{_ERASE}::test_digests_beside_raw_objects_lose_the_subject",
    ),
    Defence(
        "Everything is searched again after the longest buffer",
        "thermocline/erase/use_case.py",
        "if passes == 1:",
        "if passes == 0:",
        f"{_ERASE}::test_what_firehose_still_had_goes_in_the_second_pass",
    ),
    Defence(
        "A replay that is gone on with converts again what has lost its files",
        "thermocline/replay/use_case.py",
        "if not result.is_open and result.is_among(there)}",
        "if not result.is_open}",
        "tests/thermocline/replay/test_kills.py::test_a_run_whose_files_have_expired_comes_to_the_same",
    ),
    Defence(
        "Results of a replay are forgotten before their files",
        "thermocline/replay/use_case.py",
        "            self._runs.drop_result(run.run, raw_key)\n",
        "            pass\n",
        "tests/thermocline/replay/test_kills.py::test_a_run_that_is_forgotten_half_comes_to_the_same",
    ),
    Defence(
        "Identities that an erasure remembers are deleted before its run is done",
        "thermocline/erase/use_case.py",
        "        findings.forget()  # while somebody comes back to the run: nobody does once it is done\n",
        "",
        f"{_ERASE}::test_findings_go_though_the_process_dies_at_its_end",
    ),
    Defence(
        "A bad row that names a suppressed subject anywhere becomes no row",
        "thermocline/convert/conversion.py",
        "bad.admitted(self._quarantined(admitted, attempt.stream, stored))",
        "self._quarantined(admitted, attempt.stream, stored)",
        "tests/thermocline/convert/test_subjects.py::"
        "test_a_bad_line_is_left_out_if_it_names_a_suppressed_subject_anywhere",
    ),
    Defence(
        "… nor does one that ingest refused",
        "thermocline/convert/conversion.py",
        "(bad if attempt.stream == QUARANTINE else subjects).admitted(rows)",
        "subjects.admitted(rows)",
        "tests/thermocline/convert/test_subjects.py::"
        "test_a_bad_row_of_ingest_is_left_out_if_it_names_a_suppressed_subject_anywhere",
    ),
    Defence(
        "… and promotion leaves out one that was converted before",
        "thermocline/warm/owned.py",
        "subjects.named_in) if contract.name == QUARANTINE else {})",
        "subjects.named_in) if False else {})",
        f"{_ROWS}::test_bad_rows_that_name_a_suppressed_subject_anywhere_are_only_counted",
    ),
    Defence(
        "Raw objects of which lines were left out are looked into: these may have been bad",
        "thermocline/erase/raw_objects.py",
        "entry.files_of(QUARANTINE) or entry.suppressed",
        "entry.files_of(QUARANTINE)",
        f"{_ERASE}::test_a_late_bad_line_of_the_subject_becomes_no_row_and_leaves_raw",
    ),
    Defence(
        "Raw objects whose digests are of fewer erasure keys than the contract has are looked into",
        "thermocline/subjects.py",
        " or not self._hasher.looked_at(columns) <= digests",
        "",
        f"{_ERASE}::test_raw_objects_of_a_contract_that_knew_fewer_erasure_keys_are_looked_into",
    ),
    Defence(
        "A record that JSON spells in its own way is rewritten, too",
        "thermocline/erase/other_objects.py",
        "    if old.encode() in line:\n",
        "    if old:\n",
        f"{_ERASE}::test_a_record_that_json_spells_otherwise_loses_its_lines_too",
    ),
    Defence(
        "A frame of the subject alone takes its label along",
        "thermocline/erase/frames.py",
        "kept.pop()",
        "pass",
        "tests/thermocline/erase/test_frames.py::test_a_frame_that_loses_all_its_lines_takes_its_label_along",
    ),
    Defence(
        "Manifests keep no bounds of removed files",
        "thermocline/adapters/iceberg_snapshot.py",
        "entry.data_file._data[_LOWER_BOUNDS] = entry.data_file._data[_UPPER_BOUNDS] = None",
        "pass",
        f"{_ICEBERG}::test_manifests_say_nothing_of_what_was_removed",
    ),
    Defence(
        "An erasure that is under way is known to whoever restores the ledger",
        "thermocline/erase/use_case.py",
        '        Findings(self._lake.objects, run.id).remember("run", run)',
        "        pass",
        f"{_ERASE}::test_a_run_that_begins_is_known_without_the_ledger",
    ),
    Defence(
        "A restored suppression list has a version that no process remembers",
        "thermocline/restore/ledger.py",
        "version + _VERSIONS_APART if version",
        "version if version",
        f"{_RESTORED}::test_a_subject_that_was_erased_stays_on_the_list",
    ),
    Defence(
        "A finding is written before what it tells of is changed",
        "thermocline/erase/findings.py",
        '    def add(self, step: str, found: Found) -> None:\n        """Write a finding."""\n',
        '    def add(self, step: str, found: Found) -> None:\n        """Write a finding."""\n        return\n',
        f"{_ERASE}::test_the_proof_names_what_was_touched_by_the_hashes_of_its_bytes",
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
    """Break the defences whose text contains `wanted`, and return how many no test noticed."""
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
