"""Functions of the local AWS: what they see of this machine, and what they can reach."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrator.local.process import LocalAws
from tests.local.templates import archive

pytestmark = [pytest.mark.local, pytest.mark.node]
PYTHON_SECRET = "def handler(event, context):\n    import os\n    return dict(os.environ)\n"
NODE_SECRET = "exports.handler = async () => ({ ...process.env });"
NODE_FETCH = "exports.handler = async ({ url }) => (await fetch(url)).status;"
NODE_CHILD = "exports.handler = async () => require('child_process').execSync('id').toString();"
PYTHON_FETCH = """
def handler(event, context):
    import urllib.request
    return urllib.request.urlopen(event["url"], timeout=5).status
"""
PYTHON_CHILD = "def handler(event, context):\n    import os\n    return os.system('id')\n"
NODE_SDK = """
import { S3Client, ListBucketsCommand } from '@aws-sdk/client-s3';
const s3 = new S3Client({ forcePathStyle: true });
export const handler = async () => (await s3.send(new ListBucketsCommand({}))).$metadata.httpStatusCode;
"""


def invoke(local: LocalAws, name: str, runtime: str, file: str, code: str, **event: Any) -> tuple[bool, str]:
    """Whether a function succeeded, and what it returned."""
    functions = local.session.client("lambda")
    role = "arn:aws:iam::000000000000:role/any"
    if name not in {one["FunctionName"] for one in functions.list_functions()["Functions"]}:
        functions.create_function(
            FunctionName=name,
            Runtime=runtime,
            Handler="index.handler",
            Role=role,
            Code={"ZipFile": archive(**{file: code})},
            Environment={"Variables": {"OWN": "mine"}},
            Timeout=30,
        )
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    return "FunctionError" not in answer, answer["Payload"].read().decode()


def killed(local: LocalAws) -> None:
    """Ends a local AWS as nobody should."""
    os.kill(local.status().pid, signal.SIGKILL)
    local.stop()


@pytest.mark.parametrize(
    ("runtime", "file", "code"),
    [("python3.12", "index__py", PYTHON_SECRET), ("nodejs20.x", "index__js", NODE_SECRET)],
)
def test_a_function_sees_its_own_variables_and_none_of_the_users(
    monkeypatch: pytest.MonkeyPatch, with_node: None, tmp_path: Any, runtime: str, file: str, code: str
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "work")
    monkeypatch.setenv("DEPLOY_TOKEN", "secret-of-user")
    with LocalAws.start(tmp_path, install=False) as local:
        done, said = invoke(local, "seeing", runtime, file, code)
    seen = json.loads(said)
    assert done
    assert seen["OWN"] == "mine"
    assert seen["AWS_ENDPOINT_URL"] == local.endpoint
    assert not {"AWS_PROFILE", "DEPLOY_TOKEN", "STATE_DIR", "GATEWAY_PORT"} & set(seen)
    assert seen["HOME"].startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "runtime", "file", "code"),
    [
        ("node-fetch", "nodejs20.x", "index__js", NODE_FETCH),
        ("python-fetch", "python3.12", "index__py", PYTHON_FETCH),
        ("node-child", "nodejs20.x", "index__js", NODE_CHILD),
        ("python-child", "python3.12", "index__py", PYTHON_CHILD),
    ],
)
def test_the_network_is_off(local: LocalAws, name: str, runtime: str, file: str, code: str) -> None:
    done, said = invoke(local, name, runtime, file, code, url="http://192.0.2.1/")
    assert not done
    assert "the network is off" in said or "fetch failed" in said


@pytest.mark.parametrize(
    ("name", "runtime", "file", "code"),
    [("node-fetch", "nodejs20.x", "index__js", NODE_FETCH), ("python-fetch", "python3.12", "index__py", PYTHON_FETCH)],
)
def test_this_machine_can_be_reached(local: LocalAws, name: str, runtime: str, file: str, code: str) -> None:
    done, said = invoke(local, name, runtime, file, code, url=f"{local.endpoint}/_ministack/health")
    assert (done, said) == (True, "200")


TICKING = "setInterval(() => {}, 60000); exports.handler = async () => process.pid;"
PYTHON_ID = "def handler(event, context):\n    import os\n    return os.getpid()\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
@pytest.mark.parametrize("end", [LocalAws.stop, killed])
def test_functions_end_with_the_server(with_node: None, tmp_path: Path, end: Callable[[LocalAws], None]) -> None:
    local = LocalAws.start(tmp_path, install=False)
    processes = [
        int(invoke(local, "ticking", "nodejs20.x", "index__js", TICKING)[1]),
        int(invoke(local, "waiting", "python3.12", "index__py", PYTHON_ID)[1]),
    ]
    end(local)
    limit = time.monotonic() + 30
    while any(Path(f"/proc/{one}").exists() for one in processes):
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_the_network_can_be_allowed(with_node: None, tmp_path: Any) -> None:
    with LocalAws.start(tmp_path, install=False) as local:
        assert not invoke(local, "child", "nodejs20.x", "index__js", NODE_CHILD)[0]
        local.configure(network=True)
        assert "uid=" in invoke(local, "child", "nodejs20.x", "index__js", NODE_CHILD)[1]


def test_functions_have_the_aws_sdk_of_lambda(local: LocalAws) -> None:
    assert invoke(local, "sdk", "nodejs20.x", "index__mjs", NODE_SDK) == (True, "200")
