"""package.json, tsconfig.json and .gitignore of a Gen 2 project; text in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from typing import Any

from msgspec import Struct

from migrator.core.errors import ArtifactError
from migrator.core.location import Location
from migrator.gen2.backend import Dependency
from migrator.output.versions import higher, within

PINNED = {
    "@aws-amplify/backend": "1.25.1",
    "@aws-amplify/backend-cli": "1.10.0",
    "@types/aws-lambda": "8.10.164",
    "@types/node": "20.19.43",
    "aws-cdk": "2.1148.1",
    "aws-cdk-lib": "2.276.0",
    "constructs": "10.8.1",
    "esbuild": "0.28.2",
    "tsx": "4.23.15",
    "typescript": "5.9.3",
}
"""What every Gen 2 project needs for development, in versions that work together.

`aws-cdk` must stay 2: version 3 refuses the assembly. The peer ranges are those of @aws-amplify/backend
(https://www.npmjs.com/package/@aws-amplify/backend).
"""

MODULE_PACKAGE = '{\n  "type": "module"\n}\n'
"""amplify/package.json: the backend is an ES module, whatever the project around it is."""

TSCONFIG = """\
{
  "compilerOptions": {
    "target": "es2022",
    "module": "es2022",
    "moduleResolution": "bundler",
    "resolveJsonModule": true,
    "esModuleInterop": true,
    "forceConsistentCasingInFileNames": true,
    "strict": true,
    "skipLibCheck": true,
    "paths": {
      "$amplify/*": ["../.amplify/generated/*"]
    }
  },
  "exclude": ["function/*/src"]
}
"""
"""amplify/tsconfig.json with the settings that `npm create amplify` writes.

The sources of functions are left out: they are Gen 1's own, and need not keep to `strict`.
"""

IGNORED = ("node_modules", ".amplify/", "amplify_outputs*")
"""What a Gen 2 project makes and does not commit."""

_LOCAL = re.compile(r"(file|link|portal|workspace):|\.{0,2}/|~/")
_SECTIONS = ("dependencies", "devDependencies", "optionalDependencies")


class PackageConflict(Struct, frozen=True, order=True):
    """A package that cannot be had in every version that is asked for.

    `kept` is the range in package.json; it is empty for a package in a folder of the Gen 1 project, which is left out.
    `others` are (who, range) of those who asked for something else.
    """

    package: str
    kept: str
    others: tuple[tuple[str, str], ...]


class PackageJson(Struct, frozen=True):
    """The text of package.json, and what could not be reconciled in it."""

    text: str
    conflicts: tuple[PackageConflict, ...] = ()


def package_json(project: str, dependencies: Iterable[Dependency], existing: str | None = None) -> PackageJson:
    """The project's root package.json: the pinned tools and the packages of the functions.

    An existing one keeps every entry, their order and its indentation; what is missing is added. Raises ArtifactError
    when it cannot be read.
    """
    asked = _asked(dependencies)
    content = _parse(existing) if existing is not None else {"name": _name(project, asked), "private": True}
    users = {n: r for section in reversed(_SECTIONS) for n, r in _section(content, section).items()}
    conflicts: list[PackageConflict] = []
    missing: dict[str, dict[str, str]] = {"dependencies": {}, "devDependencies": {}}
    for package in sorted({*asked, *PINNED}):
        wishes = asked.get(package, ())
        kept = _choose(package, wishes, users)
        others = {(w.owner, w.version) for w in wishes if not kept or not within(kept, w.version)}
        if package in PINNED and kept and not within(kept, PINNED[package]):
            others.add(("Amplify Gen 2", PINNED[package]))
        if others:
            conflicts.append(PackageConflict(package, kept, tuple(sorted(others))))
        if kept and package not in users:
            dev = package in PINNED or all(w.dev for w in wishes)
            missing["devDependencies" if dev else "dependencies"][package] = kept
    if existing is not None and not any(missing.values()):
        return PackageJson(existing, tuple(conflicts))
    for section, entries in missing.items():
        _add(content, section, entries)
    return PackageJson(_print(content, existing), tuple(conflicts))


class _Wish(Struct, frozen=True):
    owner: str
    version: str
    dev: bool


def _asked(dependencies: Iterable[Dependency]) -> dict[str, tuple[_Wish, ...]]:
    asked: dict[str, tuple[_Wish, ...]] = {}
    for item in dependencies:
        wish = _Wish(str(item.owner) if item.owner else item.rule, item.version.strip() or "*", item.dev)
        if wish not in asked.get(item.package, ()):
            asked[item.package] = (*asked.get(item.package, ()), wish)
    return asked


def _choose(package: str, wishes: tuple[_Wish, ...], users: Mapping[str, str]) -> str:
    """The user's entry, else the pinned version, else the highest range; empty when there is none to write."""
    if package in users:
        return users[package]
    if package in PINNED:
        return PINNED[package]
    kept = ""
    for wish in sorted(wishes, key=lambda wish: (wish.owner, wish.version)):
        if not _LOCAL.match(wish.version):
            kept = higher(kept, wish.version) if kept else wish.version
    return kept


def _name(project: str, asked: Mapping[str, object]) -> str:
    """A name that npm accepts (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name)."""
    name = re.sub(r"[^a-z0-9._~-]+", "-", project.lower()).strip("-._~")[:200] or "amplify-backend"
    return f"{name}-backend" if name in asked or name in PINNED or name == "node_modules" else name


def _parse(text: str) -> dict[str, Any]:
    import json  # keeps the order of keys, and prints with any indentation

    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (0, 0)
        raise _unreadable("it is not JSON", line, column) from None
    if not isinstance(content, dict):
        raise _unreadable("it is not an object")
    return content


def _unreadable(problem: str, line: int = 0, column: int = 0) -> ArtifactError:
    return ArtifactError(
        f"packages cannot be added: {problem}",
        hint="Correct the file, or convert into a folder of its own with --out.",
        location=Location("package.json", line=line, column=column),
    )


def _section(content: Mapping[str, Any], name: str) -> dict[str, str]:
    section = content.get(name, {})
    if not isinstance(section, dict):
        raise _unreadable(f"{name!r} is not an object")
    return {package: str(version) for package, version in section.items()}


def _add(content: dict[str, Any], section: str, entries: Mapping[str, str]) -> None:
    """Into their alphabetical places when the section is sorted, as npm keeps it; else at the end."""
    if not entries:
        return
    present: dict[str, Any] = content.get(section, {})
    merged = {**present, **entries}
    content[section] = {name: merged[name] for name in sorted(merged)} if list(present) == sorted(present) else merged


def _print(content: Mapping[str, Any], existing: str | None) -> str:
    import json

    found = re.search(r"^([ \t]+)\S", existing or "", re.MULTILINE)
    text = json.dumps(content, indent=found.group(1) if found else "  ", ensure_ascii=False)
    if existing is None or existing.endswith("\n"):
        text += "\n"
    return text.replace("\n", "\r\n") if existing and "\r\n" in existing else text


def gitignore(existing: str | None, renamed: tuple[str, str] | None = None) -> str:
    """A .gitignore that has what Gen 2 needs, after the user's lines.

    With `renamed` (the Gen 1 folder's name before and after) what was ignored in the folder stays ignored.
    """
    lines = (existing or "").splitlines()
    known = {line.strip().strip("/") for line in lines}
    wanted = [line[1:].strip("/") for line in known if line.startswith("!")]
    added = [p for p in IGNORED if p.strip("/") not in known and not any(fnmatch(w, p.strip("/")) for w in wanted)]
    blocks = [["# Amplify Gen 2", *added]] if added else []
    if renamed is not None:
        carried = [moved for line in lines if (moved := _carried(line, *renamed)) and moved.strip("/") not in known]
        blocks += [["# Amplify Gen 1, renamed", *carried]] if carried else []
    if not blocks:
        return existing or ""
    end = "\r\n" if existing and "\r\n" in existing else "\n"
    before = existing if not existing or existing.endswith("\n") else f"{existing}{end}"
    new = f"{end}{end}".join(end.join(block) for block in blocks)
    return f"{before}{end if before and before.strip() else ''}{new}{end}" if before else f"{new}{end}"


def _carried(line: str, source: str, target: str) -> str:
    """The same pattern below the renamed folder, or nothing."""
    match = re.match(rf"(!?/?(?:\*\*/)?){re.escape(source)}(/.*)", line.strip())
    return f"{match.group(1)}{target}{match.group(2)}" if match else ""
