"""Delete hot files whose rows every reader has seen in warm for long."""
