"""The loop behind `lake dev`: shows logs as they come, and notices changes of the infrastructure."""
