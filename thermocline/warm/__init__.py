"""The warm level: what every step that commits to a table's Iceberg table shares."""
