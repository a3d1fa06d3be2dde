"""The recover function: it brings bad rows that are good by the contracts of today back from quarantine."""
