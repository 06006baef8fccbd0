"""The scan as Markdown, for a pull request or a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.commands.scan import Scan, ScannedResource
from migrator.engine.rule import Outcome
from migrator.report.page import table_markdown
from migrator.report.scan_outline import AppOutline, Places, Subject, dropped_of, outline, rows_of
from migrator.report.scan_words import EFFORT, MEANING, app_line, count

_HEAD = ("Resource", "Service", "Read from", "Settings", *(str(o).capitalize() for o in Outcome), "Effort")


def scan_markdown(scan: Scan, verbose: bool) -> str:
    """The report: what blocks first."""
    report = outline(scan, verbose)
    lines = [f"# {report.title}", ""]
    lines += [f"- {sentence}" for sentence in report.summary]
    if report.blockers:
        lines += ["", "## Blocked: solve these first", *_subjects(report.blockers)]
    for app in report.apps:
        lines += _app(app, verbose)
    if report.notes:
        lines += ["", "## About the project", *_subjects(report.notes)]
    lines += ["", "## Next step", "", report.next_step]
    return "\n".join(lines) + "\n"


def _app(app: AppOutline, verbose: bool) -> Iterator[str]:
    yield from ("", f"## {app_line(app.app)}")
    if app.resources:
        yield ""
        rows = [_cells(resource) for resource in app.resources]
        yield from table_markdown(_HEAD, [*rows, ("**total**", "", "", *_numbers(app.settings), "")])
        yield ""
        yield from (f"- *{outcome}*: {meaning}" for outcome, meaning in MEANING if app.settings[outcome])
    for title, subjects in (
        ("What you have to do", app.todo),
        ("What becomes of users, files and rows", app.data),
    ):
        if subjects:
            yield from ("", f"### {title}", *_subjects(subjects))
    if app.unread or app.unclaimed:
        yield from ("", "### Settings that no rule answers for (counted as gaps)", "")
        yield from _places("not read", app.unread)
        yield from _places("read, but claimed by no rule", app.unclaimed)
    if app.notes:
        yield from ("", "### Worth a look", *_subjects(app.notes))
    for resource in app.resources if verbose else ():
        for fact, settings in rows_of(resource):
            yield from ("", f"### {resource.ref}: every setting of {_code(fact)}", "")
            listed = [(_code(path), *rest) for path, *rest in settings]
            yield from table_markdown(("Setting", "Becomes", "Rule", "Reason"), listed)
        if resource.account.dropped:
            yield from ("", f"### {resource.ref}: settings that are left out", "")
        for rule, reason, files in dropped_of(resource):
            yield f"- {rule}: {_escaped(reason)}"
            yield from (f"  - {_code(file)}: {', '.join(_code(place) for place in places)}" for file, places in files)


def _subjects(subjects: Iterable[Subject]) -> Iterator[str]:
    for subject in subjects:
        yield from ("", f"**{subject.name}**", "")
        for remark in subject.remarks:
            for message, places in remark.messages:
                yield f"- {remark.rule} ({remark.weight}): {_escaped(message)}"
                yield from (f"  - {_code(place)}" for place in places)
            if remark.instruction:
                yield f"  - Next step: {_escaped(remark.instruction)}"


def _places(what: str, listed: Iterable[Places]) -> Iterator[str]:
    for one in listed:
        yield f"- {one.resource}: {count(one.total, 'setting')} {what}"
        shown = 0
        for file, inside in one.files:
            yield f"  - {_code(file)}: {', '.join(_code(place) for place in inside)}"
            shown += len(inside)
        if shown < one.total:
            yield f"  - and {one.total - shown} more (`-v` lists them)"


def _cells(resource: ScannedResource) -> tuple[str, ...]:
    numbers = _numbers(resource.account.counts)
    return (str(resource.ref), resource.service, str(resource.evidence), *numbers, EFFORT[resource.effort])


def _numbers(counts: Mapping[Outcome, int]) -> tuple[str, ...]:
    return tuple(str(number) for number in (sum(counts.values()), *(counts[o] for o in Outcome)))


def _code(text: str) -> str:
    """As code, whatever backticks it has."""
    return f"`{text}`" if "`" not in text else f"`` {text} ``"


def _escaped(text: str) -> str:
    """Text in which names with underscores, asterisks or angle brackets stay as they are; code in backticks too."""
    parts = text.split("`")
    for index in range(0, len(parts), 2):
        for mark in ("\\", "*", "_", "<", "["):
            parts[index] = parts[index].replace(mark, f"\\{mark}")
    return "`".join(parts)
