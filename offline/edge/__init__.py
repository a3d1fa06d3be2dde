"""CloudFront as the front door plays it: the edge's function in Node.js, and what CloudFront adds to a request."""
