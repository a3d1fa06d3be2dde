"""The demo: real input through the whole way of an event, and books that must balance."""
