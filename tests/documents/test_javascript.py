"""Configuration objects in JavaScript and Dart, parsed and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.finding import Finding
from migrator.documents.document import Document
from migrator.documents.javascript import read_dart, read_javascript


def javascript(tmp_path: Path, text: str) -> tuple[Document | None, list[Finding]]:
    path = tmp_path / "aws-exports.js"
    path.write_text(text)
    findings: list[Finding] = []
    return read_javascript(path, path.name, findings), findings


def dart(tmp_path: Path, text: str) -> tuple[Document | None, list[Finding]]:
    path = tmp_path / "amplifyconfiguration.dart"
    path.write_text(text)
    findings: list[Finding] = []
    return read_dart(path, path.name, findings), findings


@pytest.mark.parametrize(
    "text",
    [
        "const awsmobile = { a: 1 };\nexport default awsmobile;",
        "module.exports = { a: 1 };",
        "export default { a: 1 }",
        "export const config = { a: 1 };",
        "const x = { b: 2 }; const y = { a: 1 }; export default y;",
        "var awsmobile = { 'a': 1, }; module.exports = awsmobile",
        "const awsmobile: Record<string, any> = { a: 1 };\nexport default awsmobile;",
        "// const awsmobile = { no: 1 }\n/* export default {no: 1} */\nexport default { a: 1 };",
        "const s = 'export default { no: 1 }';\nexport default { a: 1 };",
    ],
)
def test_the_exported_object_is_found(tmp_path: Path, text: str) -> None:
    document, findings = javascript(tmp_path, text)
    assert document is not None
    assert (document.root, findings) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("'it\\'s'", "it's"),
        ('"a\\u00e4\\x41\\n"', "aäA\n"),
        ("`plain`", "plain"),
        ("-1.5", -1.5),
        ("0x1F", 31),
        ("[1, [2,],]", [1, [2]]),
        ("true", True),
        ("undefined", None),
        ("{ 'b-c': 1, d: {} }", {"b-c": 1, "d": {}}),
        ("/* before */ 1 // after", 1),
        ('"\\ud83d\\ude00"', "\U0001f600"),
    ],
)
def test_plain_values_are_read(tmp_path: Path, code: str, value: object) -> None:
    document, findings = javascript(tmp_path, f"export default {{ a: {code}\n}};")
    assert document is not None
    assert (document.root, findings) == ({"a": value}, [])


@pytest.mark.parametrize(
    "code",
    [
        "process.env.REGION",
        "process.env.X || 'a'",
        "isLocal ? 'http://a' : 'https://b'",
        "`${host}/x`",
        "f(1, {b: 2})",
        "'https://' + host",
        "() => ({ b: 1 })",
        "[1, 2].join(',')",
        "({ b: 1 })",
        "!0",
    ],
)
def test_code_is_passed_over_and_said(tmp_path: Path, code: str) -> None:
    document, findings = javascript(tmp_path, f"export default {{ a: {code}, z: 1 }};")
    assert document is not None
    assert document.root == {"a": None, "z": 1}
    assert [f.rule for f in findings] == ["GEN023"]
    assert findings[0].location is not None
    assert findings[0].location.pointer == "/a"


@pytest.mark.parametrize(
    "member", ["...other", "[key]: 1", "shorthand", "method() { return 1 }", "get a() { return 1 }"]
)
def test_members_that_are_code_are_passed_over_and_said(tmp_path: Path, member: str) -> None:
    document, findings = javascript(tmp_path, f"export default {{ {member}, z: 1 }};")
    assert document is not None
    assert document.root == {"z": 1}
    assert [f.rule for f in findings] == ["GEN023"]


def test_code_inside_a_list_leaves_the_other_elements(tmp_path: Path) -> None:
    document, findings = javascript(tmp_path, "export default { a: [1, f(x), 3] };")
    assert document is not None
    assert document.root == {"a": [1, None, 3]}
    assert len(findings) == 1


def test_a_file_without_an_object_is_refused(tmp_path: Path) -> None:
    document, findings = javascript(tmp_path, "export default makeConfig();")
    assert document is None
    assert [f.rule for f in findings] == ["GEN010"]


def test_a_truncated_object_is_refused(tmp_path: Path) -> None:
    document, findings = javascript(tmp_path, "const awsmobile = { a: 1, b: { c: 2 ")
    assert document is None
    assert "ends inside" in findings[0].message


@pytest.mark.parametrize("quote", ["'''", '"""'])
def test_the_json_in_a_dart_string_is_read(tmp_path: Path, quote: str) -> None:
    document, findings = dart(tmp_path, f'const amplifyconfig = {quote} {{\n "a": {{"b": "it\\\\"s"}}\n}}{quote};\n')
    assert document is not None
    assert (document.root, findings) == ({"a": {"b": 'it"s'}}, [])


def test_a_raw_dart_string_keeps_its_backslashes(tmp_path: Path) -> None:
    document, _ = dart(tmp_path, "const amplifyconfig = r'''{\"a\": \"x\\ny\"}''';")
    assert document is not None
    assert document.root == {"a": "x\ny"}


def test_a_place_in_a_dart_file_has_its_line(tmp_path: Path) -> None:
    document, _ = dart(tmp_path, "// first\nconst amplifyconfig = '''{\n  \"a\": 1\n}''';\n")
    assert document is not None
    assert str(document.locate(("a",))) == "amplifyconfiguration.dart:3:3 (/a)"


def test_a_dart_file_without_configuration_is_refused(tmp_path: Path) -> None:
    document, findings = dart(tmp_path, "void main() {}")
    assert document is None
    assert [f.rule for f in findings] == ["GEN010"]
