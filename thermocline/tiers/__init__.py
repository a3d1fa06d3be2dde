"""The levels of the lake: where objects lie, and which generation they belong to."""
