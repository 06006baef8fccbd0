"""What `migrate verify` compares the synthesized project with."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.categories import announcements, load
from migrator.commands.assessment import Assessment
from migrator.commands.converted import Converted
from migrator.commands.selection import CONVERTED
from migrator.core.errors import UsageError
from migrator.core.ref import ResourceRef
from migrator.engine.rule import Rule
from migrator.engine.survey import Watch
from migrator.output.acknowledged import acknowledge, read_acknowledged
from migrator.verify.subject import DeployedSubject


def deployed_subject(converted: Converted, features: Iterable[str] = ()) -> DeployedSubject:
    """What Gen 1 deployed, as it was converted; `features` leaves others out.

    Never raises for a Gen 1 project that cannot be read: the checks are skipped then, and say why.
    """
    assessment = converted.assessment
    if assessment is None:
        return DeployedSubject(reason=converted.reason) if converted.reason else DeployedSubject()
    return DeployedSubject(
        assessment.context,
        tuple(watches()),
        tuple(rule for rule in assessment.catalog.rules if rule.accept),
        _matched(assessment),
        assessment.findings,
        frozenset(features),
        frozenset(CONVERTED) & frozenset(assessment.features.values()) - frozenset(converted.features),
        frozenset(one.rule for one in read_acknowledged(converted.gen2)),
        _facts(assessment),
    )


def _matched(assessment: Assessment) -> dict[ResourceRef, set[str]]:
    """By resource, the rules that hold for it."""
    found: dict[ResourceRef, set[str]] = {}
    for one in assessment.matches.matches:
        found.setdefault(one.fact.resource, set()).add(one.rule.id)
    return found


def _facts(assessment: Assessment) -> dict[tuple[ResourceRef, str], set[str]]:
    """By resource and rule, the keys of the facts that it holds for."""
    found: dict[tuple[ResourceRef, str], set[str]] = {}
    for one in assessment.matches.matches:
        found.setdefault((one.fact.resource, one.rule.id), set()).add(one.fact.key)
    return found


def watches() -> Iterable[Watch]:
    """Every category that observes, with the feature it belongs to (none for the app as a whole)."""
    for announced in announcements():
        observer = load(announced.name).observe
        if observer is not None:
            found = sorted(set(announced.services.values()))
            yield Watch(found[0] if len(found) == 1 else "", observer)


def acknowledge_rules(converted: Converted, asked: Iterable[str]) -> None:
    """Notes what the user acknowledges, by id or name of the rules.

    Raises UsageError for a word that is no rule of that kind.
    """
    words = tuple(asked)
    if not words:
        return
    rules = {rule.id: rule for rule in _askable(converted.assessment)}
    named = {rule.name: rule.id for rule in rules.values()}
    found = {word: word.upper() if word.upper() in rules else named.get(word.lower(), "") for word in words}
    for word, id in found.items():
        if not id:
            listed = ", ".join(f"{rule.id} ({rule.name})" for rule in rules.values()) or "none"
            raise UsageError(f"{word!r} is nothing to acknowledge", hint=f"There are: {listed}.")
    acknowledge(converted.gen2, found.values())


def _askable(assessment: Assessment | None) -> Iterable[Rule]:
    """Rules that a user acknowledges: those of the project's own rules files, and all that ship, whether the project
    has such resources or not."""
    from migrator.engine.catalog import load_catalog, names  # the assessment has those of its own categories only

    rules = {rule.id: rule for rule in load_catalog(names()).rules}
    rules |= {rule.id: rule for rule in assessment.catalog.rules} if assessment else {}
    return (rule for rule in rules.values() if rule.acknowledge)
