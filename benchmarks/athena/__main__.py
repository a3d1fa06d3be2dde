"""``python -m benchmarks.athena``: the report alone; ``ROWS=200000`` for a quick one."""

from rich.console import Console

from benchmarks.athena.run import report

console = Console()
console.print(report(console.print).table("athena"))
