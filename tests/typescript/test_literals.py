"""Escapes, keys and comments."""

from __future__ import annotations

import pytest

from migrator.typescript.literals import doc_comment, key, line_comment, number, quoted, template_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "'plain'"),
        ("", "''"),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ('it\'s "x"', "'it\\'s \"x\"'"),
        ("a\\b", "'a\\\\b'"),
        ("a\nb\r\tc", "'a\\nb\\r\\tc'"),
        ("\0001", "'\\x001'"),
        ("\u2028\u2029", "'\\u2028\\u2029'"),
        ("\ufeff\u202e", "'\\ufeff\\u202e'"),
        ("\ud800", "'\\ud800'"),
        ("😀 é", "'😀 é'"),
        ("${x} `", "'${x} `'"),
    ],
)
def test_a_string_is_quoted_with_fewest_escapes(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a`b", "a\\`b"),
        ("${x}", "\\${x}"),
        ("$x {y}", "$x {y}"),
        ("a\\`", "a\\\\\\`"),
        ("a\n\tb", "a\n\tb"),
        ("a\r\n", "a\\r\n"),
        ("\u2028", "\\u2028"),
    ],
)
def test_template_text_keeps_its_lines_and_hides_what_would_end_it(text, expected):
    assert template_text(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (12, "12"),
        (1.0, "1"),
        (1.5, "1.5"),
        (1e22, "1e22"),
        (1e-7, "1e-7"),
        (1.5e-10, "1.5e-10"),
        (2.0**70, "1.1805916207174113e21"),
    ],
)
def test_a_number_is_written_shortest(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("email", "email"),
        ("class", "class"),
        ("custom:role", "'custom:role'"),
        ("1", "'1'"),
        ("", "''"),
        ("é", "é"),
        ("__proto__", "['__proto__']"),
    ],
)
def test_a_key_is_quoted_where_it_must_be(text, expected):
    assert key(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_no_line_end_escapes_a_line_comment(end):
    assert line_comment(f"a{end}b") == ("// a", "// b")


def test_an_empty_line_of_a_comment_has_no_trailing_blank():
    assert line_comment("a\n\nb") == ("// a", "//", "// b")


def test_a_doc_comment_of_one_line_stays_on_it():
    assert doc_comment("a") == ("/** a */",)


def test_a_doc_comment_of_several_lines_opens():
    assert doc_comment("a\n\nb") == ("/**", " * a", " *", " * b", " */")


def test_the_end_of_a_comment_inside_it_is_defused():
    assert doc_comment("a */ b") == ("/** a *\\/ b */",)
