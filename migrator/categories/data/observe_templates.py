"""Mapping templates of both generations in one form: what they put into the stash, whom they let in, and the rest.

Authorization templates ask for the mode of the caller, block after block (`#if( $util.authType() == "..." )`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from msgspec import Struct

from migrator.categories.data.observe_datastore import without_datastore

_PUT = re.compile(r"^\$util\.qr\(\$ctx\.stash\.(?:metadata\.)?put\(\"(\w+)\", (.*)\)\)$", re.ASCII)
_MODE = re.compile(r'^#if\( \$util\.authType\(\) == "([^"]+) Authorization" \)$')
_OPENS = re.compile(r"#(?:if|foreach)\b")
_CLOSES = re.compile(r"#end\b")
_ALL_FIELDS = re.compile(r"^#set\( \$isAuthorizedOnAllFields(\d+) = true \)$")
_HEADING = re.compile(r"^## \[(?:Start|End)\] .*\*\*$")
_PRINCIPALS = (
    '#if( $util.authType() == "IAM Authorization" && $util.isNull($ctx.identity.cognitoIdentityPoolId) '
    "&& $util.isNull($ctx.identity.cognitoIdentityId) )"
)
"""The question whether a caller with IAM is none of the identity pool."""
_LET_IN = ('$util.qr($ctx.stash.put("hasAuth", true))', "#set( $isAuthorized = true )")
_REFUSED = "$util.unauthorized()"
_PASSED = ("#return($util.toJson({}))", "#end")
_ALL_TOTALS = re.compile(r'^\$util\.qr\(\$ctx\.stash\.put\("allowedAggFields", \[[^\]]*\]\)\)$')
"""Of a search: such a caller may add up every field, as one who passes every rule may."""
_ADMINS = (
    "#foreach( $adminRole in $ctx.stash.adminRoles )",
    "#if( $ctx.identity.userArn.contains($adminRole) && $ctx.identity.userArn != $ctx.stash.authRole "
    "&& $ctx.identity.userArn != $ctx.stash.unauthRole )",
    "#return($util.toJson({}))",
    "#end",
    "#end",
)
"""Normalisation `admin-roles`: how Gen 1 lets in the roles of `custom-roles.json`, told by itself."""
_OWNER = re.compile(
    r"^#if\( \$isAuthorized && \$util\.isNull\(\$ownerEntity\d+\) && "
    r'!\$ctx\.args\.input\.containsKey\("\w+"\) \)$'
)
_OWNED = re.compile(r'^\$util\.qr\(\$ctx\.args\.input\.put\("\w+", \$ownerClaim\d+\)\)$')
_GROUP_LISTS = re.compile(r'(?:"(?:nullA|a)llowedFields":\[[^\]]*\],)+(?="isAuthorizedOnAllFields":true)')
_GROUP_HEAD = ("#if( $groupRole.isAuthorizedOnAllFields )", _LET_IN[1], "#break", "#else")
_NO_FILTERS = "49d8fa959e74"
"""The hash of a block that begins with empty lists of filters, adds nothing, and lets in whom one of them fits."""
IAM = "IAM"


class Seen(Struct, frozen=True):
    """A template; `principals` says whether it lets in callers with IAM that are none of the identity pool."""

    said: dict[str, Any]
    principals: bool = False
    admins: bool = False
    """Whether it lets in the roles that `custom-roles.json` names."""


def template(text: str) -> Seen:
    """A template without blank lines, spaces around lines, and headings (normalisations `blank-lines`, `headings`)."""
    lines = [line.strip() for line in text.splitlines()]
    lines, versions = without_datastore([line for line in lines if line and not _HEADING.match(line)])
    rest, principals = _without_principals(_without_group_lists(_without_dead_lists(lines)))
    callers: dict[str, str] = {}
    kept: list[str] = []
    owning: list[str] = []
    admins = False
    for mode, block in _blocks(rest):
        if mode == IAM:
            block, let_in = _of_iam(block)
            principals = principals or let_in
            admins = admins or tuple(block[: len(_ADMINS)]) == _ADMINS
            block = block[len(_ADMINS) :] if tuple(block[: len(_ADMINS)]) == _ADMINS else block
        elif mode not in callers and _LET_IN[1] not in kept:
            block, becomes = _without_owners(_without_dead_owners(block))
            owning += [mode] if becomes else []
        if not mode:
            kept += block
        elif not _lets_nobody_in(block):
            name = mode if mode not in callers else f"{mode} again"
            callers[name] = "\n".join(block)
    puts, others = _puts(kept)
    said: dict[str, Any] = {"Stash": puts, "Callers": callers, "Text": "\n".join(others) or None}
    said |= {"Owning": dict.fromkeys(owning, True)} if owning else {}
    return Seen(said | ({"DataStore": True} if versions else {}), principals, admins)


def _puts(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What is put into the stash whatever is asked, by key (normalisation `stash`), and the other lines."""
    puts: dict[str, str] = {}
    others: list[str] = []
    depth = 0
    for line in lines:
        found = _PUT.match(line)
        if found and not depth:
            puts[found[1]] = found[2]
        else:
            others.append(line)
        depth += len(_OPENS.findall(line)) - len(_CLOSES.findall(line))
    return puts, others


def _without_dead_lists(lines: list[str]) -> list[str]:
    """A template without lists of fields that it never reads (normalisation `all-fields`): where a rule is for all
    fields, as a constant says, the branch that reads its list is dead."""
    found = list(lines)
    for number in {said[1] for line in lines if (said := _ALL_FIELDS.match(line))}:
        if sum(f"$isAuthorizedOnAllFields{number} = " in line for line in found) == 1:
            found = _without_lists(found, number)
    return found


def _without_group_lists(lines: list[str]) -> list[str]:
    """The same for rules of groups, which are listed as JSON and asked one after the other."""
    for at, line in enumerate(lines):
        if "llowedFields.addAll($groupRole." in line:
            before = [one for one in lines[:at] if "llowedFields.addAll($groupRole." not in one]
            if tuple(before[-len(_GROUP_HEAD) :]) != _GROUP_HEAD:
                return lines
    return [_GROUP_LISTS.sub("", one) if one.startswith("#set( $staticGroupRoles = ") else one for one in lines]


def _without_lists(lines: list[str], number: str) -> list[str]:
    found = list(lines)
    question = f"#if( $isAuthorizedOnAllFields{number} )"
    for at in [at for at, line in enumerate(lines) if line == question][::-1]:
        end = _end(found, at)
        for let_in in ([_LET_IN[1], "#else"], [_LET_IN[1], "#break", "#else"]):
            then = at + 1 + len(let_in)
            if found[at + 1 : then] == let_in and end:
                del found[then:end]
    name = re.compile(rf"\$\w+AllowedFields{number}\b")
    unread = [line for line in found if name.search(line)]
    dead = all(re.fullmatch(rf"#set\( \$\w+AllowedFields{number} = \[[^\]]*\] \)", line) for line in unread)
    return [line for line in found if line not in unread] if dead else lines


def _without_dead_owners(block: list[str]) -> list[str]:
    """What is for a mode, without steps that never come (normalisation `dead-owners`): who is let in already becomes
    the owner of a row, where nothing before has let anybody in."""
    for at, line in enumerate(block):
        if line == _LET_IN[1]:
            break
        if _OWNER.match(line) and _OWNED.match(block[at + 1]) and block[at + 2] == "#end":
            return _without_dead_owners([*block[:at], *block[at + 3 :]])
    return block


def _without_owners(block: list[str]) -> tuple[list[str], bool]:
    """What is for a mode, without the step by which who is let in already becomes the owner of a row, and whether it
    had one (normalisation `owners-of-others`)."""
    for at, line in enumerate(block[:-2]):
        if _OWNER.match(line) and _OWNED.match(block[at + 1]) and block[at + 2] == "#end":
            return _without_owners([*block[:at], *block[at + 3 :]])[0], True
    return block, False


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The blocks for modes, each with its mode and what is in it; other lines one by one, without a mode."""
    at = 0
    while at < len(lines):
        found, end = _MODE.match(lines[at]), _end(lines, at)
        if found and end:
            yield found[1], lines[at + 1 : end]
            at = end + 1
        else:
            yield "", [lines[at]]
            at += 1


def _end(lines: list[str], start: int) -> int:
    """Where what opens at `start` is closed; 0 when it is not."""
    depth = 0
    for at in range(start, len(lines)):
        depth += len(_OPENS.findall(lines[at])) - len(_CLOSES.findall(lines[at]))
        if depth == 0:
            return at
    return 0


def _of_iam(block: list[str]) -> tuple[list[str], bool]:
    """What holds for callers of the identity pool, and whether others are let in before (normalisation
    `iam-principals`): Gen 2 puts its question around Gen 1's block."""
    head = (_PRINCIPALS, *_LET_IN, "#else")
    if tuple(block[: len(head)]) == head and block[-1] == "#end":
        return block[len(head) : -1], True
    return block, False


def _without_principals(lines: list[str]) -> tuple[list[str], bool]:
    """A template that ends the pipeline, without the question that lets those callers pass."""
    for at, line in enumerate(lines):
        if line != _PRINCIPALS:
            continue
        then = at + 1 + bool(lines[at + 1 :] and _ALL_TOTALS.match(lines[at + 1]))
        if tuple(lines[then : then + len(_PASSED)]) == _PASSED:
            return lines[:at] + lines[then + len(_PASSED) :], True
    return lines, False


def _lets_nobody_in(block: list[str]) -> bool:
    """Whether a mode's block is as good as none (normalisation `nobody`): it is empty, it refuses, or it joins filters
    of which it has none."""
    return not block or block == [_REFUSED] or sha256("\n".join(block).encode()).hexdigest()[:12] == _NO_FILTERS
