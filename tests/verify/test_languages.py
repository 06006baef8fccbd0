"""Sources in other languages than JavaScript are read, not run."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.verify.functions import Function
from migrator.verify.languages import check_source


def checked(
    folder: Path,
    files: dict[str, str],
    handler: str = "index.handler",
    runtime: str = "python3.11",
    layers: bool = False,
) -> tuple[str, str]:
    """Severity and message."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    detail = check_source(Function("job", runtime, handler, folder, "", {}, layers, (), {}))
    return detail.severity, detail.message


@pytest.mark.parametrize(
    "text",
    [
        "def handler(e, c): pass",
        "async def handler(e, c): pass",
        "handler = print",
        "handler: object = print",
        "from somewhere import handler",
        "from somewhere import *",
        "try:\n    from a import handler\nexcept ImportError:\n    handler = None",
        "class handler: pass",
    ],
)
def test_a_handler_may_be_defined_in_any_way(tmp_path: Path, text: str) -> None:
    assert checked(tmp_path, {"index.py": text})[0] == "info"


def test_a_handler_that_has_another_name_is_an_error(tmp_path: Path) -> None:
    found = checked(tmp_path, {"index.py": "def handle(e, c): pass"})
    assert found == ("error", "index.py defines no handler (it defines handle)")


def test_a_handler_that_is_imported_is_followed(tmp_path: Path) -> None:
    files = {"amplify_handler.py": "from app.main import run as handler", "app/main.py": "def start(e, c): pass"}
    found = checked(tmp_path, files, "amplify_handler.handler")
    assert found == ("error", "app/main.py defines no run (it defines start)")


def test_files_that_import_each_other_end_somewhere(tmp_path: Path) -> None:
    files = {"index.py": "from other import handler", "other.py": "from index import handler"}
    assert checked(tmp_path, files)[0] == "error"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert checked(tmp_path, {"other.py": ""})[0] == "error"


def test_a_file_that_a_layer_may_bring_is_no_error(tmp_path: Path) -> None:
    assert checked(tmp_path, {"other.py": ""}, layers=True)[0] == "info"


def test_what_python_cannot_parse_is_an_error(tmp_path: Path) -> None:
    severity, message = checked(tmp_path, {"index.py": "def handler(e, c) pass"})
    assert (severity, message.startswith("index.py:1 is no Python")) == ("error", True)


def test_what_a_newer_python_may_parse_is_no_error(tmp_path: Path) -> None:
    assert checked(tmp_path, {"index.py": "def handler[*]: pass"}, runtime="python3.99")[0] == "info"


@pytest.mark.parametrize(
    ("runtime", "handler", "file"),
    [
        ("java17", "example.Binder::run", "main/java/example/Binder.java"),
        ("dotnet8", "a::a.B::Run", "a.csproj"),
        ("provided.al2023", "bootstrap", "main.go"),
        ("provided.al2023", "bootstrap", "bootstrap"),
        ("ruby3.3", "index.Job.run", "index.rb"),
    ],
)
def test_of_other_languages_the_file_has_to_be_there(tmp_path: Path, runtime: str, handler: str, file: str) -> None:
    assert checked(tmp_path / "none", {"readme.txt": ""}, handler, runtime)[0] == "error"
    assert checked(tmp_path / "one", {file: ""}, handler, runtime)[0] == "info"
