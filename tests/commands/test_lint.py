"""`migrate lint` over folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.lint import Lint, lint
from migrator.commands.lint_files import LARGEST
from migrator.core.errors import ProjectError, UsageError
from migrator.core.finding import Severity

IMPORT = "import config from './aws-exports';\n"
PUSH = "amplify push\n"


def found(result: Lint) -> list[tuple[str, int, str]]:
    places = [(flag.finding.location, flag.finding.rule) for flag in result.flags]
    return [(place.file, place.line, rule) for place, rule in places if place]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_an_empty_folder_is_clean(tmp_path: Path) -> None:
    assert lint((tmp_path,)).flags == ()


def test_files_of_other_languages_are_no_matter(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": PUSH, "b.py": PUSH, "c.css": PUSH, "LICENSE": PUSH})
    assert lint((tmp_path,)).flags == ()


def test_a_finding_has_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, {"src/App.js": f"// first\n{IMPORT}"})
    assert found(lint((tmp_path,))) == [("src/App.js", 2, "JS010")]


def test_a_finding_has_its_line_and_the_place_in_it(tmp_path: Path) -> None:
    write(tmp_path, {"App.js": IMPORT})
    excerpt = lint((tmp_path,)).flags[0].excerpt
    assert excerpt is not None
    assert excerpt.text[excerpt.start - 1 : excerpt.end - 1] == "./aws-exports"


def test_findings_are_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    write(tmp_path, {"b.sh": PUSH * 2, "a.sh": PUSH})
    assert [place[:2] for place in found(lint((tmp_path,)))] == [("a.sh", 1), ("b.sh", 1), ("b.sh", 2)]


def test_a_script_without_a_suffix_is_known_by_its_first_line(tmp_path: Path) -> None:
    write(tmp_path, {"bin/deploy": f"#!/usr/bin/env bash\n{PUSH}", "bin/tool": f"#!/usr/bin/env python3\n{PUSH}"})
    assert found(lint((tmp_path,))) == [("bin/deploy", 2, "CI010")]


def test_a_large_file_without_a_suffix_is_no_matter(tmp_path: Path) -> None:
    write(tmp_path, {"LICENSES": b"a\n" * LARGEST})
    assert lint((tmp_path,)).skipped == ()


def test_a_gen1_folder_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, {f"amplify/backend/auth/{name}/cli-inputs.json": "{}" for name in "abc"})
    assert [rule for _, _, rule in found(lint((tmp_path,)))] == ["REPO010"]


def test_what_was_generated_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"amplify/#current-cloud-backend/function/a/src/index.js": IMPORT})
    assert [rule for _, _, rule in found(lint((tmp_path,)))] == ["REPO011"]


def test_select_takes_the_beginning_of_ids(tmp_path: Path) -> None:
    write(tmp_path, {"a.js": IMPORT, "b.sh": PUSH})
    assert [rule for _, _, rule in found(lint((tmp_path,), select=("ci",)))] == ["CI010"]


def test_select_takes_names(tmp_path: Path) -> None:
    write(tmp_path, {"a.js": IMPORT, "b.sh": PUSH})
    assert [rule for _, _, rule in found(lint((tmp_path,), select=("aws-exports-import",)))] == ["JS010"]


def test_ignore_wins_over_select(tmp_path: Path) -> None:
    write(tmp_path, {"a.js": IMPORT, "b.sh": PUSH})
    assert [rule for _, _, rule in found(lint((tmp_path,), ("CI", "JS"), ("JS010",)))] == ["CI010"]


@pytest.mark.parametrize("word", ["XX", "AUTH020", "GEN001"])
def test_a_word_that_fits_no_rule_is_wrong_usage(tmp_path: Path, word: str) -> None:
    with pytest.raises(UsageError, match="no rule about source code"):
        lint((tmp_path,), ignore=(word,))


def test_a_path_that_is_not_there_cannot_be_linted(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no file or folder"):
        lint((tmp_path / "nowhere",))


def test_a_rule_of_the_users_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    rules = write(
        tmp_path / "rules",
        {
            "own.yaml": """
category: pipelines
documentation: https://example.com
rules:
  - id: CI010
    name: amplify-push
    title: Push
    node: Command
    when: {verb: push}
    report: [{severity: info, message: "Ask {topic} first."}]
    examples: [{shell: amplify push, report: true}, {shell: ls, report: false}]
"""
        },
    )
    write(tmp_path, {"src/a.sh": "amplify push api\n"})
    assert lint((tmp_path / "src",), rules=rules).flags[0].finding.message == "Ask api first."


def test_paths_start_from_the_current_folder_when_all_are_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"app/src/a.sh": PUSH})
    monkeypatch.chdir(tmp_path)
    assert found(lint((Path("app/src"),)))[0][0] == "app/src/a.sh"


def test_paths_elsewhere_start_from_what_holds_them_all(tmp_path: Path) -> None:
    write(tmp_path, {"a/x.sh": PUSH, "b/y.sh": PUSH})
    assert [place[0] for place in found(lint((tmp_path / "a", tmp_path / "b")))] == ["a/x.sh", "b/y.sh"]


def test_a_schema_is_known_although_only_its_folder_is_linted(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"amplify/backend/api/shop/schema.graphql": "type Post @model @auth(rules: [{allow: owner}]) { id: ID! }"},
    )
    assert [rule for _, _, rule in found(lint((tmp_path / "amplify/backend/api/shop",)))] == ["GQL010", "GQL011"]


def test_windows_line_ends_count_as_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.sh": "set -e\r\namplify push\r\n"})
    assert found(lint((tmp_path,))) == [("a.sh", 2, "CI010")]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.sh": b"\xef\xbb\xbf" + PUSH.encode()})
    place = lint((tmp_path,)).flags[0].finding.location
    assert place is not None
    assert place.column == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.js", IMPORT.encode() + b"/" * LARGEST, "larger than 2 MB"),
        ("a.js", IMPORT.encode() + b"\0\1\2", "binary"),
        ("a.js", IMPORT.encode().replace(b"\n", b"") + b"a;" * 20_000, "minified"),
        ("a.yml", b"run: amplify push\n- [\n", "Not readable as YAML"),
        ("amplify/backend/api/a/schema.graphql", b"type A @model {", "Not readable as GraphQL"),
    ],
)
def test_what_cannot_be_looked_at_is_noted(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    result = lint((write(tmp_path, {name: content}),))
    assert [(skipped.path, skipped.reason[: len(reason)]) for skipped in result.skipped] == [(name, reason)]


def test_bytes_that_are_no_text_do_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, {"a.sh": b"# caf\xe9\namplify push\n"})
    assert found(lint((tmp_path,))) == [("a.sh", 2, "CI010")]


def test_findings_are_counted_by_severity(tmp_path: Path) -> None:
    write(tmp_path, {"a.sh": PUSH, "README.md": "`amplify push`", "amplify/backend/backend-config.json": "{}"})
    assert lint((tmp_path,)).counts == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 1}
