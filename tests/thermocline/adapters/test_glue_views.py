"""Views in Glue: versions, and what a view tells of itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber
from moto import mock_aws

from thermocline.adapters.glue_views import GlueViews
from thermocline.contracts import load_contracts
from thermocline.errors import ViewChanged

CLICKSTREAM = load_contracts()["clickstream"]
W = "2026-11-26-10"


@pytest.fixture
def glue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("glue", region_name="us-east-1")
        client.create_database(DatabaseInput={"Name": "lake"})
        yield client


def test_there_is_none_at_first_then_the_one_that_was_written(glue: Any) -> None:
    views = GlueViews(glue, "lake")
    assert views.read("clickstream") is None
    views.write(CLICKSTREAM, watermark=W, since={"price": "x"}, version=None)
    view = views.read("clickstream")
    assert view is not None
    assert (view.watermark, view.since) == (W, {"price": "x"})


def test_a_second_first_view_is_a_change(glue: Any) -> None:
    views = GlueViews(glue, "lake")
    views.write(CLICKSTREAM, watermark="", since={}, version=None)
    with pytest.raises(ViewChanged):
        views.write(CLICKSTREAM, watermark=W, since={}, version=None)


def test_an_update_names_the_version_that_it_replaces_and_archives_nothing() -> None:
    client = boto3.client("glue", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubber:
        expected = {"DatabaseName": "lake", "TableInput": ANY, "VersionId": "7", "SkipArchive": True}
        stubber.add_response("update_table", {}, expected)
        GlueViews(client, "lake").write(CLICKSTREAM, watermark=W, since={}, version="7")
        stubber.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["ConcurrentModificationException", "EntityNotFoundException"])
def test_another_version_is_a_change(code: str) -> None:
    client = boto3.client("glue", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubber:
        stubber.add_client_error("update_table", code)
        with pytest.raises(ViewChanged):
            GlueViews(client, "lake").write(CLICKSTREAM, watermark=W, since={}, version="7")


def test_what_is_no_change_goes_on() -> None:
    client = boto3.client("glue", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubber:
        for method in ("get_table", "update_table", "create_table"):
            stubber.add_client_error(method, "AccessDeniedException")
        views = GlueViews(client, "lake")
        with pytest.raises(ClientError):
            views.read("clickstream")
        for version in ("7", None):
            with pytest.raises(ClientError):
                views.write(CLICKSTREAM, watermark=W, since={}, version=version)


def test_its_form_is_athenas(glue: Any) -> None:
    GlueViews(glue, "lake").write(CLICKSTREAM, watermark=W, since={}, version=None)
    table = glue.get_table(DatabaseName="lake", Name="clickstream")["Table"]
    assert (table["TableType"], table["ViewExpandedText"]) == ("VIRTUAL_VIEW", "/* Presto View */")
    assert (table["Parameters"]["presto_view"], table["Parameters"]["comment"]) == ("true", "Presto View")
    assert "Description" not in table  # which Trino takes for the comment
    assert table["PartitionKeys"] == []
    head, _, end = table["ViewOriginalText"].removeprefix("/* Presto View: ").partition(" ")
    view = json.loads(base64.b64decode(head))
    assert end == "*/"
    assert (view["catalog"], view["schema"]) == ("awsdatacatalog", "lake")
    hive = {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]}
    trino = {column["name"]: column["type"] for column in view["columns"]}
    assert list(hive) == list(trino)
    assert list(hive)[-1] == "gen"
    names = ("event_id", "fingerprint", "event_time", "revenue", "quantity")
    assert [hive[name] for name in names] == ["string", "bigint", "timestamp", "decimal(38,9)", "int"]
    assert [trino[name] for name in names] == ["varchar", "bigint", "timestamp(6)", "decimal(38,9)", "integer"]
