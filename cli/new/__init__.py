"""`lake new`: makes a new project on top of this lake."""
