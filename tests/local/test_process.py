"""The local AWS as a process: its state, its end, who may talk to it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migrator.core.errors import LocalError
from migrator.local import process
from migrator.local.environment import VERSION, find_environment
from migrator.local.launch import Launch, launch_server
from migrator.local.process import LocalAws
from migrator.local.status import ServerStatus
from tests.local.requests import send
from tests.local.templates import deploy, parameter, resources, wait, with_custom_resource

pytestmark = [pytest.mark.local, pytest.mark.usefixtures("installed")]


LISTENING = "0A"


def started(state: Path, **options: object) -> LocalAws:
    return LocalAws.start(state, node=False, install=False, **options)  # type: ignore[arg-type]


def remember(local: LocalAws, value: str) -> None:
    local.session.client("ssm").put_parameter(Name="/told", Value=value, Type="String", Overwrite=True)


def remembered(local: LocalAws) -> str:
    return str(local.session.client("ssm").get_parameter(Name="/told")["Parameter"]["Value"])


def kill(local: LocalAws) -> None:
    pid = local.status().pid
    os.kill(pid, signal.SIGKILL)
    local.stop()


def test_what_was_saved_survives_a_kill_and_nothing_else(tmp_path: Path) -> None:
    local = started(tmp_path)
    s3 = local.session.client("s3")
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="saved", Body=b"1")
    remember(local, "saved")
    local.save()
    remember(local, "not saved")
    s3.put_object(Bucket="kept", Key="not saved", Body=b"2")
    kill(local)
    with started(tmp_path) as again:
        assert remembered(again) == "saved"
        assert [one["Key"] for one in again.session.client("s3").list_objects_v2(Bucket="kept")["Contents"]] == [
            "saved"
        ]


def test_a_kill_while_a_stack_is_deployed_leaves_the_last_saved_state(tmp_path: Path) -> None:
    local = started(tmp_path)
    assert deploy(local, "one", resources(Told=parameter("x"))) == "CREATE_COMPLETE"
    local.save()
    client = local.session.client("cloudformation")
    many = resources(**{f"Told{n}": parameter("x") for n in range(200)})
    client.update_stack(StackName="one", TemplateBody=json.dumps(many))
    kill(local)
    with started(tmp_path) as again:
        assert again.status().stacks == {"one": "CREATE_COMPLETE"}


def test_a_disk_that_refuses_is_told_and_the_last_state_stays(tmp_path: Path) -> None:
    with started(tmp_path) as local:
        remember(local, "first")
        local.save()
        shutil.move(tmp_path / "snapshots", tmp_path / "aside")
        (tmp_path / "snapshots").write_text("in the way")
        remember(local, "second")
        with pytest.raises(LocalError, match="the state cannot be saved"):
            local.save()
        kill(local)
    (tmp_path / "snapshots").unlink()
    shutil.move(tmp_path / "aside", tmp_path / "snapshots")
    with started(tmp_path) as again:
        assert remembered(again) == "first"


def test_a_clean_end_saves(tmp_path: Path) -> None:
    with started(tmp_path) as local:
        remember(local, "x")
    with started(tmp_path) as again:
        assert remembered(again) == "x"


def test_the_port_stays_the_same(tmp_path: Path) -> None:
    with started(tmp_path) as local:
        endpoint = local.endpoint
    with started(tmp_path) as again:
        assert again.endpoint == endpoint


def test_addresses_in_the_state_follow_when_the_port_is_taken(tmp_path: Path) -> None:
    with started(tmp_path) as local:
        remember(local, f"{local.endpoint}/v1")
        port = local.status().port
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with started(tmp_path) as again:
            assert again.status().port != port
            assert remembered(again) == f"{again.endpoint}/v1"


def test_a_port_that_is_asked_for_and_taken_is_refused(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=f"port {port} cannot be used"):
            started(tmp_path, port=port)


def test_there_is_one_at_a_time(tmp_path: Path) -> None:
    with started(tmp_path), pytest.raises(LocalError, match="another local AWS runs"):
        started(tmp_path)


PARENT = """
import sys, time
from pathlib import Path
from migrator.local.process import LocalAws
local = LocalAws.start(Path(sys.argv[1]), node=False, install=False)
local.session.client("ssm").put_parameter(Name="/told", Value="by parent", Type="String")
print(local.status().pid, flush=True)
time.sleep(600)
"""


def test_it_saves_and_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists() or process.status(tmp_path):
        assert time.monotonic() < end
        time.sleep(0.05)
    with started(tmp_path) as again:
        assert remembered(again) == "by parent"


def test_one_in_the_background_is_taken_and_stays(tmp_path: Path) -> None:
    first = started(tmp_path, background=True)
    try:
        remember(first, "x")
        with started(tmp_path) as second:
            assert second.attached
            assert remembered(second) == "x"
        assert process.status(tmp_path)
    finally:
        assert process.stop(tmp_path)
    assert process.status(tmp_path) is None


def test_reset_throws_everything_away(tmp_path: Path) -> None:
    with started(tmp_path) as local:
        remember(local, "x")
        with pytest.raises(LocalError, match="a command is using"):
            process.reset(tmp_path)
    assert process.reset(tmp_path)
    assert not process.reset(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".gitignore"]


def test_reset_leaves_the_files_of_others(tmp_path: Path) -> None:
    with started(tmp_path):
        pass
    (tmp_path / "mine.txt").write_text("x")
    assert process.reset(tmp_path)
    assert (tmp_path / "mine.txt").exists()


def test_a_folder_of_somebody_else_is_neither_used_nor_emptied(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work/thesis.txt").write_text("x")
    (tmp_path / "state.json").write_text("{}")
    with pytest.raises(LocalError, match="holds something else"):
        started(tmp_path)
    with pytest.raises(LocalError, match="is not the state of a local AWS"):
        process.reset(tmp_path)
    assert (tmp_path / "work/thesis.txt").exists()


@pytest.mark.parametrize(("known", "message"), [
    ({"format": 1, "emulator": "1.0.0", "snapshot": "0001"}, "another version"),
    ({"format": 0, "emulator": VERSION, "snapshot": "0001"}, "another version"),
    ({"format": 1, "emulator": VERSION, "snapshot": "0001", "account": "1", "region": "x"}, "holds account 1 in x"),
])  # fmt: skip
def test_a_state_that_is_not_ours_to_read_is_refused(tmp_path: Path, known: dict[str, object], message: str) -> None:
    (tmp_path / "state.json").write_text(json.dumps(known))
    with pytest.raises(LocalError, match=message):
        started(tmp_path)
    assert json.loads((tmp_path / "state.json").read_text()) == known


def test_a_state_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    with started(tmp_path):
        pass
    (tmp_path / "state.json").write_text("{")
    with pytest.raises(LocalError, match="cannot be read") as told:
        started(tmp_path)
    assert "migrate local reset" in told.value.hint


def test_another_version_of_the_emulator_is_refused(tmp_path: Path) -> None:
    environment = find_environment(install=False, progress=print)
    with pytest.raises(LocalError, match=f"ministack {VERSION} is installed, and 9.9.9 is needed"):
        launch_server(environment, tmp_path, Launch(version="9.9.9"))


def test_a_patch_that_does_not_exist_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="there is no patch nonsense"):
        started(tmp_path, without=("nonsense",))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalError, match="cannot be written"):
        started(tmp_path / "file" / "state")


SLOW = "exports.handler = () => new Promise((done) => setTimeout(done, 3000));"


def test_it_is_not_saved_while_a_stack_is_deployed(local: LocalAws) -> None:
    client = local.session.client("cloudformation")
    client.create_stack(StackName="saving", TemplateBody=json.dumps(with_custom_resource(SLOW)))
    with pytest.raises(LocalError, match="the stack saving is being deployed"):
        local.save()
    wait(local, "saving")
    local.save()


def test_a_stack_that_is_deployed_comes_to_its_end_before_it_stops(with_node: None, tmp_path: Path) -> None:
    with LocalAws.start(tmp_path, install=False) as local:
        client = local.session.client("cloudformation")
        client.create_stack(StackName="slow", TemplateBody=json.dumps(with_custom_resource(SLOW)))
    with started(tmp_path) as again:
        assert again.status().stacks == {"slow": "ROLLBACK_COMPLETE"}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs /proc")
def test_it_listens_on_the_loopback_interface_only(local: LocalAws) -> None:
    port = f"{local.status().port:04X}"
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert {place for _, place, _, state, *_ in sockets if place.endswith(f":{port}") and state == LISTENING} == {
        f"0100007F:{port}"
    }


@pytest.mark.parametrize("headers", [
    {"Host": "evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Referer": "https://evil.example/localhost"},
])  # fmt: skip
def test_pages_of_others_are_refused(local: LocalAws, headers: dict[str, str]) -> None:
    assert send(f"{local.endpoint}/_ministack/health", headers=headers)[0] == 403
    assert send(f"{local.endpoint}/_local/status", headers=headers)[0] == 403


@pytest.mark.parametrize("headers", [
    {},
    {"Origin": "http://localhost:5173"},
    {"Sec-Fetch-Site": "cross-site", "Referer": "http://localhost:5173/page"},
])  # fmt: skip
def test_pages_of_this_machine_are_let_in(local: LocalAws, headers: dict[str, str]) -> None:
    assert send(f"{local.endpoint}/_ministack/health", headers=headers)[0] == 200


def test_one_that_another_version_of_this_program_started_is_not_taken() -> None:
    older = ServerStatus(pid=1, port=1, version=VERSION, owned=False, patches=("nested_failure",))
    with pytest.raises(LocalError, match="another version of migrate"):
        process._check_same(older)
