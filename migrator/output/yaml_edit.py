"""Changes to lists of strings in a YAML text that leave every other line, and its comments, as they are."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from migrator.core.errors import ArtifactError
from migrator.documents.document import Json, Pointer
from migrator.documents.yaml_text import load_yaml, load_yaml_lines


class ListEdit(Struct, frozen=True):
    """A list at a pointer: for each item what takes its place (None: it stays), and what comes after the last."""

    pointer: Pointer
    items: tuple[tuple[str, ...] | None, ...]
    appended: tuple[str, ...] = ()


class Insertion(Struct, frozen=True):
    """A member for the mapping at a pointer (in place of one of that name), best written before the member `before`."""

    pointer: Pointer
    key: str
    value: Json
    before: str


class EditedYaml(Struct, frozen=True):
    """The text; and whether it had to be written anew, without its comments."""

    text: str
    rewritten: bool = False


def edit_yaml(text: str, edits: Iterable[ListEdit], insertions: Iterable[Insertion], name: str) -> EditedYaml:
    """The text with the changes. Raises ArtifactError when the text is no YAML.

    Lines are replaced where the result then reads as it should; else the whole document is written anew.
    """
    value, lines = load_yaml_lines(text, name)
    expected = copy.deepcopy(value)
    for edit in edits:
        _apply(expected, edit)
    for insertion in insertions:
        _insert(expected, insertion)
    changed = _edit_lines(text, value, lines, tuple(edits), tuple(insertions))
    if changed is not None and _reads_as(changed, expected, name):
        return EditedYaml(changed)
    return EditedYaml(_printed(expected), rewritten=True)


def _reads_as(text: str, expected: Json, name: str) -> bool:
    try:
        return load_yaml(text, name) == expected
    except ArtifactError:
        return False  # replacing lines was not enough: the caller writes the document anew


def value_at(value: Json, pointer: Pointer) -> Any:
    """The value at a pointer, or None."""
    found: Any = value
    for part in pointer:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def _apply(value: Json, edit: ListEdit) -> None:
    target = value_at(value, edit.pointer)
    new: list[Any] = []
    for item, change in zip(target, edit.items, strict=True):
        new += [item] if change is None else list(change)
    target[:] = [*new, *edit.appended]


def _insert(value: Json, insertion: Insertion) -> None:
    target = value_at(value, insertion.pointer)
    rest = [(key, member) for key, member in target.items() if key != insertion.key]
    position = next((at for at, (key, _) in enumerate(rest) if key == insertion.before), len(rest))
    target.clear()
    target.update([*rest[:position], (insertion.key, insertion.value), *rest[position:]])


def _printed(value: Json) -> str:
    import yaml

    class Indented(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)  # lists stand deeper than their key, as Amplify writes them

    return yaml.dump(value, Dumper=Indented, sort_keys=False, allow_unicode=True, width=10_000)


def _edit_lines(
    text: str,
    value: Json,
    lines: Mapping[Pointer, int],
    edits: tuple[ListEdit, ...],
    insertions: tuple[Insertion, ...],
) -> str | None:
    end = "\r\n" if "\r\n" in text else "\n"
    rows = text.replace("\r\n", "\n").split("\n")
    jobs: list[tuple[int, int, list[str]]] = []
    for edit in edits:
        found = _list_jobs(rows, value_at(value, edit.pointer), lines, edit)
        if found is None:
            return None
        jobs += found
    for insertion in insertions:
        row = lines.get((*insertion.pointer, insertion.before))
        job = None if row is None else _insert_job(rows, row - 1, insertion)
        if job is None:
            return None
        jobs.append(job)
    for start, stop, new in sorted(jobs, reverse=True):
        rows[start:stop] = new
    return end.join(rows)


def _list_jobs(
    rows: list[str], items: list[Any], lines: Mapping[Pointer, int], edit: ListEdit
) -> list[tuple[int, int, list[str]]] | None:
    """Line ranges (from 0) and what takes their place; None when the list is not written line by line."""
    spans = [_span(rows, lines[(*edit.pointer, index)] - 1, item) for index, item in enumerate(items)]
    if any(span is None for span in spans) or not spans:
        return None
    jobs: list[tuple[int, int, list[str]]] = []
    known = [span for span in spans if span is not None]
    for (start, stop), change in zip(known, edit.items, strict=True):
        if change is not None:
            jobs.append((start, stop, [row for text in change for row in _item_rows(_dash(rows[start]), text)]))
    start, stop = known[-1]
    added = [row for text in edit.appended for row in _item_rows(_dash(rows[start]), text)]
    if added and jobs and jobs[-1][0] == start:
        jobs[-1] = (start, stop, [*jobs[-1][2], *added])
    elif added:
        jobs.append((stop, stop, added))
    if not edit.appended and all(change == () for change in edit.items):
        key = lines[edit.pointer] - 1
        match = re.fullmatch(r"(.*\S:)(\s*)(#.*)?", rows[key])
        if match is None or key == known[0][0]:
            return None
        jobs.append((key, key + 1, [f"{match.group(1)} []" + (f"  {match.group(3)}" if match.group(3) else "")]))
    return jobs


def _dash(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _span(rows: list[str], start: int, item: Any) -> tuple[int, int] | None:
    """The lines of one item: its dash and what is indented deeper; None when they do not read as the item."""
    if not rows[start].lstrip(" ").startswith("- "):
        return None
    indent = _dash(rows[start])
    stop = start + 1
    while stop < len(rows) and (not rows[stop].strip() or _dash(rows[stop]) > indent):
        stop += 1
    while stop > start + 1 and (not rows[stop - 1].strip() or rows[stop - 1].lstrip(" ").startswith("#")):
        stop -= 1
    own = "\n".join(row[indent:] for row in rows[start:stop])
    return (start, stop) if _reads_as(own + "\n", [item], "item") else None


def _item_rows(indent: int, text: str) -> list[str]:
    if "\n" in text:
        body = text.removesuffix("\n").split("\n")
        mark = "|" if text.endswith("\n") else "|-"
        return [" " * indent + f"- {mark}", *(" " * (indent + 4) + row for row in body)]
    return [" " * indent + f"- {_scalar(text)}"]


def _scalar(text: str) -> str:
    """Plain where every YAML reader takes it for the same text, else quoted."""
    import yaml

    return yaml.safe_dump([text], width=10**9, allow_unicode=True)[2:].rstrip("\n")


def _insert_job(rows: list[str], row: int, insertion: Insertion) -> tuple[int, int, list[str]] | None:
    if rows[row].lstrip(" ").startswith("- "):
        return None  # the first member of a list item: its dash would have to move
    indent = " " * _dash(rows[row])
    block = _printed({insertion.key: insertion.value}).rstrip("\n").split("\n")
    while row > 0 and rows[row - 1].lstrip(" ").startswith("#"):
        row -= 1  # a comment above belongs to the member below it
    return row, row, [indent + line for line in block]
