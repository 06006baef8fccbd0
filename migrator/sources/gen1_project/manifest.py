"""Packages that package.json asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.documents.json_values import Member, members
from migrator.documents.source import SourceFile
from migrator.engine.sources import Edit, Fix, Use
from migrator.sources.uses import Dependency

_HOLDERS = frozenset(("dependencies", "devDependencies", "peerDependencies", "optionalDependencies"))
_ABOUT = re.compile(
    r"aws-amplify(?:-\w+)?$|amplify-appsync-simulator$|@aws-amplify/|aws-cdk(?:-lib)?$|@aws-cdk/core$|aws-sdk$"
)
_MAJOR = re.compile(r"(?:npm:[^@]+@|workspace:)?[\^~>=v\s]*(\d+)(?:\.|$|-|\s)")
_LOOSE = frozenset(("*", "latest", "", "x", "next"))
_NOW = {"@aws-amplify/cli": "@aws-amplify/backend-cli"}


def dependencies(file: SourceFile) -> Iterator[Use]:
    """The packages of Amplify, CDK and the AWS SDK. Those that come from a path or an address are left out."""
    if not file.path.endswith("package.json"):
        return
    found = {one.name: one for one in members(file.text) if one.holder in _HOLDERS and one.is_text}
    for one in found.values():
        if _ABOUT.match(one.name) and (_MAJOR.match(one.raw) or one.raw in _LOOSE):
            yield Use(_dependency(one, found), one.name_start, one.name_start + len(one.name), _fix(one, found))


def _dependency(one: Member, found: Mapping[str, Member]) -> Dependency:
    beside = tuple(f"{name} {found[name].raw}" for name in _clashing(one, found))
    return Dependency(one.name, one.raw, _major(one), one.raw not in _LOOSE, beside)


def _major(one: Member) -> int:
    match = _MAJOR.match(one.raw)
    return int(match.group(1)) if match else -1


def _clashing(one: Member, found: Mapping[str, Member]) -> Iterator[str]:
    """The packages that do not go with one: each pair is said once, of the package that is to be changed."""
    majors = {name: _major(other) for name, other in found.items()}
    library = majors.get("aws-amplify", -1)
    own = majors[one.name]
    if one.name in ("@aws-amplify/ui-react", "@aws-amplify/ui-vue", "@aws-amplify/ui-angular") and own >= 0:
        needs = {"@aws-amplify/ui-react": 6, "@aws-amplify/ui-vue": 4, "@aws-amplify/ui-angular": 5}[one.name]
        if library >= 0 and (own >= needs) != (library >= 6):
            yield "aws-amplify"
    if one.name in ("@aws-amplify/auth", "@aws-amplify/api", "@aws-amplify/storage") and 0 <= own < 6 <= library:
        yield "aws-amplify"
    if one.name == "aws-cdk" and own >= 3 and majors.get("aws-cdk-lib") == 2:
        yield "aws-cdk-lib"
    if one.name == "@aws-cdk/core" and "aws-cdk-lib" in found:
        yield "aws-cdk-lib"


def _fix(one: Member, found: Mapping[str, Member]) -> Fix | None:
    """The tool of Gen 2 in the place of that of Gen 1, where it is not there yet."""
    name = _NOW.get(one.name)
    if name is None or name in found:
        return None
    from migrator.output.manifests import PINNED

    version = f"^{PINNED[name]}"
    edits = (
        Edit(one.name_start, one.name_start + len(one.name), name),
        Edit(one.start, one.start + len(one.raw), version),
    )
    return Fix(f"Ask for {name} instead.", edits)
