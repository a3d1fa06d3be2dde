"""Queues again the raw objects that convert missed."""
