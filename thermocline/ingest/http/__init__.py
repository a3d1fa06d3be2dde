"""Requests: their form, their limits and the keys in them."""
