"""What ships with a handler: its code, its packages, and the check that nothing it imports is missing."""
