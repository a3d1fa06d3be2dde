"""The command line's error: a sentence that says what went wrong and what to do."""

from kit.errors import UserError


class CliError(UserError):
    """A command cannot do what the user asked for; the text says what to do instead."""


class WrongUsageError(CliError):
    """A command was given values that it cannot take, or options that do not go together (exit status 2)."""
