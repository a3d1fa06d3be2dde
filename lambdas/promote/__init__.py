"""The promote function: it moves closed generations from hot to warm."""
