"""Reading what was added by hand: resources in `stacks/`, and resolver templates that they do not name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from migrator.categories.data.model import CustomResource
from migrator.categories.data.resolver_files import in_order, resolver_file
from migrator.categories.data.sdl import Definition
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

EMPTY = "Custom::EmptyResource"
"""What the CLI writes into `CustomResources.json` because a template needs a resource."""
_UPLOADED = re.compile(r"^s3://\$\{S3DeploymentBucket\}/\$\{S3DeploymentRootKey\}/(?P<file>.+)$")
_STAYS = ("Retain", "RetainExceptOnCreate", "Snapshot")
_GIVEN = ("AppSyncApiId", "AppSyncApiName", "S3DeploymentBucket", "S3DeploymentRootKey")


def custom_facts(entry: Entry, definitions: Iterable[Definition]) -> Iterator[Fact[Any]]:
    """Custom resources, and the resolver templates that no custom resource names."""
    named: set[str] = set()
    called = {
        f"{one.name}.{field.name}" for one in definitions for field in one.fields if field.directive("function", "http")
    }
    for path in entry.files("stacks/*"):
        template = _template(entry, path) if path.endswith((".json", ".yml", ".yaml")) else None
        for found in _resources(entry, path, template) if template else ():
            named |= found.node.templates.keys()
            yield found
    paths = (*entry.files("resolvers/*.vtl"), *entry.files("pipelineFunctions/*.vtl"))
    yield from in_order(resolver_file(entry, path, called) for path in paths if path not in named)


def _template(entry: Entry, path: str) -> Template | None:
    """A template of `stacks/` with what the API's stack hands to it."""
    document = entry.cursor(path).document
    if not isinstance(document.root, dict):
        return None
    given: dict[str, Traced[Any]] = {name: Traced(f"${{{name}}}") for name in _GIVEN}
    given["AppSyncApiName"] = entry.parameters.get("AppSyncApiName", given["AppSyncApiName"])
    given |= {"env": entry.parameters.get("env", Traced("NONE"))}
    declared = entry.cursor(path).get("Parameters").items()
    given |= {name: entry.parameters[name] for name, _ in declared if name in entry.parameters and name not in given}
    return Template(document, given, entry.findings)


def _resources(entry: Entry, path: str, template: Template) -> Iterator[Fact[CustomResource]]:
    own = [r for r in template.resources() if r.type != EMPTY]
    around = traced(None, template.plumbing(), template.inactive())
    for number, resource in enumerate(own):
        yield _resource(entry, path, resource, *([around, *_outputs(template)] if number == 0 else []))


def _outputs(template: Template) -> Iterator[Traced[Any]]:
    for _, output in template.outputs():
        yield output.whole()


def _resource(entry: Entry, path: str, resource: TemplateResource, *also: Traced[Any]) -> Fact[CustomResource]:
    properties = resource.properties.whole()
    files = tuple(_uploaded(properties.value))
    texts = {file: text for file in files if (text := entry.text(file)) is not None}
    written = entry.cursor(path).get("Resources", resource.logical_id, "Properties").whole().value
    values: dict[str, Traced[Any]] = {
        "stack": absent(path),
        "type": resource.declared,
        "properties": properties.also(*also),
        "retained": resource.deletion_policy.map(lambda policy: policy in _STAYS),
        "kept_when_replaced": resource.update_replace_policy.map(lambda policy: policy in _STAYS),
        "depends_on": resource.depends_on,
        "templates": absent(texts),
        "missing": absent(tuple(file for file in files if file not in texts)),
        "literals": absent(tuple(dict.fromkeys(_literals(written)))),
    }
    return fact(CustomResource, entry.ref, resource.logical_id, values)


def _uploaded(properties: Any) -> Iterator[str]:
    """The uploaded files that a resource names."""
    for value in properties.values() if isinstance(properties, dict) else ():
        if file := uploaded_file(value):
            yield file


def _literals(written: Any) -> Iterator[str]:
    """Texts with `${` outside of CloudFormation's functions: what they name is a variable of a mapping template."""
    if isinstance(written, str) and "${" in written:
        yield written
    elif isinstance(written, list):
        for item in written:
            yield from _literals(item)
    elif isinstance(written, dict) and not any(key == "Ref" or key.startswith("Fn::") for key in written):
        for item in written.values():
            yield from _literals(item)


def uploaded_file(value: object) -> str:
    """The path of an uploaded file, empty for anything else."""
    found = _UPLOADED.match(value) if isinstance(value, str) else None
    return found["file"] if found else ""
