"""Wire protocols of real clients: request → events as their protocol understood them. Pure."""
