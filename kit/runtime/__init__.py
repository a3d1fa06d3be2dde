"""Modules for deployed functions; every function's code includes them, and they need only Python."""
