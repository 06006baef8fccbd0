"""Reading what was added by hand: resources in `stacks/`, and resolver templates that they do not name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
    values: dict[str, Traced[Any]] = {
        "stack": absent(path),
        "type": resource.declared,
        "properties": properties.also(*also, resource.deletion_policy, resource.update_replace_policy),
        "depends_on": resource.depends_on,
        "templates": absent(_texts(entry, properties.value)),
    }
    return fact(CustomResource, entry.ref, resource.logical_id, values)


def _texts(entry: Entry, properties: Any) -> Mapping[str, str]:
    """The uploaded files that a resource names, as far as the project holds them."""
    found: dict[str, str] = {}
    for value in properties.values() if isinstance(properties, dict) else ():
        uploaded = _UPLOADED.match(value) if isinstance(value, str) else None
        text = entry.text(uploaded["file"]) if uploaded else None
        if uploaded and text is not None:
            found[uploaded["file"]] = text
    return found


def uploaded_file(value: object) -> str:
    """The path of an uploaded file, empty for anything else."""
    found = _UPLOADED.match(value) if isinstance(value, str) else None
    return found["file"] if found else ""
