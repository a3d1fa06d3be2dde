"""The offline environment's one error: a sentence that says what went wrong and what to do."""


class LakeError(Exception):
    """Something the person at the keyboard can act on; its text is the whole message."""
