"""A plan in the forms of EXPLAIN: text, JSON and Graphviz."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from athena_local.execution.plan_nodes import PlanNode

_HEADING = "Plan offline: the operators by their meaning; DuckDB runs the query, and no costs are estimated"


def as_text(root: PlanNode, *, is_distributed: bool) -> list[str]:
    """Return the lines of a plan; offline one fragment runs all of it."""
    if not is_distributed:
        return [_HEADING, *_lines(root)]
    names = ", ".join(name for name, _ in root.outputs)
    about = [f"Output layout: [{names}]", "Output partitioning: SINGLE []"] if names else []
    return [_HEADING, "Fragment 0 [SINGLE]", *(f"    {line}" for line in (*about, *_lines(root)))]


def _lines(node: PlanNode) -> Iterator[str]:
    yield f"{node.name}[{', '.join(f'{key} = {value}' for key, value in node.descriptor.items())}]"
    bar = "│   " if node.children else "    "
    if node.outputs:
        yield f"{bar}Layout: [{', '.join(f'{name}:{type_}' for name, type_ in node.outputs)}]"
    yield from (f"{bar}{line}" for detail in node.details for line in detail.splitlines())
    for number, child in enumerate(node.children, start=1):
        is_last = number == len(node.children)
        for index, line in enumerate(_lines(child)):
            yield f"{'└─ ' if is_last else '├─ '}{line}" if index == 0 else f"{'   ' if is_last else '│  '}{line}"


def as_json(root: PlanNode, *, is_distributed: bool) -> list[str]:
    """Return the lines of a plan as JSON; a distributed one is in its fragment, ``0``."""
    tree = _object(root, count())
    return json.dumps({"0": tree} if is_distributed else tree, indent=2, separators=(",", " : ")).splitlines()


def _object(node: PlanNode, numbers: Iterator[int]) -> dict[str, Any]:
    return {
        "id": str(next(numbers)),
        "name": node.name,
        "descriptor": node.descriptor,
        "outputs": [{"type": type_, "name": name} for name, type_ in node.outputs],
        "details": list(node.details),
        "estimates": [],
        "children": [_object(child, numbers) for child in node.children],
    }


def as_graphviz(root: PlanNode, *, is_distributed: bool) -> list[str]:
    """Return the lines of a plan in Graphviz's language."""
    nodes: list[str] = []
    edges: list[str] = []
    _draw(root, count(1), nodes, edges)
    name = "distributed_plan" if is_distributed else "logical_plan"
    fragment = ["subgraph cluster_0 {", 'label = "SINGLE"', *nodes, "}"]
    return [f"digraph {name} {{", *fragment, *edges, "}"]


def _draw(node: PlanNode, numbers: Iterator[int], nodes: list[str], edges: list[str]) -> int:
    number = next(numbers)
    label = f"{node.name}[{', '.join(node.descriptor.values())}]"
    for character in '\\"{}|<>':
        label = label.replace(character, f"\\{character}")
    nodes.append(f'plannode_{number}[label="{{{label}}}", shape=record];')
    for child in node.children:
        edges.append(f"plannode_{number} -> plannode_{_draw(child, numbers, nodes, edges)};")
    return number
