"""`lake new`: a project of one's own, with this lake as its backbone."""
