"""Recovery: what was refused, and is good by the contracts of today, comes back from quarantine (ADR 44)."""
