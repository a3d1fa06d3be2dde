"""The replay function: it decides generations again, and commits them."""
