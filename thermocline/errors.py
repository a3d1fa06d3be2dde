"""The lake's tree of errors.

::

    ThermoclineError           a `kit.errors.UserError`
    ├── Terminal               trying again cannot help
    │   ├── ConfigurationError  the deployment is wrong
    │   ├── ContractError       a contract file is wrong
    │   ├── DamagedObject       a raw object cannot be read to its end
    │   ├── UnknownRun          there is no erasure of this name
    │   ├── LedgerBehind        the ledger is older than what warm or a view holds
    │   ├── UnknownStream       no contract has a stream's name
    │   ├── ReferencesMissing   a warm table refers to no object at all
    │   ├── ReplayRefused       generations cannot be replayed
    │   ├── RequestError        a request is refused as a whole (has an HTTP status)
    │   ├── RefusedEvent        one event is refused (has a quarantine reason)
    │   ├── RestoreRefused      what is left does not say what was lost, or not all of it
    │   ├── TableLost           a warm table is gone from the catalog, and its data are there
    │   └── RowsDiffer          files that were rewritten have other rows than before
    └── Transient              trying again later may help
        ├── CommitFailed        a commit to a warm table landed or not: only the table knows
        ├── DeletionFailed      not every object could be deleted
        ├── EpochsUnavailable   the epochs of a connector cannot be read or written
        ├── ErasureFailed       somebody must look at an erasure
        ├── FencedOff           a later holder of the lease has committed
        ├── HotFileMissing      a file that the ledger names is not there
        ├── LeaseTaken          another writer has the lease of a warm table
        ├── LedgerConflict      the ledger changed between a read and a write
        ├── ObjectChanged       an object changed between a read and a write
        ├── QueueUnavailable    not everything was queued, or hidden while in work
        ├── SecretUnavailable   a secret of the way in cannot be read
        ├── SinkUnavailable     not everything was put durably
        │   └── SinkThrottled    because more was put than the sink takes
        ├── UpkeepFailed        some tables could not be compacted, cleaned, swept or shortened
        ├── ViewChanged         a view changed between a read and a write
        └── WarmColumnMissing   hot files have a column that the warm table has not yet
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit import errors as kit


class ThermoclineError(kit.UserError):
    """Base of every error that Thermocline raises on purpose."""


class Terminal(ThermoclineError):
    """Trying again cannot help."""


class Transient(ThermoclineError):
    """Trying again later may help."""


class ConfigurationError(Terminal, kit.ConfigurationError):
    """The deployment is wrong, e.g. a variable is missing from the environment."""


class ContractError(Terminal):
    """A contract file is wrong; lists every problem found in it."""

    def __init__(self, contract: str, problems: Sequence[str]) -> None:
        super().__init__(f"{contract}: " + "; ".join(problems))
        self.contract = contract
        self.problems = tuple(problems)


class DamagedObject(Terminal):
    """A raw object cannot be read to its end, and lines before the damage were taken already."""


class UnknownRun(Terminal):
    """There is no erasure of this name."""


class LedgerBehind(Terminal):
    """The ledger is older than what a warm table or a view holds, as after a restore that is not complete."""


class UnknownStream(Terminal):
    """No contract has the name of a stream."""


class RequestError(Terminal):
    """A request is refused as a whole; nothing of it is acknowledged."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class RefusedEvent(Terminal):
    """One event is refused; it becomes a quarantine row and its neighbours go on."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ReferencesMissing(Terminal):
    """A warm table refers to no object at all, so that everything of it would pass for an orphan."""


class ReplayRefused(Terminal):
    """Generations cannot be replayed: they are not settled, or what they came from is gone."""


class RestoreRefused(Terminal):
    """What is left does not say what was lost, or not all of it: a person must choose, or bring objects back."""


class TableLost(Terminal):
    """A warm table is gone from the catalog, and its data are there: a new one would hide all of its rows."""


class RowsDiffer(Terminal):
    """Files that were rewritten have other rows than those that they would replace: nothing was committed."""


class CommitFailed(Transient):
    """A commit to a warm table was refused, or its answer was lost: only the table knows whether it landed."""


class DeletionFailed(Transient):
    """Not every object could be deleted."""

    def __init__(self, failed: int, code: str) -> None:
        super().__init__(f"{failed} objects were not deleted: {code}")
        self.failed = failed
        self.code = code


class EpochsUnavailable(Transient):
    """The epochs of a connector cannot be read or written, so the order of its changes is unknown."""


class ErasureFailed(Transient):
    """Somebody must look at erasures: they are tried again, and fail again."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"erasure {run}: {reason}" for run, reason in reasons.items()))
        self.reasons = dict(reasons)


class FencedOff(Transient):
    """A later holder of a warm table's lease has committed: what this one prepared is out of date."""


class HotFileMissing(Transient):
    """A file that a done entry of the ledger names is not there."""


class WarmColumnMissing(Transient):
    """Hot files have values of a column that the warm table has not yet: the end of a deployment adds it."""


class LeaseTaken(Transient):
    """Another writer has the lease of a warm table."""


class LedgerConflict(Transient):
    """The ledger changed between a read and a write: read again."""


class ObjectChanged(Transient):
    """An object changed between a read and a write: read again."""


class QueueUnavailable(Transient):
    """Not every message could be sent, or hidden while it is in work."""

    def __init__(self, failed: int, code: str, *, action: str = "raw objects were not queued") -> None:
        super().__init__(f"{failed} {action}: {code}")
        self.failed = failed
        self.code = code


class SecretUnavailable(Transient):
    """The secret of write keys or of the edge cannot be read, so no request can be authenticated."""


class SinkUnavailable(Transient):
    """Not everything could be put durably, so the request must not be acknowledged."""

    def __init__(self, failed: int, code: str) -> None:
        super().__init__(f"{failed} records were not put: {code}")
        self.failed = failed
        self.code = code


class SinkThrottled(SinkUnavailable):
    """Not everything could be put durably, because more is put than the sink takes: the sender should slow down."""


class UpkeepFailed(Transient):
    """Some tables could not be compacted, cleaned, swept or shortened; the others were."""

    def __init__(self, action: str, failures: Mapping[str, Exception]) -> None:
        named = "; ".join(f"{table}: {type(error).__name__}: {error}" for table, error in failures.items())
        super().__init__(f"{action} failed for {named}")
        self.failures = dict(failures)


class ViewChanged(Transient):
    """A view changed in the catalog between a read and a write: read again."""
