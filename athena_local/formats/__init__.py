"""What is in an object's bytes: delimited text, CSV, JSON or ORC, decoded to the columns of a table."""
