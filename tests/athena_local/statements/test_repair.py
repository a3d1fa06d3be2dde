import pytest

from tests.athena_local.statements.conftest import Lake


@pytest.fixture
def logs(lake: Lake) -> Lake:
    lake.run("CREATE EXTERNAL TABLE logs (x int) PARTITIONED BY (day string, n int) LOCATION 's3://shop/logs/'")
    return lake


def test_folders_become_partitions(logs: Lake) -> None:
    logs.run("ALTER TABLE logs ADD PARTITION (day='1', n=1)")
    logs.put("logs/day=1/n=1/a", "logs/day=1/n=2/a", "logs/day=1/n=2/b", "logs/day=x%3Ay/n=1/deeper/a")
    assert logs.run("MSCK REPAIR TABLE `shop`.`logs`") == [
        "Partitions not in metastore:\tlogs:day=1/n=2\tlogs:day=x%3Ay/n=1",
        "Repair: Added partition to metastore logs:day=1/n=2",
        "Repair: Added partition to metastore logs:day=x%3Ay/n=1",
    ]
    assert logs.partitions("logs") == {
        ("1", "1"): "s3://shop/logs/day=1/n=1",
        ("1", "2"): "s3://shop/logs/day=1/n=2",
        ("x:y", "1"): "s3://shop/logs/day=x%3Ay/n=1",
    }
    assert logs.run("MSCK REPAIR TABLE logs") == []


def test_folders_with_other_names_are_told_and_not_added(logs: Lake) -> None:
    logs.put("logs/2026/11/a", "logs/Day=1/n=1/a", "logs/n=1/day=1/a", "logs/day=/n=1/a")
    assert logs.run("MSCK REPAIR TABLE logs") == [
        "Partitions not in metastore:\tlogs:2026/11\tlogs:Day=1/n=1\tlogs:day=/n=1\tlogs:n=1/day=1"
    ]
    assert logs.partitions("logs") == {}


def test_what_is_hidden_or_not_deep_enough_is_no_partition(logs: Lake) -> None:
    logs.put("logs/day=1/a", "logs/_tmp/n=1/a", "logs/day=1/.hidden/a", "logs2/day=1/n=1/a")
    assert logs.run("MSCK REPAIR TABLE logs") == []


def test_a_partition_without_a_folder_is_told_and_stays(logs: Lake) -> None:
    logs.run("ALTER TABLE logs ADD PARTITION (day='1', n=1) PARTITION (day='2', n=2) LOCATION 's3://shop/else/'")
    logs.put("logs/day=3/n=3/a", "else/a")
    assert logs.run("MSCK REPAIR TABLE logs") == [
        "Partitions not in metastore:\tlogs:day=3/n=3",
        "Partitions missing from filesystem:\tlogs:day=1/n=1",
        "Repair: Added partition to metastore logs:day=3/n=3",
    ]
    assert len(logs.partitions("logs")) == 3


def test_a_table_without_objects_is_told(logs: Lake) -> None:
    assert logs.run("MSCK REPAIR TABLE logs") == ["Tables missing on filesystem:\tlogs"]


def test_hundreds_of_partitions(logs: Lake) -> None:
    logs.put(*(f"logs/day=1/n={number}/a" for number in range(230)))
    assert len(logs.run("MSCK REPAIR TABLE logs")) == 231
    assert logs.run("MSCK REPAIR TABLE logs") == []
