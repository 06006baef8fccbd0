"""npm's failures in plain words. The texts are what npm 10 and 11 print."""

from __future__ import annotations

import pytest

from migrator.node.npm import explain_failure

NOT_THERE = """npm error code E404
npm error 404 Not Found - GET https://example.com/no-such - Not found
npm error 404
npm error 404  'no-such@^1.0.0' is not in this registry.
npm error A complete log of this run can be found in: /home/user/.npm/_logs/2026-debug-0.log
"""


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("ENOSPC", "the disk is full"),
        ("ENOTFOUND", "the npm registry cannot be reached"),
        ("ECONNREFUSED", "the npm registry cannot be reached"),
        ("EACCES", "a folder cannot be written"),
        ("E401", "the npm registry refuses access"),
        ("EINTEGRITY", "a downloaded package is not the pinned one"),
        ("E404", "the npm registry does not have a package"),
        ("EWHATEVER", "npm failed"),
    ],
)
def test_an_error_code_becomes_a_reason(code: str, reason: str) -> None:
    assert explain_failure(f"npm error code {code}\n").reason == reason


def test_the_old_prefix_of_npm_is_understood() -> None:
    assert explain_failure("npm ERR! code ENOSPC\n").reason == "the disk is full"


def test_only_a_package_that_does_not_exist_is_a_lasting_failure() -> None:
    assert [explain_failure(f"npm error code {code}\n").permanent for code in ("E404", "ETIMEDOUT")] == [True, False]


def test_the_pointer_to_the_log_file_is_left_out() -> None:
    assert "_logs" not in explain_failure(NOT_THERE).text


def test_credentials_in_an_address_are_left_out() -> None:
    failure = explain_failure("npm error code E401\nnpm error 401 GET https://user:hunter2@example.com/x\n")
    assert "hunter2" not in failure.text
