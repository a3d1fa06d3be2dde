import json

import pytest
from sqlglot import exp

from athena_local.execution.plan import plan
from athena_local.execution.plan_nodes import PlanNode
from athena_local.execution.plan_texts import as_graphviz, as_json, as_text
from athena_local.syntax.dialect import parse


def scan(table: exp.Table) -> PlanNode:
    return PlanNode(name="TableScan", descriptor={"table": table.name})


def planned(sql: str) -> PlanNode:
    return plan(parse(sql), [("a", "bigint"), ("b", "varchar")], scan)


def shape(node: PlanNode) -> str:
    """Return an operator with its descriptor's values, and its children in brackets."""
    inner = ", ".join(shape(child) for child in node.children)
    return f"{node.name}{''.join(f' {value}' for value in node.descriptor.values())}" + (f" ({inner})" if inner else "")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", "Project (Values)"),
        ("VALUES 1, 2", "Values"),
        ("SELECT a FROM t WHERE b > 1", "Filter (b > 1) (TableScan t)"),
        ("SELECT a, b FROM t ORDER BY 2 DESC LIMIT 5", "TopN 5 [b DESC NULLS LAST] (TableScan t)"),
        ("SELECT a FROM t ORDER BY a NULLS FIRST", "Sort [a ASC NULLS FIRST] (TableScan t)"),
        ("SELECT a FROM t OFFSET 2 LIMIT 1", "Limit 1 (Offset 2 (TableScan t))"),
        ("SELECT a FROM t FETCH FIRST 3 ROWS ONLY", "Limit 3 (TableScan t)"),
        ("SELECT DISTINCT a FROM t", "Aggregate [a] (TableScan t)"),
        ("SELECT a, count(*) FROM t GROUP BY 1", "Project (Aggregate [a] (TableScan t))"),
        ("SELECT a FROM t GROUP BY a HAVING sum(b) > 1", "Filter (sum(b) > 1) (Aggregate [a] (TableScan t))"),
        ("SELECT max(b) FILTER (WHERE a > 1) FROM t", "Project (Aggregate (TableScan t))"),
        ("SELECT a FROM t JOIN u ON t.x = u.x", "InnerJoin (t.x = u.x) (TableScan t, TableScan u)"),
        ("SELECT a FROM t LEFT JOIN u USING (x)", "LeftJoin (x) (TableScan t, TableScan u)"),
        ("SELECT a FROM t, u", "CrossJoin (TableScan t, TableScan u)"),
        ("SELECT a FROM t CROSS JOIN UNNEST(b) AS v (x)", "Unnest [b] (TableScan t)"),
        ("SELECT a FROM t UNION ALL SELECT a FROM u", "Union (TableScan t, TableScan u)"),
        ("SELECT a FROM t UNION SELECT a FROM u", "Aggregate (Union (TableScan t, TableScan u))"),
        ("SELECT a FROM t EXCEPT SELECT a FROM u", "Except true (TableScan t, TableScan u)"),
        ("WITH t AS (SELECT a FROM u) SELECT a FROM t", "TableScan u"),
        ("WITH t AS (SELECT a FROM t) SELECT a FROM t", "TableScan t"),
        ("SELECT a FROM (SELECT a FROM t LIMIT 1) AS x", "Limit 1 (TableScan t)"),
        ("SELECT a FROM t WHERE a IN (SELECT b FROM u)",
         "Filter (a IN (SELECT b FROM u)) (Apply (TableScan t, TableScan u))"),
        ("SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t",
         "Project (Window [a] [b ASC NULLS LAST] (TableScan t))"),
        ("SELECT sum(b) OVER () FROM t", "Project (Window [] (TableScan t))"),
    ],
)  # fmt: skip
def test_operators(sql: str, expected: str) -> None:
    assert shape(planned(sql)) == f"Output [a, b] ({expected})"


SQL = "SELECT a, b FROM t JOIN (SELECT x FROM u LIMIT 1) AS v ON t.x = v.x"


def test_a_plan_as_text() -> None:
    assert as_text(planned(SQL), is_distributed=False)[1:] == [
        "Output[columnNames = [a, b]]",
        "│   Layout: [a:bigint, b:varchar]",
        "└─ InnerJoin[criteria = (t.x = v.x)]",
        "   ├─ TableScan[table = t]",
        "   └─ Limit[count = 1]",
        "      └─ TableScan[table = u]",
    ]
    lines = as_text(planned(SQL), is_distributed=True)
    assert lines[1:5] == [
        "Fragment 0 [SINGLE]", "    Output layout: [a, b]", "    Output partitioning: SINGLE []",
        "    Output[columnNames = [a, b]]",
    ]  # fmt: skip


def test_a_plan_as_json_and_as_a_graph() -> None:
    told = json.loads("\n".join(as_json(planned(SQL), is_distributed=True)))["0"]
    assert (told["name"], told["descriptor"]) == ("Output", {"columnNames": "[a, b]"})
    join = told["children"][0]
    assert [child["name"] for child in join["children"]] == ["TableScan", "Limit"]
    assert json.loads("\n".join(as_json(planned(SQL), is_distributed=False))) == told
    graph = as_graphviz(planned("SELECT a FROM t WHERE b < 1"), is_distributed=False)
    assert graph[0] == "digraph logical_plan {"
    assert 'plannode_2[label="{Filter[(b \\< 1)]}", shape=record];' in graph
    assert "plannode_1 -> plannode_2;" in graph
