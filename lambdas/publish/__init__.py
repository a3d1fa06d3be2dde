"""The publish function: it writes the tables' views."""
