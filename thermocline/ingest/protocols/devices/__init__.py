"""What devices send of their own accord: JSON of any form, made into measurements."""
