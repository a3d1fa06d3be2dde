"""The errors that a person reads, and their base class.

::

    UserError
    ├── ConfigurationError  a file, a variable or a value of the project is wrong
    └── DefinitionError     a construct is used in a way that has no meaning; found while synthesising

A command line shows the text of a `UserError` as it is: one sentence that says what is wrong and what to do.
"""


class UserError(Exception):
    """An error that the user can put right; its text is the whole message."""


class ConfigurationError(UserError):
    """A file, a variable or a value of the project is wrong."""


class DefinitionError(UserError, ValueError):
    """A construct is used in a way that has no meaning; found while synthesising."""
