"""The sweep function: it queues again the raw objects that convert missed."""
