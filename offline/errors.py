"""The offline environment's error: a sentence that says what went wrong and what to do."""

from kit.errors import UserError


class OfflineError(UserError):
    """Something in the offline environment that the person at the keyboard can put right."""
