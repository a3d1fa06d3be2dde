"""Tables of your own: contracts from samples."""
