"""A table's levels by temperature, in numbers."""
