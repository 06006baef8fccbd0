"""The scan as text for a terminal."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from migrator.commands.scan import Scan, ScannedResource
from migrator.engine.rule import Outcome
from migrator.report.page import columns, text_width, wrapped
from migrator.report.scan_outline import AppOutline, Outline, Places, Subject, dropped_of, outline, rows_of
from migrator.report.scan_words import EFFORT, MEANING, SOURCES, app_line, count, settings_sentence

Line: TypeAlias = tuple[tuple[str, str], ...]
"""Pieces of text with their styles, as rich names styles."""

_STYLES = {
    "blocker": "bold red",
    "blocked": "bold red",
    "gap": "red",
    "manual": "yellow",
    "needs you": "yellow",
    "warning": "yellow",
    "automatic": "green",
}
_HEAD = ("resource", "service", "read from", "settings", *(str(o) for o in Outcome), "effort")
_SERVICE, _FIRST_NUMBER, _EFFORT = 1, 3, len(_HEAD) - 1
_NARROW_SERVICE = 12
"""Columns that are enough for the name of a service, on several lines if need be."""


def scan_text(scan: Scan, verbose: bool, quiet: bool, plain: bool) -> str:
    """The report: what blocks first. `quiet` leaves the totals and what blocks; `plain` has no colours."""
    writer = _Text(text_width(), outline(scan, verbose))
    writer.write(verbose, quiet)
    if plain or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return "".join("".join(text for text, _ in line) + "\n" for line in writer.lines)
    from migrator.report.paint import painted  # rich takes longer to import than a small project to scan

    return painted(writer.lines)


class _Text:
    def __init__(self, width: int, report: Outline) -> None:
        self.lines: list[Line] = []
        self.width = width
        self.report = report

    def write(self, verbose: bool, quiet: bool) -> None:
        report = self.report
        self.say(report.title, style="bold")
        for sentence in report.summary:
            self.say(sentence)
        if report.blockers:
            self.heading("Blocked: solve these first", "bold red")
            self.subjects(report.blockers)
        for app in report.apps if not quiet else ():
            self.app(app, verbose)
        if report.notes and not quiet:
            self.heading("About the project")
            self.subjects(report.notes)
        self.heading("Next step")
        self.say(report.next_step, "  ")

    def app(self, app: AppOutline, verbose: bool) -> None:
        self.heading(app_line(app.app))
        if app.resources:
            self.resources(app)
        if app.todo:
            self.heading("What you have to do")
            self.subjects(app.todo)
        if app.data:
            self.heading("What becomes of users, files and rows")
            self.subjects(app.data, brief=True)
        if app.unread or app.unclaimed:
            self.heading("Settings that no rule answers for (counted as gaps)")
            self.places("not read", app.unread)
            self.places("read, but claimed by no rule", app.unclaimed)
        if app.notes:
            self.heading("Worth a look")
            self.subjects(app.notes)
        for resource in app.resources if verbose else ():
            self.settings(resource)

    def resources(self, app: AppOutline) -> None:
        rows = [_cells(resource) for resource in app.resources]
        total = ("total", "", "", *_numbers(app.settings), "")
        sizes = [max(len(row[i]) for row in (_HEAD, total, *rows)) for i in range(len(_HEAD))]
        sizes[_SERVICE] = min(sizes[_SERVICE], _NARROW_SERVICE)
        gap = next((gap for gap in (2, 1) if 2 + sum(sizes) + gap * (len(sizes) - 1) <= self.width), 0)
        if gap:
            self.row(_HEAD, sizes, gap, "dim")
            for row in rows:
                self.row(row, sizes, gap)
            self.row(total, sizes, gap, "bold")
        else:
            self.stacked(app)
        self.blank()
        words = [(str(outcome), meaning) for outcome, meaning in MEANING if app.settings[outcome]]
        for line in columns(words, self.width, 2):
            self.line(line, "dim")

    def row(self, cells: Sequence[str], sizes: Sequence[int], gap: int, style: str = "") -> None:
        service, *more = textwrap.wrap(cells[_SERVICE], sizes[_SERVICE]) or [""]
        shown = [*cells[:_SERVICE], service, *cells[_SERVICE + 1 :]]
        set_ = [
            cell.rjust(size) if _FIRST_NUMBER <= number < _EFFORT else cell.ljust(size)
            for number, (cell, size) in enumerate(zip(shown, sizes, strict=True))
        ]
        between = " " * gap
        head = f"  {between.join(set_[:-1])}"
        effort = f"{between}{cells[_EFFORT]}".rstrip()
        self.lines.append(((head, style), (effort, style or _STYLES.get(cells[_EFFORT], ""))))
        for rest in more:
            self.line(" " * (sizes[0] + 2 + gap) + rest)

    def stacked(self, app: AppOutline) -> None:
        for resource in app.resources:
            name, service, *_, effort = _cells(resource)
            gap = " " * max(2, self.width - 2 - len(name) - len(effort))
            self.lines.append((("  ", ""), (name, "bold"), (gap, ""), (effort, _STYLES.get(effort, ""))))
            said = f"{service or 'unknown service'}, read from {SOURCES[resource.evidence]}"
            self.say(f"{said}; {settings_sentence(resource.account.counts, zeros=False)}", "    ")
        self.say(f"total: {settings_sentence(app.settings)}", "  ", style="bold")

    def subjects(self, subjects: Iterable[Subject], brief: bool = False) -> None:
        for subject in subjects:
            self.line(f"  {subject.name}", "bold")
            for remark in subject.remarks:
                for message, places in remark.messages:
                    self.said(message, remark.rule, "" if brief else remark.weight)
                    for place in places:
                        self.line(f"        {place}", "dim")
                if remark.instruction:
                    self.say(f"→ {remark.instruction}", "      ", "        ")

    def said(self, message: str, rule: str, weight: str) -> None:
        head = f"    {rule}  " + (f"{weight}  " if weight else "")
        first, *rest = wrapped(message, self.width, head, " " * len(head))
        self.lines.append(((head, _STYLES.get(weight, "cyan")), (first[len(head) :], "")))
        for line in rest:
            self.line(line)

    def places(self, what: str, listed: Iterable[Places]) -> None:
        for one in listed:
            self.line(f"  {one.resource}: {count(one.total, 'setting')} {what}")
            self.files(one.files)
            shown = sum(len(inside) for _, inside in one.files)
            if shown < one.total:
                self.line(f"      and {one.total - shown} more (-v lists them)", "dim")

    def files(self, files: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        for file, inside in files:
            self.line(f"    {file}")
            for place in inside:
                self.line(f"      {place}", "dim")

    def settings(self, resource: ScannedResource) -> None:
        for fact, rows in rows_of(resource):
            self.heading(f"{resource.ref}: every setting of {fact}")
            lines = columns([row[:3] for row in rows], self.width, 2)
            for line, (*_, reason) in zip(lines, rows, strict=True):
                self.line(line)
                if reason:
                    self.say(reason, "      ", style="dim")
        if resource.account.dropped:
            self.heading(f"{resource.ref}: settings that are left out")
        for rule, reason, files in dropped_of(resource):
            self.say(f"{rule}  {reason}", "  ", " " * (len(rule) + 4))
            self.files(files)

    def heading(self, text: str, style: str = "bold") -> None:
        self.blank()
        self.say(text, rest="  ", style=style)

    def say(self, text: str, first: str = "", rest: str | None = None, style: str = "") -> None:
        for line in wrapped(text, self.width, first, rest):
            self.line(line, style)

    def line(self, text: str, style: str = "") -> None:
        self.lines.append(((text, style),))

    def blank(self) -> None:
        self.line("")


def _cells(resource: ScannedResource) -> tuple[str, ...]:
    evidence, effort = str(resource.evidence), EFFORT[resource.effort]
    return (str(resource.ref), resource.service, evidence, *_numbers(resource.account.counts), effort)


def _numbers(counts: Mapping[Outcome, int]) -> tuple[str, ...]:
    return tuple(str(number) for number in (sum(counts.values()), *(counts[o] for o in Outcome)))
