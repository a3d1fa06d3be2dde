"""The trace use case: where an event is, how it came there, or which step it did not pass."""
