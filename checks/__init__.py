"""Checks over the templates of stages, beside those of linters and types."""

import os

from kit.nodejs import node_folder

# CDK's own process starts with the first import of aws_cdk; the machine may have no Node of its own.
os.environ.setdefault("JSII_NODE", str(node_folder() / "node"))
