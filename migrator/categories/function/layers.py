"""A layer: its template, its files and who may use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrator.categories.function.model import Layer, LayerPermission
from migrator.categories.function.requirements import Requirements, read_requirements
from migrator.categories.function.sources import package_ranges
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_LISTS = (
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "README.txt",
    "README.md",
    ".gitkeep",
    "Pipfile",
    "Pipfile.lock",
)
FOLDERS = ("lib", "opt")
"""What the CLI packs: the contents of `lib` and `opt` are what functions see below `/opt`."""


def layer_facts(entry: Entry, template: Template) -> Iterator[Fact[Any]]:
    """The newest version of the layer, and its permissions."""
    versions = list(template.resources("AWS::Lambda::LayerVersion"))
    if versions:
        yield _layer(entry, versions)
    configured = entry.cursor("layer-configuration.json").get("permissions").whole()
    for permission in template.resources("AWS::Lambda::LayerVersionPermission"):
        properties = permission.properties
        principal, organization = properties.get("Principal").text(), properties.get("OrganizationId").text()
        values: dict[str, Traced[Any]] = {
            "account": principal.also(
                permission.declared,
                permission.depends_on,
                permission.deletion_policy,
                permission.update_replace_policy,
                properties.get("Action").text(),
                properties.get("LayerVersionArn").text(),
                configured,
            ),
            "organization": organization,
            "own": traced(principal.value == "${AWS::AccountId}" and not organization.value, principal),
        }
        yield fact(LayerPermission, entry.ref, permission.logical_id, values)


def _layer(entry: Entry, versions: list[TemplateResource]) -> Fact[Layer]:
    newest = versions[-1]
    properties = newest.properties
    earlier = [value for version in versions[:-1] for value in _said(version)]
    settings, folder = entry.cursor("layer-configuration.json"), content_folder(entry)
    shared = settings.get("permissions").whole()
    found = read_requirements(folder / "lib" / "python") if folder else Requirements()
    values: dict[str, Traced[Any]] = {
        "name": traced(
            entry.ref.name, newest.declared, newest.depends_on, properties.get("Content").whole(), shared, *earlier
        ),
        "physical_name": properties.get("LayerName").text(),
        "description": properties.get("Description").text(),
        "runtimes": properties.get("CompatibleRuntimes").texts().also(settings.get("runtimes").whole()),
        "license": properties.get("LicenseInfo").text(),
        "retained": newest.update_replace_policy.map(lambda policy: policy == "Retain").also(newest.deletion_policy),
        "folders": absent(tuple(_folders(folder)) if folder else ()),
        "packages": absent(_packages(folder) if folder else {}),
        "requirements": absent(found.lines),
        "locked": absent(found.locked),
        "not_required": absent(found.left_out),
    }
    return fact(Layer, entry.ref, "layer", values)


def _said(version: TemplateResource) -> tuple[Traced[Any], ...]:
    """Everything about an earlier version, which the newest one takes the place of."""
    return version.properties.whole(), version.declared, version.deletion_policy, version.update_replace_policy


def content_folder(entry: Entry) -> Path | None:
    """The folder that holds `lib` and `opt`: the one below `backend`, else the deployed copy."""
    folders = (entry.source_folder, entry.folder)
    return next((f for f in folders if f is not None and any((f / name).is_dir() for name in FOLDERS)), None)


def _folders(folder: Path) -> Iterator[str]:
    """Those that hold more than lists of packages."""
    for name in FOLDERS:
        held = ((folder / name).rglob("*")) if (folder / name).is_dir() else ()
        if any(_is_content(path) for path in held):
            yield name


def _is_content(path: Path) -> bool:
    return path.is_file() and "node_modules" not in path.parts and path.name not in _LISTS


def _packages(folder: Path) -> dict[str, str]:
    try:
        text = (folder / "lib" / "nodejs" / "package.json").read_text(encoding="utf-8-sig")
        return package_ranges(json.loads(text))
    except (OSError, ValueError, RecursionError):
        return {}  # the layer has no packages, or npm says what is wrong with the file
