"""What a deployed function imports; every function's code has it, and it needs nothing but Python."""
