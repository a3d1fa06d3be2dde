"""The live loop behind `lake dev`: logs as they come, and changes of the infrastructure noticed."""
