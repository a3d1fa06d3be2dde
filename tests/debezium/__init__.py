"""The real Debezium engine on a real PostgreSQL."""
