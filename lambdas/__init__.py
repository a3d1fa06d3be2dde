"""Lambda functions, one folder each: thin handlers over the use cases in ``thermocline``."""
