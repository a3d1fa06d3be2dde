"""The offline environment's error: a sentence that says what went wrong and what to do."""

from kit.errors import UserError


class OfflineError(UserError):
    """An error of the offline environment that the user can put right."""
