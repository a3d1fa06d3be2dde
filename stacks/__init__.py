"""The CDK stacks of the lake: they compose constructs and grant, and hold no logic of their own."""
