"""Values that Gen 1 takes from what is not converted: Gen 2 holds text in their place, from `amplify/references.ts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Value

UNKNOWN = "GEN030"
"""What convert says of a value that no file of the project holds."""
_MENTION = re.compile(r"\$\{([^{}]*)\}")
_OF_STACK = re.compile(r"(?P<category>[\w-]+)/(?P<name>[^/#. ]+)(?:/[^# ]*)?[# ](?P<id>\w+)")
_LOST = re.compile(r"(?:Trust\[service )?(\w+)(?:\.[\w.]+\])?$")
_REFUSING = ("Deny", "PermissionsBoundary")
_ALLOWED, _ON_NOTHING = "Allow[", "Allow[]"
_PLACE = re.compile(r"/Resources/([^/]+)(/Type)?")
"""A resource as a whole; what is said of one of its properties does not explain that all of it is lost."""
_PARAMETER = re.compile(r"\w+")
_NAMES = re.compile(r"(?<![\w:])\w+(?![\w:])")
"""Words that are no part of a type (`AWS::SQS::Queue`)."""


class Reported(Struct, frozen=True):
    """What scan, or convert, says of something."""

    rule: str
    said: str


Gaps = Callable[[ResourceRef | None], Iterable[Finding]]
"""The gaps that scan reports of a resource."""


def reported_as(gap: Finding) -> Reported:
    """A finding as the reason of a difference."""
    return Reported(gap.rule, f"{gap.severity}: {gap.message}")


def naming(gaps: Iterable[Finding], logical_id: str) -> Reported | None:
    """The first gap that names a resource of a template, in what its message says of the project or by its place there:
    what a message says around that names nothing."""
    gap = next((one for one in gaps if logical_id in _names(one)), None)
    return reported_as(gap) if gap else None


def _names(gap: Finding) -> Iterator[str]:
    yield from (name for said in gap.said for name in _NAMES.findall(said))
    if gap.location and (place := _PLACE.fullmatch(gap.location.pointer)):
        yield place[1]


def of_value(mismatch: Mismatch, converted: Callable[[ResourceRef], bool], gaps: Gaps) -> Reported | None:
    """What is reported of the thing that Gen 1's value speaks of; None where Gen 2 ought to have the value.

    Gen 2's value is text without references, be it empty: what the user has entered cannot be compared. Of a list, that
    is what only Gen 2 has; what only Gen 1 has is reported, every text of it.
    """
    left, right = _texts(mismatch.gen1), _texts(mismatch.gen2)
    lost, entered = [one for one in left if one not in right], [one for one in right if one not in left]
    if not lost or not entered or len(entered) > len(lost) or any(_MENTION.search(one) for one in entered):
        return None
    found = [_of_text(one, mismatch.owner, converted, gaps) for one in lost]
    return found[0] if all(found) else None


def _texts(value: Value | None) -> list[str]:
    """A text, or those of a list; nothing where there is anything else."""
    listed = value if isinstance(value, tuple) else (value,)
    texts = [one for one in listed if isinstance(one, str)]
    return texts if len(texts) == len(listed) else []


def _of_text(
    text: str, owner: ResourceRef | None, converted: Callable[[ResourceRef], bool], gaps: Gaps
) -> Reported | None:
    found = list(_reported(_mentions(text), owner, converted, gaps))
    return next((one for one in found if one), None) if all(found) else None


def of_right(mismatch: Mismatch, converted: Callable[[ResourceRef], bool], gaps: Gaps) -> Reported | None:
    """What is reported of the resource that a right is on, of who may become a role, or of a property of the role; None
    where Gen 2 has it, and for what only takes rights away: without it there would be more. Where the resource is a
    name that no file explains, it is what is reported of the role, or of its policy, by name."""
    if mismatch.attribute == _ON_NOTHING and mismatch.gen1 is None:
        return _on_nothing(mismatch, converted, gaps)
    if mismatch.gen2 is not None or mismatch.attribute.startswith(_REFUSING):
        return None
    said = _LOST.match(mismatch.attribute)
    if said:
        return naming(gaps(mismatch.owner), said[1])
    if any(_PARAMETER.fullmatch(mention) for mention in _mentions(mismatch.attribute)):
        declared = mismatch.one.of if mismatch.one else ()
        return next((gap for one in declared if (gap := naming(gaps(mismatch.owner), one.logical_id))), None)
    places = [mention for mention in _mentions(mismatch.attribute) if _OF_STACK.match(mention)]
    found = list(_reported(places, mismatch.owner, converted, gaps))
    return next((one for one in found if one), None) if found and all(found) else None


def _on_nothing(mismatch: Mismatch, converted: Callable[[ResourceRef], bool], gaps: Gaps) -> Reported | None:
    """What is reported of the resources that a right is on in Gen 1, where Gen 2 has an empty place for them in
    `amplify/references.ts`: nobody can do anything there, and what is entered there has to be looked at."""
    given = mismatch.one.attributes if mismatch.one else {}
    told = {
        path: of_right(replace(mismatch, attribute=path, gen1=said, gen2=None), converted, gaps)
        for path, said in given.items()
        if path.startswith(_ALLOWED)
    }
    lost = {path: gap for path, gap in told.items() if gap}
    actions = {action for path in lost for action in _texts(given[path])}
    return next(iter(lost.values()), None) if actions.issuperset(_texts(mismatch.gen2)) else None


def _mentions(text: str) -> list[str]:
    return [said for said in _MENTION.findall(text) if not said.startswith("AWS::")]


def _reported(
    mentions: Iterable[str], owner: ResourceRef | None, converted: Callable[[ResourceRef], bool], gaps: Gaps
) -> Iterator[Reported | None]:
    for mention in mentions:
        place = _OF_STACK.match(mention)
        if place:
            ref = ResourceRef(place["category"], place["name"])
            yield naming(gaps(ref), place["id"]) if converted(ref) else next(map(reported_as, gaps(ref)), None)
        elif _PARAMETER.fullmatch(mention):
            said = f"{mention} of {owner} is not known; it has a place in amplify/references.ts."
            yield Reported(UNKNOWN, f"{Severity.WARNING}: {said}")
        else:
            yield None  # a resource that both generations have
