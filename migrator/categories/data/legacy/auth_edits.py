"""Rules as edits of `@auth`, which leave as much of the author's text as they can."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.edits import Edit
from migrator.categories.data.flags import rules as said_rules
from migrator.categories.data.legacy.rules import Rule
from migrator.categories.data.legacy.text import printed, removal
from migrator.categories.data.sdl import Definition, Directive, Field


def rules_edits(text: str, holder: Definition | Field, wanted: tuple[Rule, ...]) -> Iterator[Edit]:
    """The rules of a model or a field become these; nothing where they are these already."""
    auth = holder.directive("auth")
    said = tuple(said_rules(holder))
    if auth is None:
        if wanted:
            yield _insertion(holder, wanted)
    elif not wanted:
        yield removal(text, auth)
    elif _extends(said, wanted) and len(auth.ends.get("rules", ())) == len(said):
        yield from _additions(text, auth, said, wanted)
    elif said != wanted:
        yield Edit(auth.start, auth.end, _directive(text, auth, wanted))


def _insertion(holder: Definition | Field, wanted: tuple[Rule, ...]) -> Edit:
    model = holder.directive("model")
    at = model.end if model else holder.end
    return Edit(at, at, f" @auth(rules: {printed(list(wanted))})")


def _extends(said: tuple[Rule, ...], wanted: tuple[Rule, ...]) -> bool:
    """Whether members and rules only have to be added at the ends."""
    return (
        bool(said)
        and len(wanted) >= len(said)
        and all(list(old.items()) == list(new.items())[: len(old)] for old, new in zip(said, wanted, strict=False))
    )


def _additions(text: str, auth: Directive, said: tuple[Rule, ...], wanted: tuple[Rule, ...]) -> Iterator[Edit]:
    for old, new, end in zip(said, wanted, auth.ends["rules"], strict=False):
        more = {key: value for key, value in new.items() if key not in old}
        if more:
            yield Edit(end, end, "".join(f", {key}: {printed(value, key)}" for key, value in more.items()))
    added = wanted[len(said) :]
    start, end = auth.places["rules"]
    if added and text[start] == "[":
        last = len(text[: end - 1].rstrip(" \t\r\n,"))
        yield Edit(last, last, _separated(text[start:end], added))


def _separated(old: str, added: tuple[Rule, ...]) -> str:
    """The added rules, each on a line of its own where the old ones are."""
    lines = old.split("\n")
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())] if len(lines) > 1 else ""
    gap = f"\n{indent}" if len(lines) > 1 else ", "
    return "".join(f"{gap}{printed(rule)}" for rule in added)


def _directive(text: str, auth: Directive, wanted: tuple[Rule, ...]) -> str:
    old = text[auth.start : auth.end]
    if "\n" not in old or len(wanted) < 2:
        return f"@auth(rules: {printed(list(wanted))})"
    line = text[text.rfind("\n", 0, auth.start) + 1 : auth.start]
    indent = line[: len(line) - len(line.lstrip())]
    rules = "".join(f"\n{indent}    {printed(rule)}" for rule in wanted)
    return f"@auth(\n{indent}  rules: [{rules}\n{indent}  ]\n{indent})"
