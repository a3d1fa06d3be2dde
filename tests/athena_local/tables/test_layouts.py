from dataclasses import replace

import pytest

from athena_local.formats.layout import UnreadableError
from athena_local.tables.catalog import Table
from athena_local.tables.layouts import layout_of
from tests.athena_local.fakes import clicks, columns

CSV = Table(
    database="shop",
    name="t",
    columns=columns(a="int"),
    partition_keys=columns(gen="string"),
    location="s3://shop/t/",
    serde="org.apache.hadoop.hive.serde2.OpenCSVSerde",
    input_format="org.apache.hadoop.mapred.TextInputFormat",
    serde_properties={"separatorChar": ";", "quoteChar": "'"},
    parameters={"separatorChar": "|", "transient_lastDdlTime": "1"},
)


def test_properties_of_the_table_count_more_and_only_those_of_reading() -> None:
    layout = layout_of(CSV)
    assert layout is not None
    assert layout.properties == (("quoteChar", "'"), ("separatorChar", "|"))
    assert layout.columns == (("a", "int"),)
    assert layout_of(replace(CSV, parameters=dict(CSV.parameters) | {"transient_lastDdlTime": "2"})) == layout
    assert layout_of(replace(CSV, parameters={})).fingerprint != layout.fingerprint  # type: ignore[union-attr]


def test_parquet_has_no_layout() -> None:
    assert layout_of(clicks()) is None


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (replace(clicks(), serde_properties={"parquet.column.index.access": "TRUE"}), "by their place"),
        (replace(CSV, input_format="com.amazon.emr.cloudtrail.CloudTrailInputFormat"), "CloudTrailInputFormat"),
        (replace(CSV, serde="org.apache.hadoop.hive.serde2.RegexSerDe"), "RegexSerDe"),
        (replace(CSV, serde="org.apache.hadoop.hive.serde2.avro.AvroSerDe"), "AvroSerDe"),
        (replace(CSV, serde="com.amazon.ionhiveserde.IonHiveSerDe"), "IonHiveSerDe"),
        (replace(CSV, columns=columns(a="uniontype<int>")), "uniontype"),
        (replace(CSV, columns=()), "without columns"),
        (replace(CSV, parameters={"skip.header.line.count": "one"}), "not a number of lines"),
    ],
)
def test_what_is_not_read(table: Table, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        layout_of(table)
