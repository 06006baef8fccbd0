"""The temporary copy of a project."""

from __future__ import annotations

from pathlib import Path

from migrator.verify.workspace import Mode, Workspace, mirrored
from tests.verify.projects import GOOD, write


def copied(folder: Path, modules: Path, packages: Path | None = None) -> set[str]:
    """What the branch copy holds, by relative path."""
    with mirrored(folder, modules, packages) as workspace:
        app = workspace.app(Mode.BRANCH)
        return {path.relative_to(app).as_posix() for path in app.rglob("*") if path.is_file()}


def project(folder: Path, **files: str) -> Path:
    return write(folder / "project", {**GOOD, **files})


def test_the_backend_is_copied_completely(tmp_path: Path) -> None:
    assert set(GOOD) <= copied(project(tmp_path), tmp_path)


def test_the_lock_files_of_the_project_are_not_copied(tmp_path: Path) -> None:
    files = copied(project(tmp_path, **{"yarn.lock": "", "package-lock.json": ""}), tmp_path)
    assert files & {"package-lock.json", "yarn.lock"} == set()


def test_one_lock_file_lies_above_the_copy_and_the_packages(tmp_path: Path) -> None:
    with mirrored(project(tmp_path), tmp_path, None) as workspace:
        root = workspace.app(Mode.BRANCH).parent
        assert (root / "package-lock.json").is_file()
        assert (root / "node_modules").is_dir()


def test_sources_beside_the_backend_are_copied(tmp_path: Path) -> None:
    assert "shared/limits.ts" in copied(project(tmp_path, **{"shared/limits.ts": ""}), tmp_path)


def test_what_backend_code_cannot_import_is_not_copied(tmp_path: Path) -> None:
    files = {"src/photo.png": "", "dist/app.js": "", "node_modules/a/index.js": "", ".git/config.json": ""}
    assert copied(project(tmp_path, **files), tmp_path) & set(files) == set()


def test_a_data_file_of_a_function_is_copied(tmp_path: Path) -> None:
    assert "amplify/function/hello/words.bin" in copied(
        project(tmp_path, **{"amplify/function/hello/words.bin": "x"}), tmp_path
    )


def test_a_link_that_leaves_the_project_is_left_out_and_named(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (tmp_path / "outside.ts").write_text("")
    (folder / "amplify" / "outside.ts").symlink_to(tmp_path / "outside.ts")
    with mirrored(folder, tmp_path, None) as workspace:
        assert workspace.left_out == ("amplify/outside.ts",)


def test_a_link_in_a_circle_is_left_out(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "amplify" / "again").symlink_to(folder / "amplify", target_is_directory=True)
    with mirrored(folder, tmp_path, None) as workspace:
        assert workspace.left_out == ("amplify/again",)


def test_the_functions_packages_are_linked_into_the_copy(tmp_path: Path) -> None:
    packages = write(tmp_path / "packages", {"node_modules/express/index.js": ""})
    with mirrored(project(tmp_path), tmp_path, packages) as workspace:
        assert (workspace.app(Mode.SANDBOX) / "node_modules" / "express" / "index.js").is_file()


def test_nothing_is_left_afterwards(tmp_path: Path) -> None:
    with mirrored(project(tmp_path), tmp_path, None) as workspace:
        folder = workspace.folder
    assert not folder.exists()


def test_paths_in_messages_are_the_users_own() -> None:
    workspace = Workspace(Path("/tmp/x"))
    assert workspace.shorten("no file /tmp/x/project/branch/amplify/a.ts") == "no file amplify/a.ts"
