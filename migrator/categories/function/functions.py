"""A function's own properties and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrator.categories.function.languages import family, read_other
from migrator.categories.function.model import Architecture, Code, ExtraResource, LambdaFunction, Obstacle
from migrator.categories.function.placeholders import known_to, own_layer
from migrator.categories.function.sources import Source, read_source
from migrator.documents.traced import Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_KNOWN = frozenset(
    (
        "Architectures",
        "Code",
        "DeadLetterConfig",
        "Description",
        "Environment",
        "EphemeralStorage",
        "FunctionName",
        "Handler",
        "Layers",
        "MemorySize",
        "ReservedConcurrentExecutions",
        "Role",
        "Runtime",
        "Timeout",
        "TracingConfig",
        "VpcConfig",
    )
)
_READ_HERE = frozenset(
    (
        "AWS::Events::Rule",
        "AWS::IAM::Policy",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
    )
)


def function_fact(entry: Entry, function: TemplateResource) -> Fact[LambdaFunction]:
    """The properties of the function."""
    properties = function.properties
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _KNOWN}
    bookkeeping = [properties.get(name).whole() for name in ("Code", "Role")]
    if not any(properties.get("Environment", "Variables").items()):
        bookkeeping.append(properties.get("Environment").whole())
    known = known_to(entry.app.entries)
    layers = gather(e.text().map(lambda arn: own_layer(arn, known)) for e in properties.get("Layers").elements())
    settings = entry.cursor("function-parameters.json").get("lambdaLayers").whole()
    values: dict[str, Traced[Any]] = {
        "name": traced(entry.ref.name, function.declared, function.depends_on, *bookkeeping),
        "physical_name": entry.output("Name").or_else(properties.get("FunctionName").text()),
        "runtime": properties.get("Runtime").text().map(node_version),
        "platform": properties.get("Runtime").text().map(lambda name: "" if node_version(name) else name),
        "timeout": properties.get("Timeout").integer(3),
        "memory": properties.get("MemorySize").integer(128),
        "ephemeral_storage": properties.get("EphemeralStorage", "Size").integer(512),
        "architecture": properties.get("Architectures", 0).choice(Architecture, Architecture.X86_64),
        "description": properties.get("Description").text(),
        "concurrency": properties.get("ReservedConcurrentExecutions").integer(-1),
        "tracing": properties.get("TracingConfig", "Mode").text("PassThrough"),
        "dead_letter": properties.get("DeadLetterConfig", "TargetArn").text(),
        "vpc": properties.get("VpcConfig").whole().map(lambda value: value if isinstance(value, dict) else {}),
        "layers": layers.also(properties.get("Layers").whole(), settings),
        "other": traced({name: value.value for name, value in rest.items()}, *rest.values()),
    }
    return fact(LambdaFunction, entry.ref, "function", values)


def node_version(runtime: str) -> int:
    """The major version of a Node.js runtime, 0 for another language."""
    found = re.fullmatch(r"nodejs(\d+)?\.?[\dx]*", runtime)
    return int(found[1] or 0) if found else 0


def source_folder(entry: Entry) -> Path | None:
    """The folder that holds `src`: the one below `backend`, else the deployed copy."""
    folders = (entry.source_folder, entry.folder)
    return next((folder for folder in folders if folder is not None and (folder / "src").is_dir()), None)


def find_source(entry: Entry, function: TemplateResource) -> Source | Obstacle:
    """The source with its handler, or why the function cannot be converted."""
    folder, runtime = source_folder(entry), function.properties.get("Runtime").text().value
    if function.properties.get("PackageType").text().value == "Image":
        return Obstacle.IMAGE
    if runtime and not node_version(runtime) and not family(runtime):
        return Obstacle.RUNTIME
    if folder is None:
        return Obstacle.SOURCE
    handler = function.properties.get("Handler").text("index.handler").value
    if family(runtime):
        return read_other(folder, runtime, handler, _build_script(entry, folder).value)
    modules = function.properties.get("Environment", "Variables", "MODULES").text().value
    found = read_source(folder, handler, tuple(name.strip() for name in modules.split(",") if name.strip()))
    return found if found and runtime else Obstacle.SOURCE


def _build_script(entry: Entry, folder: Path) -> Traced[str]:
    """What the Gen 1 CLI was told to run to build the function: a command, or the text of a file of the function's."""
    said = entry.cursor("amplify.state").get("scripts", "build")
    kind, value = (
        said.get("type").text("inline"),
        said.get("value").text() if said.get("value").present else said.text(),
    )
    if kind.value != "file" or not value.value:
        return value.also(said.whole())
    try:
        return value.map(lambda name: (folder / name).read_text(encoding="utf-8-sig")).also(kind)
    except (OSError, ValueError):
        return Traced("").also(value, kind)  # there is no such file, so nothing says how it is built


def code_fact(entry: Entry, function: TemplateResource, source: Source) -> Fact[Code]:
    """The source, as far as a bundle depends on it."""
    modules = entry.cursor("parameters.json").get("modules").text()
    values: dict[str, Traced[Any]] = {
        "handler": function.properties.get("Handler").text("index.handler"),
        "modules": traced(source.modules, modules),
    }
    script = _build_script(entry, source_folder(entry) or Path())
    names = (
        "entry",
        "export",
        "shape",
        "form",
        "obstacle",
        "assets",
        "manifest",
        "mislabelled",
        "packages",
        "undeclared",
        "opt",
        "toolchain",
        "requirements",
        "not_required",
        "index",
        "locked",
    )
    values |= {"script": traced(source.script, script)}
    values |= {name: absent(getattr(source, name)) for name in (*names, "parameter_reads", "unexported")}
    return fact(Code, entry.ref, "code", values)


def extra_resources(entry: Entry, template: Template, role: TemplateResource | None) -> Iterator[Fact[ExtraResource]]:
    """Resources that no version of the CLI writes into a function's template."""
    for resource in template.resources():
        if resource.type in _READ_HERE or (role is not None and resource.logical_id == role.logical_id):
            continue
        values: dict[str, Traced[Any]] = {
            "type": resource.declared.also(
                resource.depends_on,
                resource.deletion_policy,
                resource.update_replace_policy,
                resource.attribute("Metadata").whole(),
            ),
            "properties": resource.properties.whole().map(lambda value: value if isinstance(value, dict) else {}),
        }
        yield fact(ExtraResource, entry.ref, resource.logical_id, values)
