"""A rule's page, and the page of an id that is no rule's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.core.finding import FindingKind
from migrator.engine.match import EVERYTHING
from migrator.engine.rule import (
    AcceptClause,
    Applies,
    BuildClause,
    Differs,
    DropClause,
    Example,
    MapClause,
    ReportClause,
    Rule,
    Support,
)
from migrator.report.conditions import condition_words, value_words
from migrator.report.page import Block, Bullets, Code, Page, Paragraph, Section

SUPPORT_WORDS = {
    Support.NATIVE: "native: Gen 2 has a property for it",
    Support.CDK: "cdk: said through the CDK construct in Gen 2",
    Support.MANUAL: "manual: you do it, there is a recipe",
    Support.NONE: "none: Gen 2 has nothing for it, or there is no recipe yet",
    None: "drop: left out of Gen 2, with the reason",
}
REPORT_ONLY = "report: says something, changes nothing"
ACCEPTS = "accept: a difference between the generations that is meant (`migrate verify`)"
ACKNOWLEDGED = "acknowledge: a difference that you have to acknowledge (`migrate verify --acknowledge`)"
_FENCES = {"typescript": "tsx", "javascript": "jsx", "path": "text", "listing": "text"}
"""Languages of code blocks that are not called as the languages of examples are."""
_APPLIES = {
    Applies.NEW: "resources that Gen 2 makes anew",
    Applies.REUSED: "live resources that Gen 2 refers to (`--reuse`, imported)",
    Applies.ANY: "all resources",
}


def support_word(rule: Rule) -> str:
    """The rule's support in one word."""
    return support_words(rule).partition(":")[0]


def support_words(rule: Rule) -> str:
    """The rule's support, with what the word means."""
    if rule.about_proof:
        return ACKNOWLEDGED if rule.acknowledge else ACCEPTS
    return REPORT_ONLY if rule.support is None and not rule.drop else SUPPORT_WORDS[rule.support]


def rule_anchor(rule: Rule) -> str:
    """The anchor that GitHub gives to the heading of a rule."""
    heading = f"{rule.id}: {rule.title}".lower()
    return "".join(char for char in heading.replace(" ", "-") if char.isalnum() or char in "-_")


def rule_page(rule: Rule, source: str = "") -> Page:
    """Everything that a rule says about itself; `source` says where it stands, else file and line do."""
    facts = (
        ("Name", f"`{rule.name}`"),
        ("Category", rule.category),
        ("Support", support_words(rule)),
        ("File", source or f"{rule.file}, line {rule.line}"),
    )
    return Page(f"{rule.id}: {rule.title}", facts, tuple(_sections(rule)))


def finding_page(kind: FindingKind) -> Page:
    """What stands behind an id of the engine or the readers."""
    sections = (
        Section("Why it matters", (Paragraph(kind.why),)),
        Section("What to do", (Paragraph(kind.instead),)),
    )
    return Page(f"{kind.id}: {kind.title}", (("Severity", str(kind.severity)),), sections)


def _sections(rule: Rule) -> Iterator[Section]:
    yield Section("What it matches", (Paragraph(_matches(rule)),))
    if becomes := tuple(_becomes(rule)):
        yield Section("What becomes of it", (Bullets(becomes),))
    if rule.report:
        yield Section("What it reports", (Bullets(tuple(_report(clause) for clause in rule.report)),))
    if rule.accept:
        title = "What it asks you to acknowledge" if rule.acknowledge else "What it accepts"
        yield Section(title, (Bullets(tuple(_accept(clause) for clause in rule.accept)),))
    if rule.why:
        yield Section("Why", (Paragraph(rule.why),))
    if rule.instead:
        yield Section("What to do instead", (Paragraph(rule.instead),))
    if rule.examples:
        yield Section("Examples", tuple(block for example in rule.examples for block in _example(example)))
    if rule.references:
        yield Section("References", (Bullets(rule.references),))


def _matches(rule: Rule) -> str:
    if rule.about_proof:
        return "Differences between what Gen 1 deployed and what the Gen 2 project synthesizes."
    if not rule.node:
        service = "every service" if rule.service == "*" else f"the service {rule.service}"
        return f"The files of resources of {service}."
    when = condition_words(rule.when)
    condition = f" where {when}" if when else ""
    if rule.about_sources:
        return f"`{rule.node}` in source code{condition} (`migrate lint`)."
    return f"`{rule.node}` facts{condition}, of {_APPLIES[rule.applies]}."


def _becomes(rule: Rule) -> Iterator[str]:
    yield from (_map(clause) + _when(clause) for clause in rule.map)
    yield from (f"{_claims(c.claims)}: written as code (`{c.name}`)" + _when(c) for c in rule.build)
    yield from (f"{_dropped(clause)} is left out: {clause.reason}{_when(clause)}" for clause in rule.drop)


def _map(clause: MapClause) -> str:
    way = ""
    if clause.const is not None:
        way = f" as {value_words(clause.const)}"
    elif clause.table is not None:
        way = " (" + ", ".join(f"{value_words(k)} → {value_words(v)}" for k, v in clause.table.items()) + ")"
    elif clause.template is not None:
        way = f" as {value_words(clause.template)}"
    elif clause.via is not None:
        way = f" through `{clause.via}`"
    return f"`{clause.source}` becomes `{clause.to}`{way}"


def _dropped(clause: DropClause) -> str:
    if clause.source == EVERYTHING:
        return "Everything"
    return f"`{clause.source or clause.at}`"


def _report(clause: ReportClause) -> str:
    claims = f" It answers for {_claims(clause.claims)}." if clause.claims else ""
    hint = f" Next step: {clause.hint}" if clause.hint else ""
    return f"{clause.severity}{_when(clause)}: {clause.message}{claims}{hint}"


def _accept(clause: AcceptClause) -> str:
    what = f"`{clause.attribute}` of `{clause.kind}`" if clause.attribute else f"A whole `{clause.kind}`"
    key = f" whose name is {value_words(clause.key)}" if clause.key is not None else ""
    sides = (
        ("Gen 1 has", clause.gen1, clause.beside.get("gen1", {})),
        ("Gen 2 has", clause.gen2, clause.beside.get("gen2", {})),
    )
    own = ", of the fact itself" if clause.fact else ""
    return f"{what}{key}{own}: " + ", ".join(f"{word} {_tested(test, beside)}" for word, test, beside in sides)


def _tested(test: Any, beside: Mapping[str, Any]) -> str:
    said = "nothing" if test == {"present": False} else f"`{_data(test)}`"
    return said + "".join(f" beside `{path}` `{_data(wanted)}`" for path, wanted in beside.items())


def _claims(paths: tuple[str, ...]) -> str:
    if EVERYTHING in paths:
        return "every setting"
    return ", ".join(f"`{path}`" for path in paths) or "nothing"


def _when(clause: MapClause | BuildClause | DropClause | ReportClause) -> str:
    words = condition_words(clause.when)
    return f", when {words}" if words else ""


def _example(example: Example) -> Iterator[Block]:
    if example.differs is not None:
        yield Code(_difference(example.differs, example.accepted), "text")
        return
    if example.language:
        yield Paragraph(f"{'Reported' if example.report else 'Not reported'}, {example.file or example.language}:")
        language = _FENCES.get(example.language, example.language)
        yield Code(example.text.strip("\n"), language)
        if example.fixed:
            yield Paragraph("With `--fix`:")
            yield Code(example.fixed.strip("\n"), language)
        return
    reused = " (a live resource that Gen 2 refers to)" if example.reused else ""
    yield Code(f"Gen 1: {_data(example.gen1)}{reused}\n" + "\n".join(_result(example)), "text")
    if example.prints:
        yield Code(example.prints.strip(), "ts")


def _difference(differs: Differs, accepted: bool) -> str:
    head = f"{differs.kind} {differs.key}".strip() + (f", {differs.attribute}" if differs.attribute else "")
    shown = [f"{head}\nGen 1: {_data(differs.gen1)}\nGen 2: {_data(differs.gen2)}"]
    for side, beside in differs.beside.items():
        shown.append(f"Beside it in {side}: {_data(beside)}")
    return "\n".join([*shown, "Accepted." if accepted else "Not accepted."])


def _result(example: Example) -> Iterator[str]:
    for target, value in example.gen2.items():
        yield f"Gen 2: {target} = {_data(value)}"
    if example.report:
        yield "Reported."
    elif not example.gen2 and not example.prints:
        yield "Nothing is reported or written."


def _data(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
