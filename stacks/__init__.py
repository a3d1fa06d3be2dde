"""The CDK stacks of the lake: their constructs, and the grants between them."""
