"""Schemas to measure with: loose files, and the APIs of Gen 1 projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from benchmarks.loose_schemas import MODES, NEW_PROJECT, definitions_of, modes_of, version_of, wrapped
from migrator.categories.data.flags import flag, models, rules
from migrator.categories.data.model import GraphqlApi, GraphqlSchema
from migrator.categories.data.schema import Schema
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.gen1.project import App, discover

INDEX = "index.yaml"
_EXISTING = {**dict.fromkeys(NEW_PROJECT, False), "usesubusernamefordefaultidentityclaim": True}
"""Flags of the transformer where a project's `cli.json` does not say them."""


class Sample(Struct, frozen=True):
    """A schema in a Gen 1 project, and what Gen 1's transformer would be told about it."""

    name: str
    group: str
    project: Path
    """The folder that is converted, with the app and the environment in it."""
    app: str
    env: str | None
    text: str
    version: int
    modes: tuple[str, ...]
    flags: Mapping[str, bool]
    resource: ResourceRef
    expected: Mapping[str, Any] = {}
    """What the folder's `index.yaml` says of it."""

    @property
    def ruled(self) -> bool:
        """Whether there are models, and each has an `@auth` rule."""
        found = list(models(definitions_of(self.text)))
        return bool(found) and all(any(rules(model)) for model in found)

    @property
    def closed(self) -> frozenset[str]:
        """Models without a rule, which Gen 1 opens to nobody."""
        if "globalAuthRule" in self.text:
            return frozenset()
        return frozenset(model.name for model in models(definitions_of(self.text)) if not any(rules(model)))


def samples(folder: Path, scratch: Path, only: frozenset[str] = frozenset()) -> Iterator[Sample]:
    """The schemas of a folder: of loose files, else of the projects in it. Loose ones are wrapped below `scratch`."""
    files = sorted(folder.glob("*.graphql"))
    if files:
        listed = yaml.safe_load((folder / INDEX).read_text("utf-8")) if (folder / INDEX).is_file() else []
        known = {one["name"]: one for one in listed}
        for file in files:
            if not only or file.stem in only:
                yield _loose(file, scratch / folder.name / file.stem, known.get(file.stem, {}))
        return
    for project in sorted(path for path in folder.iterdir() if path.is_dir()):
        if not only or project.name in only:
            yield from _of_project(project, folder.name)


def _loose(file: Path, project: Path, expected: Mapping[str, Any]) -> Sample:
    text = file.read_text("utf-8")
    modes = tuple(expected.get("modes", ())) or _all_modes(expected.get("mode", MODES[0] if expected else ""))
    modes = modes or modes_of(text)
    flags = {**NEW_PROJECT, **expected.get("flags", {})}
    version = expected.get("version", version_of(text))
    wrapped(text, project, modes, {**flags}, version)
    return Sample(
        file.stem,
        file.parent.name,
        project,
        "",
        "prod",
        text,
        version,
        modes,
        flags,
        ResourceRef("api", "x"),
        expected,
    )


def _all_modes(first: str) -> tuple[str, ...]:
    return (first, *(mode for mode in MODES if mode != first)) if first else ()


def _of_project(project: Path, group: str) -> Iterator[Sample]:
    for app in discover(project).apps:
        if app.folder is None:
            continue
        env = app.env or next(iter(app.environments), None)
        chosen = next(one for one in discover(project, env).apps if one.place == app.place)
        yield from _of_app(project, group, chosen, env if len(app.environments) > 1 else None)


def _of_app(project: Path, group: str, app: App, env: str | None) -> Iterator[Sample]:
    flags = {name: flag(app, name, otherwise).value for name, otherwise in _EXISTING.items()}
    for entry in app.of("api", "AppSync"):
        schema = Schema(entry)
        text = "\n".join(file.text for file in schema.files)
        version = 1 if app.flags.transformer_version.value == 1 or schema.legacy else 2
        modes = _modes(app, entry.ref) or modes_of(text)
        name = project.name if len(app.of("api", "AppSync")) == 1 else f"{project.name} {entry.ref.name}"
        yield Sample(name, group, project, app.name, env, text, version, modes, flags, entry.ref)


def _modes(app: App, ref: ResourceRef) -> tuple[str, ...]:
    resource = Assessment(app).context.graph.get(ref)
    for fact in resource.facts if resource else ():
        if isinstance(fact.node, GraphqlApi):
            return (fact.node.default_mode, *(m for m in fact.node.more_modes if m is not fact.node.default_mode))
    return ()


def function_names(sample: Sample) -> Mapping[str, str]:
    """Gen 1's names in `@function`, by the folder of the function in the Gen 2 project."""
    for app in discover(sample.project, sample.env).apps:
        resource = Assessment(app).context.graph.get(sample.resource) if sample.app in ("", app.name) else None
        for fact in resource.facts if resource else ():
            if isinstance(fact.node, GraphqlSchema):
                return {use.resource: use.name for use in fact.node.functions if use.resource}
    return {}
