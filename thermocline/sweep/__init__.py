"""Find the raw objects that convert missed, and queue them again."""
