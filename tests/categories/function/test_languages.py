"""Functions in other languages than JavaScript: what is written for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.categories.function.languages import family, successor
from migrator.categories.function.requirements import read_requirements
from migrator.commands.assessment import Assessment
from migrator.engine.assemble import assemble
from migrator.gen1.project import App
from migrator.output.emit import emit
from tests.categories.function.gen1_function import app, emitted, findings, flat, job, template, write

HANDLER = "def handler(event, context):\n    return event\n"
PIPFILE = '[[source]]\nurl = "https://pypi.org/simple"\n\n[packages]\nsrc = {{editable = true, path = "./src"}}\n{}\n'


def written(found: App) -> tuple[str, ...]:
    """The paths below `amplify/function` of all files, copies too."""
    assessment = Assessment(found)
    backend, _ = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    files = emit(backend, assessment.context, assessment.categories).files
    return tuple(f.path.removeprefix("amplify/function/") for f in files if f.path.startswith("amplify/function/"))


def python(tmp_path: Path, variables: dict[str, Any] | None = None, **properties: Any) -> dict[str, str]:
    body = template({"Runtime": "python3.12", **properties}, variables)
    return emitted(job(tmp_path, body, {"src/index.py": HANDLER}))


def lines(tmp_path: Path, **files: str) -> tuple[str, ...]:
    for name, text in files.items():
        write(tmp_path / name.replace("__", "."), text)
    return read_requirements(tmp_path).lines


@pytest.mark.parametrize(
    ("runtime", "language"),
    [
        ("python3.12", "python"),
        ("java8.al2", "java"),
        ("dotnetcore3.1", "dotnet"),
        ("go1.x", "go"),
        ("provided", "provided"),
        ("nodejs22.x", ""),
        ("pythonic", ""),
    ],
)
def test_a_runtime_tells_its_language(runtime: str, language: str) -> None:
    assert family(runtime) == language


@pytest.mark.parametrize(
    ("runtime", "newer"),
    [
        ("python3.8", "python3.13"),
        ("python3.9", "python3.9"),
        ("java8", "java8.al2"),
        ("go1.x", "provided.al2023"),
        ("dotnetcore3.1", "dotnet8"),
        ("dotnet8", "dotnet8"),
    ],
)
def test_a_runtime_that_lambda_takes_no_more_has_a_successor(runtime: str, newer: str) -> None:
    assert successor(runtime) == newer


def test_a_python_function_without_packages_is_its_source(tmp_path: Path) -> None:
    text = flat(python(tmp_path)["job/resource.ts"])
    assert "code: Code.fromAsset(fileURLToPath(new URL('./src', import.meta.url))" in text
    assert "runtime: Runtime.PYTHON_3_12" in text


def test_the_packages_of_a_pipfile_become_requirements(tmp_path: Path) -> None:
    source = {"src/index.py": HANDLER, "Pipfile": PIPFILE.format('requests = "==2.32.3"')}
    texts = emitted(job(tmp_path, template({"Runtime": "python3.12"}), source))
    assert texts["job/requirements.txt"] == "requests==2.32.3\n"
    assert "export function pip(" in texts["build.ts"]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ('requests = "*"', "requests"),
        ('requests = ">=2,<3"', "requests>=2,<3"),
        ('requests = {version = "==2.32.3", extras = ["socks"]}', "requests[socks]==2.32.3"),
        ('tool = {git = "https://example.org/tool.git", ref = "v1"}', "tool @ git+https://example.org/tool.git@v1"),
        ('x = {version = "*", markers = "sys_platform == \'linux\'"}', "x ; sys_platform == 'linux'"),
    ],
)
def test_an_entry_of_a_pipfile_is_a_line(tmp_path: Path, entry: str, line: str) -> None:
    assert lines(tmp_path, Pipfile=PIPFILE.format(entry)) == (line,)


@pytest.mark.parametrize(
    "entry", ['shared = {path = "../shared"}', '"--index-url" = "*"', 'x = "*\\n--index-url http://example.org"']
)
def test_an_entry_that_no_line_can_say_is_left_out(tmp_path: Path, entry: str) -> None:
    write(tmp_path / "Pipfile", PIPFILE.format(entry))
    found = read_requirements(tmp_path)
    assert (found.lines, len(found.left_out)) == ((), 1)


def test_a_lock_file_comes_before_the_pipfile(tmp_path: Path) -> None:
    lock = '{"default": {"requests": {"version": "==2.31.0"}, "src": {"path": "./src"}}}'
    assert lines(tmp_path, Pipfile=PIPFILE.format('requests = "*"'), Pipfile__lock=lock) == ("requests==2.31.0",)


@pytest.mark.parametrize("text", ["[packages", "\udcff", ""])
def test_a_pipfile_that_cannot_be_read_names_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "Pipfile").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_requirements(tmp_path).lines == ()


def test_the_password_of_an_index_is_not_kept(tmp_path: Path) -> None:
    source = PIPFILE.format("").replace("https://pypi.org/", "https://me:word@pypi.example.org/")
    write(tmp_path / "Pipfile", source)
    assert read_requirements(tmp_path).index == "https://pypi.example.org/simple"


def test_a_secret_of_a_python_function_is_filled_in_before_its_handler(tmp_path: Path) -> None:
    texts = python(tmp_path, {"API_TOKEN": "sk_live_4eC39HqLyjWDarjtT1zdp7dc"})
    assert "handler: 'amplify_handler.handler'" in texts["job/resource.ts"]
    assert texts["job/src/amplify_handler.py"].endswith("from index import handler  # noqa: E402, F401\n")
    assert "backend.job.addEnvironment('API_TOKEN', secret('API_TOKEN'))" in texts["wiring.ts"]


def test_the_path_of_a_secret_stays_a_path(tmp_path: Path) -> None:
    path = {"Fn::Sub": "/amplify/d1fake/${env}/AMPLIFY_job_KEY"}
    texts = python(tmp_path, {"KEY": path})
    assert "setSecretPath(backend.job, 'KEY', 'KEY')" in texts["wiring.ts"]


def test_a_secret_of_a_program_that_nothing_fills_in_is_a_gap(tmp_path: Path) -> None:
    body = template({"Runtime": "go1.x", "Handler": "main"}, {"API_TOKEN": "sk_live_4eC39HqLyjWDarjtT1zdp7dc"})
    assert "FUN026" in findings(job(tmp_path, body, {"src/main.go": "package main\n"}))


def test_a_program_in_go_is_called_bootstrap(tmp_path: Path) -> None:
    body = template({"Runtime": "go1.x", "Handler": "main"})
    text = emitted(job(tmp_path, body, {"src/main.go": "package main\n"}))["job/resource.ts"]
    assert "handler: 'bootstrap'" in text
    assert "runtime: Runtime.PROVIDED_AL2023" in text


def test_a_build_is_told_the_processor(tmp_path: Path) -> None:
    body = template({"Runtime": "provided.al2023", "Handler": "bootstrap", "Architectures": ["arm64"]})
    text = emitted(job(tmp_path, body, {"src/main.go": "package main\n"}))["job/resource.ts"]
    assert "go(fileURLToPath(new URL('.', import.meta.url)), 'arm64')" in flat(text)


def test_libraries_beside_the_source_are_copied_and_what_builds_left_is_not(tmp_path: Path) -> None:
    body = template({"Runtime": "java17", "Handler": "example.A::run"})
    source = {"src/main/java/example/A.java": "", "build.gradle": "", "libs/own.txt": "", "build/A.txt": "", ".x/y": ""}
    assessment = job(tmp_path, body, source)
    files = {path.removeprefix("job/") for path in written(assessment) if path.startswith("job/")}
    assert files == {"resource.ts", "build.gradle", "libs/own.txt", "src/main/java/example/A.java"}


def test_only_the_tools_that_are_needed_are_written(tmp_path: Path) -> None:
    body = template({"Runtime": "java17", "Handler": "example.A::run"})
    texts = emitted(job(tmp_path, body, {"src/main/java/example/A.java": "", "build.gradle": "// here\n"}))
    assert "'gradle', ['build']" in texts["build.ts"]
    assert "dotnet" not in texts["build.ts"]


def test_a_function_that_is_called_as_a_tool_is_keeps_its_name(tmp_path: Path) -> None:
    own = {"go-cloudformation-template.json": template({"Runtime": "go1.x", "Handler": "main"})}
    text = emitted(app(tmp_path, {"go": {**own, "src/main.go": "package main\n"}}))["go/resource.ts"]
    assert text.count("import { go }") == 0 or "export const go =" not in text


def test_the_python_packages_of_a_layer_are_installed_into_it(tmp_path: Path) -> None:
    version = {"LayerName": "shared-dev", "CompatibleRuntimes": ["python3.12"]}
    body = {"Resources": {"Version": {"Type": "AWS::Lambda::LayerVersion", "Properties": version}}}
    own = {"shared-awscloudformation-template.json": body, "layer-configuration.json": {"runtimes": []}}
    files = {**own, "lib/python/Pipfile": '[packages]\nrequests = "==2.32.3"\n'}
    texts = emitted(app(tmp_path, {"shared": files}))
    assert texts["shared/requirements.txt"] == "requests==2.32.3\n"
    assert (
        "pipLayer(fileURLToPath(new URL('./shared', import.meta.url)), '3.12', 'x86_64', '--only-binary=:all:')"
        in flat(texts["wiring.ts"])
    )
