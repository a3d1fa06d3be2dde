"""The only wiring of adapters to use cases: one module per step.

Imports are inside the functions, so that importing a handler loads neither boto3 nor columnar packages: convert hides
its messages first, and loads pyarrow while they are hidden. Each use case is built once per process, when it is first
invoked.
"""
