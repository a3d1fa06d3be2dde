"""The `lake` command with all of its subcommands."""

from cli.app import lake_app

app = lake_app()
