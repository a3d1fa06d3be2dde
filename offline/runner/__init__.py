"""The Lambda runner: warm worker processes, to which the emulator sends invocations."""
