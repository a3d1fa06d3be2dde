"""Bring back what was lost: a view, a warm table, what the ledger knew, objects that were deleted (ADR 47)."""
