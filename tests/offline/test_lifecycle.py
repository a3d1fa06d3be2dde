import socket
from pathlib import Path

from offline.deployment import DeployedApi, OfflineDeployment, save_deployment
from offline.lifecycle import wait_until_seen, with_ports_of_before
from offline.ports import free_ports, load_ports
from offline.state import LakeFolder, write_json


def test_a_new_process_is_waited_for_until_it_bears_its_mark() -> None:
    looks = iter([False, False, True])
    wait_until_seen(lambda: next(looks), lambda: False)
    assert not list(looks)


def test_a_process_that_ended_is_not_waited_for() -> None:
    wait_until_seen(lambda: False, lambda: True)


def test_an_api_gets_the_port_that_it_had_before_the_environment_was_stopped(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="one")
    had, fresh, taken = free_ports(3)
    write_json(folder.ports, {"frontdoor": 1, "api local-notes": had, "api local-shop": taken})
    apis = tuple(
        DeployedApi(construct=name, name=name, host="", path="", port=fresh) for name in ("local-notes", "local-shop")
    )
    deployment = OfflineDeployment(
        inputs_hash="", ingest=DeployedApi(construct="", name="", host="", path=""), others=apis
    )
    with socket.create_server(("127.0.0.1", taken)):
        found = with_ports_of_before(folder, deployment)
    assert [api.port for api in found.others] == [had, fresh]
    assert load_ports(folder.ports) == {"frontdoor": 1, "api local-notes": had, "api local-shop": fresh}


def test_an_api_that_is_served_keeps_its_port(tmp_path: Path) -> None:
    folder = LakeFolder(root=tmp_path, name="one")
    had, now = free_ports(2)
    write_json(folder.ports, {"api local-notes": had})
    served = (DeployedApi(construct="local-notes", name="local-notes", host="", path="", port=now),)
    deployment = OfflineDeployment(
        inputs_hash="", ingest=DeployedApi(construct="", name="", host="", path=""), others=served
    )
    save_deployment(folder, deployment)
    assert with_ports_of_before(folder, deployment).others == served
