"""npm's ranges; expected values follow the documentation of node-semver."""

from __future__ import annotations

import pytest

from migrator.output.versions import higher, intervals, within


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("1.2.3", "^1.2.0"),
        ("1.2.3", "1.2.3"),
        ("^1.4.0", "^1.2.0"),
        ("~1.2.5", "~1.2.3"),
        ("~1.2", "^1.2.0"),
        ("0.2.9", "^0.2.3"),
        ("0.0.3", "^0.0.3"),
        ("1.9.9", "1.x"),
        ("1.2.3", ">=1.2.0 <2"),
        (">= 1.2.0 < 1.5.0", "^1.0.0"),
        ("2.1.0", "^1.0.0 || ^2.0.0"),
        ("^1.0.0", "^1.0.0 || ^2.0.0"),
        ("1.5.0", "1.2.3 - 1.8"),
        ("1.8.9", "1.2.3 - 1.8"),
        ("9.9.9", "*"),
        ("9.9.9", ""),
        ("^4.0.0", "latest"),
        ("v1.2.3", "=1.2.3"),
        ("1.2.3-beta.2", ">=1.2.3-beta.1"),
        ("file:../a", "file:../a"),
        ("<=1.2.3", "<1.2.4"),
        ("1.3.0", ">1.2"),
    ],
)
def test_a_range_lies_within_another(inner: str, outer: str) -> None:
    assert within(inner, outer)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("1.1.9", "^1.2.0"),
        ("2.0.0", "^1.2.0"),
        ("^1.2.0", "^1.4.0"),
        ("0.3.0", "^0.2.3"),
        ("0.0.4", "^0.0.3"),
        ("1.3.0", "~1.2.3"),
        ("1.2.9", ">1.2"),
        ("*", "^1.0.0"),
        ("latest", "^1.0.0"),
        ("file:../a", "file:../b"),
        ("1.2.3-beta.1", "1.2.3"),
        ("1.9.0", "1.2.3 - 1.8"),
    ],
)
def test_a_range_lies_outside_another(inner: str, outer: str) -> None:
    assert not within(inner, outer)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("^1.2.0", "^1.4.0", "^1.4.0"),
        ("^2.0.0", "^1.4.0", "^2.0.0"),
        ("^0.27.2", "^1.0.0", "^1.0.0"),
        ("1.10.0", "1.9.0", "1.10.0"),
        ("^1.2.0", "latest", "^1.2.0"),
        ("file:../a", "^1.2.0", "^1.2.0"),
        ("^1.2.0", "1.2.0", "1.2.0"),
        ("1.0.0-rc.1", "1.0.0", "1.0.0"),
    ],
)
def test_the_range_that_begins_later_is_higher(first: str, second: str, expected: str) -> None:
    assert {higher(first, second), higher(second, first)} == {expected}


@pytest.mark.parametrize(
    "text", ["latest", "file:../shared", "git+https://x.y/z.git", "workspace:*", "1.2.3.4", "^", "<1 >2"]
)
def test_what_is_no_range_of_versions_is_said(text: str) -> None:
    assert intervals(text) is None
