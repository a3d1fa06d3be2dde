"""Constructs, packaging and a runtime for serverless apps on AWS; nothing here knows what an app is about."""
