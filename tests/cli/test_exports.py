import subprocess

from cli.exports import athena_variables, export_lines


def test_a_shell_reads_the_lines_back() -> None:
    keys = {"shop-history": "shop-history.a'b $HOME", "weather": "w.2"}
    lines = export_lines(
        {"AWS_REGION": "us-east-1"}, "http://127.0.0.1:8080", keys, {"my-notes": "http://127.0.0.1:8081"}
    )
    names = ("AWS_REGION", "LAKE_INGEST_URL", "LAKE_WRITE_KEY", "LAKE_WRITE_KEY_WEATHER", "LAKE_MY_NOTES_URL")
    script = "\n".join([*lines, *(f'printf "%s|" "${name}"' for name in names)])
    shell = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert shell.stdout == "us-east-1|http://127.0.0.1:8080|shop-history.a'b $HOME|w.2|http://127.0.0.1:8081|"
    assert any(line.startswith("export LAKE_WRITE_KEY_SHOP_HISTORY=") for line in lines)


def test_without_sources_there_is_no_key() -> None:
    assert export_lines({}, "u", {}, {}) == ["export LAKE_INGEST_URL=u"]


def test_athena_clients_know_workgroup_and_database() -> None:
    outputs = {"WorkGroup": "local-thermocline", "Database": "local_thermocline", "LakeBucket": "lake"}
    assert athena_variables(outputs) == {
        "AWS_ATHENA_WORK_GROUP": "local-thermocline",
        "LAKE_DATABASE": "local_thermocline",
    }
    assert athena_variables({}) == {}
