"""End the rows that a contract's retention no longer keeps, and identities that nothing needs any more."""
