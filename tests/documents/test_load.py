"""Files as documents: what is tolerated, what is refused, and what is said about it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.finding import Finding, Severity
from migrator.documents.document import Document
from migrator.documents.literal import read_json
from migrator.documents.load import LARGEST, read_document, read_text


def read(path: Path, content: str | bytes = b"", name: str = "") -> tuple[Document | None, list[Finding]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings: list[Finding] = []
    return read_document(path, name or path.name, findings), findings


def root(path: Path, content: str | bytes) -> object:
    document, _ = read(path, content)
    assert document is not None
    return document.root


def test_strict_json_is_read_without_a_finding(tmp_path: Path) -> None:
    document, findings = read(tmp_path / "a.json", '{"a": [1, 2.5, null, true, "x"]}')
    assert document is not None
    assert (document.root, findings) == ({"a": [1, 2.5, None, True, "x"]}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('// why\n{"a": 1}', {"a": 1}),
        ('{"a": /* why */ 1 // end\n}', {"a": 1}),
        ('{"url": "https://x//y", "b": "/* no */",}', {"url": "https://x//y", "b": "/* no */"}),
        ("\ufeff{}", {}),
    ],
)
def test_comments_trailing_commas_and_marks_are_passed_over(tmp_path: Path, text: str, value: object) -> None:
    document, findings = read(tmp_path / "a.json", text)
    assert document is not None
    assert document.root == value
    assert {f.rule for f in findings} == {"GEN012"}


def test_a_passed_over_comma_is_named_with_its_place(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", '{\n  "a": {\n    "b": 1,\n  }\n}')
    assert findings[0].location is not None
    assert str(findings[0].location) == "a.json:3:11 (/a)"


def test_every_tolerated_oddity_is_a_finding_of_its_own(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", '// one\n{"a": [1,], /* two */ "b": 2,}')
    assert len(findings) == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n "a": {\n  "b": 1', 3, "ends inside an object that begins on line 2"),
        ('{"a": [1, 2', 1, "ends inside a list"),
        ('{"a": "x', 1, "ends inside a string"),
        ('{"a":\n', 2, "ends where a value should stand"),
        ("{'a': 1}", 1, "name must stand here, in double quotes"),
        ("{\"a\": 'x'}", 1, "cannot begin with '"),
        ('{"a": NaN}', 1, "cannot begin with 'N'"),
        ('{"a": 1 "b": 2}', 1, "A comma or } must stand here"),
        ('{"a" 1}', 1, "A colon must follow"),
        ('{"a": 1}\n{"b": 2}', 2, "more text after the end"),
        ('{"a": "x\ny"}', 1, "runs over the end of its line"),
        ("[1, 02]", 1, "cannot begin with '0'"),
    ],
)
def test_what_is_no_json_is_said_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    document, findings = read(tmp_path / "a.json", text)
    assert document is None
    assert [f.rule for f in findings] == ["GEN010"]
    assert words in findings[0].message
    assert findings[0].location is not None
    assert findings[0].location.line == line


def test_a_truncated_file_comes_with_advice(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", '{"a": {"b": 1}')
    assert "cut off" in findings[0].hint


def test_a_merge_conflict_is_recognised(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> main\n}')
    assert "merge conflict" in findings[0].hint


def test_a_git_lfs_pointer_is_recognised(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    assert "git lfs pull" in findings[0].hint


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    document, findings = read(tmp_path / "a.json", content)
    assert document is None
    assert findings[-1].message == "The file is empty."


def test_what_is_not_utf8_is_refused_with_the_byte(tmp_path: Path) -> None:
    _, findings = read(tmp_path / "a.json", b'{"a": "\xff"}')
    assert findings[0].message == "It is not UTF-8: byte 8 is no part of a character."


def test_utf16_with_a_mark_is_read(tmp_path: Path) -> None:
    document, findings = read(tmp_path / "a.json", '{"a": "ü"}'.encode("utf-16"))
    assert document is not None
    assert document.root == {"a": "ü"}
    assert [f.rule for f in findings] == ["GEN012"]


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    document, findings = read(tmp_path / "a.json", b"PK\x03\x04\x00\x00")
    assert document is None
    assert findings[0].message == "It is a binary file."


@pytest.mark.parametrize("depth", [201, 900, 100_000])
def test_deep_nesting_is_refused(tmp_path: Path, depth: int) -> None:
    document, findings = read(tmp_path / "a.json", "[" * depth + "]" * depth)
    assert document is None
    assert "nested" in findings[0].message


@pytest.mark.parametrize("text", ["1" * 5000, "-" + "9" * 5000, "1." + "0" * 5000, "1e99999"])
def test_a_number_beyond_all_bounds_stops_nothing(tmp_path: Path, text: str) -> None:
    for name in ("a.json", "a.yml"):
        document, findings = read(tmp_path / name, f'{{"a": {text},}}')
        assert document is not None or findings


def test_many_brackets_side_by_side_are_not_deep(tmp_path: Path) -> None:
    assert root(tmp_path / "a.json", f"[{'[],' * 500}[]]") == [[]] * 501


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    findings: list[Finding] = []
    assert read_document(tmp_path / "a.json", "a.json", findings) is None
    assert "a folder" in findings[0].message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    findings: list[Finding] = []
    assert read_document(tmp_path / "a.json", "a.json", findings) is None
    assert findings[0].severity is Severity.BLOCKER


def test_a_pipe_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    findings: list[Finding] = []
    assert read_document(tmp_path / "a.json", "a.json", findings) is None
    assert "no regular file" in findings[0].message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}")
    path.chmod(0)
    findings: list[Finding] = []
    assert read_document(path, "a.json", findings) is None
    assert "permission" in findings[0].message


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    findings: list[Finding] = []
    assert read_document(path, "a.json", findings) is None
    assert [f.rule for f in findings] == ["GEN019"]


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text("{}")
    project = tmp_path / "project"
    project.mkdir()
    (project / "a.json").symlink_to(outside)
    findings: list[Finding] = []
    assert read_document(project / "a.json", "a.json", findings) is None
    assert [f.rule for f in findings] == ["GEN018"]


def test_a_link_within_the_project_is_followed(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('{"b": 1}')
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    findings: list[Finding] = []
    document = read_document(tmp_path / "a.json", "a.json", findings)
    assert document is not None
    assert document.root == {"b": 1}


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "a.json")
    findings: list[Finding] = []
    assert read_document(tmp_path / "a.json", "a.json", findings) is None
    assert len(findings) == 1


def test_json_inside_a_yaml_file_is_read(tmp_path: Path) -> None:
    assert root(tmp_path / "nested-cloudformation-stack.yml", '\n{"Resources": {}}') == {"Resources": {}}


def test_a_yaml_template_has_its_short_forms_written_out(tmp_path: Path) -> None:
    text = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: !Sub '${env}-x'\n"
    document, _ = read(tmp_path / "template.yml", text)
    assert document is not None
    properties = document.part("Resources", "Bucket", "Properties").root
    assert properties == {"BucketName": {"Fn::Sub": "${env}-x"}}


def test_wrong_yaml_is_a_finding_with_its_line(tmp_path: Path) -> None:
    document, findings = read(tmp_path / "a.yml", "a: 1\nb: [1\n")
    assert document is None
    assert findings[0].location is not None
    assert findings[0].location.line == 3


def test_text_has_its_line_ends_unified(tmp_path: Path) -> None:
    path = tmp_path / "schema.graphql"
    path.write_bytes(b"type A {\r\n  id: ID\r\n}\r\n")
    assert read_text(path, path.name, []) == "type A {\n  id: ID\n}\n"


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from((None, 1, "\t")), st.booleans())
def test_the_tolerant_reader_agrees_with_the_strict_one(value: object, indent: int | str | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    assert read_json(text).value == json.loads(text)


@given(VALUES)
def test_commas_and_comments_between_change_no_value(value: object) -> None:
    text = json.dumps(value, indent=1)
    odd = "".join(f"{line} // comment, with a comma\n" for line in text.split("\n"))
    assert read_json(odd).value == json.loads(text)


@given(st.text() | st.binary())
def test_no_content_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    document, findings = read(path, content.encode("utf-8", "replace") if isinstance(content, str) else content)
    assert document is not None or findings


@given(st.text())
def test_no_yaml_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yml"
    document, findings = read(path, content.encode("utf-8", "replace"))
    assert document is not None or findings
