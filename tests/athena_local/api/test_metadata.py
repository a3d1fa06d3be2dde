import pytest

from athena_local.api.metadata import matching, not_found, plain_name, table_metadata
from athena_local.errors import InvalidRequestError
from athena_local.tables.catalog import table_from_glue
from tests.athena_local.fakes import clicks, view

TABLES = [clicks(name="orders"), clicks(name="orders_old"), clicks(name="clicks")]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        (None, ["orders", "orders_old", "clicks"]),
        ("orders", ["orders"]),
        ("ORD.*", ["orders", "orders_old"]),
        ("ord*", ["orders", "orders_old"]),
        ("*old", ["orders_old"]),
        ("orders|clicks", ["orders", "clicks"]),
        ("nosuch", []),
    ],
)
def test_an_expression_matches_whole_names(expression: str | None, names: list[str]) -> None:
    assert [table.name for table in matching(TABLES, expression)] == names


def test_an_expression_that_is_none() -> None:
    with pytest.raises(InvalidRequestError, match="not a regular expression"):
        matching(TABLES, "(")


@pytest.mark.parametrize("name", ["shop", "`shop`", '"Shop"', " SHOP "])
def test_names_without_their_quotes(name: str) -> None:
    assert plain_name(name) == "shop"


def test_a_missing_entity_carries_glues_error_code() -> None:
    error = not_found("Database x not found.")
    assert error.code == "METADATA"
    assert error.message.startswith("Database x not found.")
    assert "(Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException" in error.message


def test_views_are_virtual() -> None:
    assert table_metadata(view("v", "SELECT 1"))["TableType"] == "VIRTUAL_VIEW"
    assert table_metadata(clicks())["PartitionKeys"] == [{"Name": "gen", "Type": "string", "Comment": ""}]


def test_parameters_tell_where_and_in_which_format_rows_are() -> None:
    table = table_from_glue(
        {
            "DatabaseName": "shop",
            "Name": "orders",
            "Parameters": {"EXTERNAL": "TRUE", "comment": "one\n\n  order"},
            "StorageDescriptor": {
                "Location": "s3://shop/orders",
                "InputFormat": "in",
                "OutputFormat": "out",
                "SerdeInfo": {"SerializationLibrary": "serde", "Parameters": {"escapeChar": ""}},
            },
        }
    )
    assert table_metadata(table)["Parameters"] == {
        "EXTERNAL": "TRUE",
        "comment": "one order",
        "location": "s3://shop/orders",
        "inputformat": "in",
        "outputformat": "out",
        "serde.serialization.lib": "serde",
        "serde.param.escapeChar": "",
    }
