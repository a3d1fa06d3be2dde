"""The front door's CloudFront: the edge's function in Node.js, and what CloudFront adds to a request."""
