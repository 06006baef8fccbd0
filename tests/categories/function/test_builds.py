"""Functions in other languages, built by the tools of this machine as a deployment does: what Lambda gets of them.

A tool that is not on the machine skips its tests, saying so.
"""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from migrator.commands.convert import Request, convert
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import find_toolchain
from migrator.verify.functions import project_functions
from migrator.verify.synth import synthesize
from migrator.verify.workspace import Mode, mirrored
from tests.categories.function.gen1_function import job, template

pytestmark = pytest.mark.node

GO = """package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	next, err := http.Get(api + "next")
	if err != nil {
		panic(err)
	}
	event, _ := io.ReadAll(next.Body)
	answer := fmt.Sprintf(`{"counted": %s}`, event)
	id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
	http.Post(api+id+"/response", "application/json", bytes.NewBufferString(answer))
}
"""
JAVA = """package example;

import java.util.Map;

public class Binder {
    public String bind(Map<String, Integer> event) throws java.io.IOException {
        java.util.Properties words = new java.util.Properties();
        words.load(Binder.class.getResourceAsStream("/words.properties"));
        return event.get("sheets") + " " + words.getProperty("bound");
    }
}
"""
GRADLE = """apply plugin: 'java'

sourceCompatibility = '11'
targetCompatibility = '11'

task buildZip(type: Zip) {
    from compileJava
    from processResources
    into('lib') {
        from fileTree('libs')
    }
    if (hasProperty('archiveFileName')) {
        archiveFileName = 'latest_build.zip'
    } else {
        archiveName = 'latest_build.zip'
    }
}

build.dependsOn buildZip
"""
CALLED = """public class Call {
    public static void main(String[] said) throws Exception {
        System.out.print(new example.Binder().bind(java.util.Map.of("sheets", 12)));
    }
}
"""
BOOTSTRAP = """#!/bin/sh
. "$LAMBDA_TASK_ROOT/stamp.sh"
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
event=$(curl -sS -D head.txt "$api/next")
id=$(grep -i lambda-runtime-aws-request-id head.txt | tr -d '[:space:]' | cut -d: -f2)
curl -sS -d "{\\"$(word)\\": $event}" "$api/$id/response"
"""
SCRIPT = "mkdir -p dist\ncp src/stamp.sh dist/\ncp src/start dist/bootstrap\nchmod 755 dist/bootstrap\n"
ARM, INTEL = 0xB7, 0x3E
"""What the head of a program says of its processor (https://man7.org/linux/man-pages/man5/elf.5.html)."""


def needs(tool: str) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not on this machine: the build was not run")


@contextmanager
def built(tmp_path: Path, properties: Mapping[str, Any], source: Mapping[str, str], **files: Any) -> Iterator[Path]:
    """The asset of a function, which a synth has built; a build that fails is a failure of the test."""
    assessment = job(tmp_path / "gen1", template(properties), source, **files)
    for name in ("bootstrap", "start"):
        program = assessment.root / "amplify/backend/function/job/src" / name
        if program.is_file():
            program.chmod(0o755)
    out = tmp_path / "gen2"
    convert(Request(tmp_path / "gen1", out))
    toolchain = find_toolchain(out, install=True, progress=print)
    packages = prepare_packages(out, toolchain, install=False, progress=print)
    with mirrored(out.resolve(), toolchain.modules, packages.folder) as workspace, Processes() as processes:
        made = synthesize(workspace, toolchain, processes, Mode.BRANCH, "main", build=True)
        assert made.assembly is not None, made.errors
        assert made.unbuilt == ()
        (function,) = project_functions(made.assembly, workspace)
        assert function.folder is not None
        yield function.folder


def programs(folder: Path) -> list[str]:
    """The files that can be started."""
    return sorted(one.name for one in folder.iterdir() if one.stat().st_mode & stat.S_IXUSR and one.is_file())


def processor(program: Path) -> int:
    return int.from_bytes(program.read_bytes()[18:20], "little")


def answer(folder: Path, event: str) -> str:
    """What the program `bootstrap` answers to one event, as Lambda hands it over."""
    found: list[str] = []

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", "one")
            self.end_headers()
            self.wfile.write(event.encode())

        def do_POST(self) -> None:
            found.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(202)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Api) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        told = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}", "LAMBDA_TASK_ROOT": str(folder)}
        environment = {"PATH": "/usr/bin:/bin", **told}
        subprocess.run([folder / "bootstrap"], env=environment, cwd=folder, timeout=30, check=True)
        server.shutdown()
    return "".join(found)


def test_go_becomes_a_program_that_answers(tmp_path: Path, node_tools: None) -> None:
    needs("go")
    source = {"src/main.go": GO, "src/go.mod": "module job\n\ngo 1.18\n"}
    with built(tmp_path, {"Runtime": "go1.x", "Handler": "main"}, source) as asset:
        assert programs(asset) == ["bootstrap"]
        assert processor(asset / "bootstrap") == INTEL
        if processor(Path("/bin/sh").resolve()) == INTEL:
            assert json.loads(answer(asset, '{"prints": 3}')) == {"counted": {"prints": 3}}


def test_go_is_built_for_the_other_processor_too(tmp_path: Path, node_tools: None) -> None:
    needs("go")
    source = {"src/main.go": GO, "src/go.mod": "module job\n\ngo 1.18\n"}
    arm = {"Runtime": "provided.al2023", "Handler": "bootstrap", "Architectures": ["arm64"]}
    with built(tmp_path, arm, source) as asset:
        assert processor(asset / "bootstrap") == ARM


def test_java_becomes_an_archive_with_classes_resources_and_libraries(tmp_path: Path, node_tools: None) -> None:
    needs("gradle")
    needs("javac")
    source = {
        "src/main/java/example/Binder.java": JAVA,
        "src/main/resources/words.properties": "bound=sheets bound\n",
        "build.gradle": GRADLE,
        "libs/notes.txt": "a library of the project\n",
    }
    with built(tmp_path, {"Runtime": "java17", "Handler": "example.Binder::bind"}, source) as asset:
        archive = asset if asset.is_file() else next(asset.glob("*.zip"))
        with zipfile.ZipFile(archive) as opened:
            names = {name for name in opened.namelist() if not name.endswith("/")}
        assert names == {"example/Binder.class", "words.properties", "lib/notes.txt"}
        (tmp_path / "Call.java").write_text(CALLED)
        java = ("java", "-cp", str(archive), str(tmp_path / "Call.java"))
        assert subprocess.run(java, capture_output=True, text=True, check=True).stdout == "12 sheets bound"


def test_a_script_makes_the_program_that_answers(tmp_path: Path, node_tools: None) -> None:
    needs("curl")
    source = {"src/start": BOOTSTRAP, "src/stamp.sh": "word() { echo stamped; }\n"}
    state = {"pluginId": "amplify-custom-function-runtime-provider", "functionRuntime": "provided"}
    scripts = {"scripts": {"build": {"type": "inline", "value": SCRIPT}}}
    own = {"Runtime": "provided.al2023", "Handler": "stamp.handler"}
    with built(tmp_path, own, source, **{"amplify.state": {**state, **scripts}}) as asset:
        assert sorted(one.name for one in asset.iterdir()) == ["bootstrap", "stamp.sh"]
        assert json.loads(answer(asset, "7")) == {"stamped": 7}


def test_a_program_of_the_project_stays_one(tmp_path: Path, node_tools: None) -> None:
    needs("curl")
    source = {"src/bootstrap": BOOTSTRAP, "src/stamp.sh": "word() { echo kept; }\n"}
    with built(tmp_path, {"Runtime": "provided.al2023", "Handler": "bootstrap"}, source) as asset:
        assert programs(asset) == ["bootstrap"]
        assert json.loads(answer(asset, "7")) == {"kept": 7}


def wheel(folder: Path, name: str, text: str) -> None:
    """A package as pip takes it, without an index."""
    folder.mkdir()
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as opened:
        opened.writestr(f"{name}/__init__.py", text)
        opened.writestr(f"{name}-1.0.dist-info/METADATA", about)
        opened.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        opened.writestr(f"{name}-1.0.dist-info/RECORD", "")


def test_python_gets_its_packages_beside_the_source(
    tmp_path: Path, node_tools: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel(tmp_path / "wheels", "paper", "SHEETS = 12\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    source = {
        "src/index.py": "import paper\n\n\ndef handler(event, context):\n    return paper.SHEETS\n",
        "Pipfile": '[packages]\npaper = "==1.0"\n',
    }
    with built(tmp_path, {"Runtime": "python3.12"}, source) as asset:
        code = "import index; print(index.handler({}, None))"
        called = subprocess.run([sys.executable, "-c", code], cwd=asset, capture_output=True, text=True, check=True)
        assert called.stdout == "12\n"


def test_dotnet_becomes_a_library_with_what_it_needs(tmp_path: Path, node_tools: None) -> None:
    needs("dotnet")
    settings = "<TargetFramework>net8.0</TargetFramework><AWSProjectType>Lambda</AWSProjectType>"
    source = {
        "src/job.csproj": f'<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>{settings}</PropertyGroup></Project>\n',
        "src/Shelf.cs": "namespace job;\n\npublic class Shelf\n{\n    public string Count(string shelf) => shelf;\n}\n",
    }
    with built(tmp_path, {"Runtime": "dotnet8", "Handler": "job::job.Shelf::Count"}, source) as asset:
        assert {"job.dll", "job.deps.json"} <= {one.name for one in asset.iterdir()}
