"""Lint as annotations of GitHub workflows.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from __future__ import annotations

import os

from migrator.commands.lint import Lint
from migrator.core.finding import Severity
from migrator.engine.sources import Flag
from migrator.report.lint_text import summary

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def lint_github(result: Lint) -> str:
    """One annotation for each finding, and a line with the numbers."""
    prefix = _prefix(result)
    return "\n".join([*(_annotation(flag, prefix) for flag in result.flags), summary(result)])


def _prefix(result: Lint) -> str:
    """The path of the linted folder in the repository: annotations start from there."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if not workspace:
        return ""
    inner = os.path.relpath(result.root, workspace).replace(os.sep, "/")
    return "" if inner == "." or inner.startswith("..") else f"{inner}/"


def _annotation(flag: Flag, prefix: str) -> str:
    finding = flag.finding
    place = finding.location
    facts = {"file": prefix + (place.file if place else "")}
    if place and place.line:
        facts |= {"line": str(place.line), "col": str(place.column)}
    if place and place.line and flag.excerpt:
        facts |= {"endLine": str(place.line), "endColumn": str(max(flag.excerpt.end - 1, place.column))}
    facts["title"] = f"{finding.rule} (migrate lint)"
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in facts.items())
    hint = f"\n{finding.hint}" if finding.hint else ""
    return f"::{_WORDS[finding.severity]} {listed}::{_escaped(finding.message + hint)}"


def _escaped(text: str, more: str = "") -> str:
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text
