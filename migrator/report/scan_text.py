"""The scan as text for a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from migrator.commands.scan import Scan, ScannedResource
from migrator.engine.rule import Outcome
from migrator.report.page import columns, text_width, wrapped
from migrator.report.scan_outline import AppOutline, Outline, Places, Subject, dropped_of, outline, rows_of
from migrator.report.scan_words import EFFORT, MEANING, SOURCES, app_line, count, settings_sentence

_STYLES = {
    "blocker": "bold red",
    "blocked": "bold red",
    "gap": "red",
    "manual": "yellow",
    "needs you": "yellow",
    "warning": "yellow",
    "automatic": "green",
}
_NARROW_SERVICE = 12
"""Columns that are enough for the name of a service, on several lines if need be."""
_HEAD = ("resource", "service", "read from", "settings", *(str(o) for o in Outcome), "effort")


def scan_text(scan: Scan, verbose: bool, quiet: bool, plain: bool) -> str:
    """The report: what blocks first. `quiet` leaves the totals and what blocks; `plain` has no colours."""
    written = StringIO()
    coloured = not plain and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = text_width()
    console = Console(
        file=written,
        width=width,
        force_terminal=coloured,
        no_color=not coloured,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _Text(console, width, outline(scan, verbose)).write(verbose, quiet)
    return written.getvalue()


class _Text:
    def __init__(self, console: Console, width: int, report: Outline) -> None:
        self.console = console
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
            self.heading("Good to know")
            self.subjects(app.notes)
        for resource in app.resources if verbose else ():
            self.rows(resource)

    def resources(self, app: AppOutline) -> None:
        rows = [_cells(resource) for resource in app.resources]
        total = ("total", "", "", *_numbers(app.settings), "")
        sizes = [max(len(row[i]) for row in (_HEAD, total, *rows)) for i in range(len(_HEAD))]
        sizes[1] = min(sizes[1], _NARROW_SERVICE)
        if sum(sizes) + 2 * len(sizes) > self.width:
            self.stacked(app)
        else:
            self.table(rows, total)
        self.blank()
        words = [(str(outcome), meaning) for outcome, meaning in MEANING if app.settings[outcome]]
        for line in columns(words, self.width, 2):
            self.line(line, "dim")

    def table(self, rows: Iterable[Sequence[str]], total: Sequence[str]) -> None:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for number, head in enumerate(_HEAD):
            right = 3 <= number < len(_HEAD) - 1
            table.add_column(head, justify="right" if right else "left", no_wrap=head != "service", overflow="fold")
        for row in rows:
            table.add_row(*row[:-1], Text(row[-1], _STYLES.get(row[-1], "")))
        table.add_row(*total, style="bold")
        written = StringIO()
        inner = Console(file=written, width=self.width - 2, force_terminal=self.console.is_terminal)
        inner.no_color = self.console.no_color
        inner.print(table)
        for line in written.getvalue().splitlines():
            self.console.out(f"  {line.rstrip()}", highlight=False)

    def stacked(self, app: AppOutline) -> None:
        for resource in app.resources:
            name, service, *_, effort = _cells(resource)
            gap = " " * max(2, self.width - 2 - len(name) - len(effort))
            line = Text.assemble("  ", (name, "bold"), gap, (effort, _STYLES.get(effort, "")))
            self.console.print(line, soft_wrap=True)
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
        text = Text(first)
        text.stylize(_STYLES.get(weight, "cyan"), 4, len(head.rstrip()))
        self.console.print(text, soft_wrap=True)
        for line in rest:
            self.line(line)

    def places(self, what: str, listed: Iterable[Places]) -> None:
        for one in listed:
            self.line(f"  {one.resource}: {count(one.total, 'setting')} {what}")
            shown = 0
            for file, inside in one.files:
                self.line(f"    {file}")
                for place in inside:
                    self.line(f"      {place}", "dim")
                shown += len(inside)
            if shown < one.total:
                self.line(f"      and {one.total - shown} more (-v lists them)", "dim")

    def rows(self, resource: ScannedResource) -> None:
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
            for file, places in files:
                self.line(f"    {file}")
                for place in places:
                    self.line(f"      {place}", "dim")

    def heading(self, text: str, style: str = "bold") -> None:
        self.blank()
        self.say(text, rest="  ", style=style)

    def say(self, text: str, first: str = "", rest: str | None = None, style: str = "") -> None:
        for line in wrapped(text, self.width, first, rest):
            self.line(line, style)

    def line(self, text: str, style: str = "") -> None:
        self.console.print(Text(text, style), soft_wrap=True)

    def blank(self) -> None:
        self.console.print()


def _cells(resource: ScannedResource) -> tuple[str, ...]:
    evidence, effort = str(resource.evidence), EFFORT[resource.effort]
    return (str(resource.ref), resource.service, evidence, *_numbers(resource.account.counts), effort)


def _numbers(counts: Mapping[Outcome, int]) -> tuple[str, ...]:
    return tuple(str(number) for number in (sum(counts.values()), *(counts[o] for o in Outcome)))
