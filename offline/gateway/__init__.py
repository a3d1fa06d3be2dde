"""What an HTTP API of API Gateway does between a client and a function; docs/http-api.md lists it."""
