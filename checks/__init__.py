"""Checks beside linters and types: of templates, documentation, imports, and older Pythons."""

import os

from kit.nodejs import node_folder

# CDK's own process starts with the first import of aws_cdk; the machine may have no Node of its own.
os.environ.setdefault("JSII_NODE", str(node_folder() / "node"))
