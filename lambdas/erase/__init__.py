"""The erase function: it erases subjects turn by turn, and proves it."""
