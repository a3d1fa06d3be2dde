"""Wire protocols that real clients speak: request → events as their protocol understood them. Pure."""
