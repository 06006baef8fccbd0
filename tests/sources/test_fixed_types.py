"""What `--fix` makes of TypeScript type-checks against aws-amplify 6, or it is not offered."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from migrator.commands.lint import Run, Selection
from migrator.commands.lint_fixes import fixed
from migrator.commands.lint_settings import LintSettings
from tests.projects import ROOT

FIXTURES = ROOT / "tests/fixtures/lint"
PACKAGES = (
    "aws-amplify@6.22.1",
    "@aws-amplify/ui-react@6.15.6",
    "@aws-amplify/ui-react-storage@3",
    "react@18",
    "react-dom@18",
    "@types/react@18",
    "@types/react-dom@18",
    "@types/node@22",
    "typescript@5.9.3",
)
OUTPUTS = """{
  "version": "1.4",
  "auth": {"aws_region": "eu-central-1", "user_pool_id": "a", "user_pool_client_id": "b", "identity_pool_id": "c"},
  "data": {"aws_region": "eu-central-1", "url": "https://example.com", "default_authorization_type": "API_KEY"},
  "storage": {"aws_region": "eu-central-1", "bucket_name": "d"}
}"""
OTHERS = "declare module 'firebase/*';\ndeclare module '@google-cloud/*';\ndeclare module '@aws-sdk/*';\n"
_ERROR = re.compile(r"^(?P<file>[^(\n]+)\(\d+,\d+\): error (?P<text>.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def libraries(node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with aws-amplify 6: that of AMPLIFY_JS, else installed here; skips, saying so, where that fails."""
    if ready := os.environ.get("AMPLIFY_JS"):
        return Path(ready)
    folder = tmp_path_factory.mktemp("amplify-js")
    (folder / "package.json").write_text('{"private": true}')
    command = ("npm", "install", "--legacy-peer-deps", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"aws-amplify 6 cannot be installed: {done.stderr[-200:]}")
    return folder


def errors(folder: Path) -> dict[str, list[str]]:
    """What TypeScript says, by file."""
    compiler = folder / "node_modules/typescript/bin/tsc"
    done = subprocess.run(("node", str(compiler), "-p", "."), cwd=folder, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {}
    for match in _ERROR.finditer(done.stdout):
        found.setdefault(match.group("file"), []).append(match.group("text"))
    return found


@pytest.mark.node
@pytest.mark.parametrize("name", ["field-notes", "tours"])
def test_every_file_that_was_fixed_type_checks(name: str, tmp_path: Path, libraries: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(FIXTURES / name, folder)
    if not (folder / "tsconfig.json").exists():
        shutil.copy(FIXTURES / "field-notes/tsconfig.json", folder)
    (folder / "amplify_outputs.json").write_text(OUTPUTS)
    (folder / "src/others.d.ts").write_text(OTHERS)
    (folder / "node_modules").symlink_to(libraries / "node_modules")
    run = Run(folder, Selection(), LintSettings())
    made = fixed(run.result((folder,)).all_flags, run)
    for change in made.changes:
        (folder / change.path).write_text(change.after)
    wrong = errors(folder)
    assert made.changes
    assert wrong, "the files that were left cannot type-check against version 6"
    assert {change.path: wrong[change.path] for change in made.changes if change.path in wrong} == {}
