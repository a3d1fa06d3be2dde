"""The Lambda runner: warm worker processes behind the emulator's proxy hop."""
