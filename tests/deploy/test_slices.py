"""Slices are cut out of the user's project, and hand edits stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.ref import ResourceRef
from migrator.deploy.slices import copied, cut, deploy_order
from migrator.gen1.graph import Evidence, Link, LinkKind, Resource, ResourceGraph

WHOLE = {"amplify/auth/resource.ts": "auth", "amplify/data/resource.ts": "data", "amplify/features.ts": "auth data"}
PART = {"amplify/auth/resource.ts": "auth", "amplify/features.ts": "auth"}


def _project(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    folder.mkdir(exist_ok=True)
    return folder


def _cut(tmp_path: Path, user: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    made = cut(
        _project(tmp_path / "user", user),
        _project(tmp_path / "whole", WHOLE),
        _project(tmp_path / "part", PART),
        tmp_path / "slice",
        ("auth",),
    )
    files = {p.relative_to(made.folder).as_posix(): p.read_text() for p in made.folder.rglob("*") if p.is_file()}
    return files, made.obstacles


def test_a_project_nobody_edited_gives_what_is_written_for_the_slice(tmp_path: Path) -> None:
    assert _cut(tmp_path, WHOLE) == (PART, ())


def test_an_edit_of_a_file_that_is_the_same_in_the_slice_stays(tmp_path: Path) -> None:
    files, obstacles = _cut(tmp_path, WHOLE | {"amplify/auth/resource.ts": "mine"})
    assert (files["amplify/auth/resource.ts"], obstacles) == ("mine", ())


def test_a_file_of_the_users_stays(tmp_path: Path) -> None:
    files, obstacles = _cut(tmp_path, WHOLE | {"amplify/custom/mine.ts": "mine"})
    assert (files["amplify/custom/mine.ts"], obstacles) == ("mine", ())


def test_an_edit_of_a_later_feature_waits_for_it(tmp_path: Path) -> None:
    assert _cut(tmp_path, WHOLE | {"amplify/data/resource.ts": "mine"}) == (PART, ())


def test_an_edit_of_a_file_that_is_another_in_the_slice_is_an_obstacle(tmp_path: Path) -> None:
    _, obstacles = _cut(tmp_path, WHOLE | {"amplify/features.ts": "mine"})
    assert obstacles == ("amplify/features.ts",)


def test_what_lies_outside_of_the_backend_is_the_users(tmp_path: Path) -> None:
    files, obstacles = _cut(tmp_path, WHOLE | {"package.json": "mine"})
    assert (files["package.json"], obstacles) == ("mine", ())


def test_packages_and_state_are_not_copied(tmp_path: Path) -> None:
    user = _project(tmp_path / "user", WHOLE | {"node_modules/x/index.js": "", ".migrate/deploy/x": "", ".git/x": ""})
    copied(user, tmp_path / "slice")
    assert not any((tmp_path / "slice" / name).exists() for name in (".git", ".migrate/deploy"))
    assert (tmp_path / "slice" / "node_modules").is_symlink()


def test_the_user_s_project_is_not_touched(tmp_path: Path) -> None:
    _cut(tmp_path, WHOLE)
    assert {p.name for p in (tmp_path / "user").iterdir()} == {"amplify"}


def _order(*links: tuple[str, str, LinkKind]) -> tuple[str, ...]:
    features = {"auth": 0, "data": 0, "storage": 0, "function": 0} | {name: 0 for link in links for name in link[:2]}
    refs = {name: ResourceRef(name, "x") for name in features}
    resources = tuple(
        Resource(
            ref,
            "x",
            Evidence.SOURCE,
            links=tuple(Link(ref, refs[target], kind, "") for source, target, kind in links if source == name),
        )
        for name, ref in refs.items()
    )
    return deploy_order(ResourceGraph(resources), {ref: name for name, ref in refs.items()}, features)


def test_features_without_links_come_in_the_usual_order() -> None:
    assert _order() == ("auth", "data", "storage", "function")


def test_a_feature_comes_after_those_it_uses() -> None:
    assert _order(("data", "storage", LinkKind.USES)) == ("auth", "storage", "data", "function")


def test_features_that_are_rarer_come_where_their_links_say() -> None:
    links = (("rest-api", "function", LinkKind.USES), ("function", "analytics", LinkKind.USES))
    assert _order(*links) == ("auth", "data", "storage", "analytics", "function", "rest-api")


def test_a_feature_that_nobody_knows_comes_last() -> None:
    assert _order(("teapot", "auth", LinkKind.USES), ("custom", "auth", LinkKind.USES))[-2:] == ("custom", "teapot")


def test_what_a_feature_triggers_comes_along_and_does_not_hold_it_up() -> None:
    assert _order(("auth", "function", LinkKind.TRIGGER)) == ("auth", "data", "storage", "function")


@pytest.mark.parametrize("kind", [LinkKind.USES, LinkKind.AUTHORIZES, LinkKind.STREAM])
def test_features_that_need_each_other_come_as_usual(kind: LinkKind) -> None:
    assert _order(("auth", "data", kind), ("data", "auth", kind)) == ("auth", "data", "storage", "function")
