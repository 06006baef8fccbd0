"""Custom stacks to facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.custom.cdk_source import StackCode, stack_code
from migrator.categories.custom.model import (
    Code,
    CustomStack,
    Form,
    MissingStack,
    StackData,
    StackExport,
    StackName,
)
from migrator.categories.custom.targets import class_name
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Source, Traced, absent, traced
from migrator.engine.resource_types import NAMES, holds_data
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.template import Template
from migrator.gen1.values import PLACEHOLDER

_CODE = "cdk-stack.ts"
_CDK = re.compile(
    r"aws-cdk-lib|constructs|@aws-cdk/(?!.*-alpha).*|@aws-amplify/cli-extensibility-helper|typescript|@types/.*"
)
_TOOLS = re.compile(
    r"(?:build|node_modules)/.*|cdk-stack\.(?:ts|js|d\.ts)|package(?:-lock)?\.json|tsconfig\.json|\.npmrc|yarn\.lock|parameters\.json|.*-cloudformation-template\.(?:json|ya?ml)|\..*"
)
_ENDINGS = (".ts", ".js", ".json", "/index.ts", "/index.js")
_OF_THE_CLI = re.compile(r"@aws-amplify/cli-extensibility-helper|@aws-cdk/|\brequire\s*\(")
_IMPORT = re.compile(r"\$\{ImportValue:([^{}]+)\}")
_BY_ENV = re.compile("env|branch", re.IGNORECASE)
"""What an expression is called that has the environment's name in it."""
_INDEXES = ("backend-config", "meta", "team-provider")
_OWN_NAME = re.compile(r"\$\{AWS::Stack(?:Name|Id)\}")


def read(entry: Entry, app: App) -> Resource:
    """The stack with what it holds, and links to what it takes outputs of."""
    facts = tuple(_facts(entry, app))
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts,
        tuple(dict.fromkeys(_links(entry, facts, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
    )


def _facts(entry: Entry, app: App) -> Iterator[Fact[Any]]:
    template = entry.template(portable=True)
    code = _code(entry, app) if entry.service == "customCDK" else None
    made = stack_code(code.text, class_name(entry.ref), code.project) if code else None
    reasons = (*made.reasons, *_modules(entry, made, code.files)) if made and code else ()
    if made is not None and not reasons:
        form = Form.CODE
    elif template is not None and template.cursor("Resources").present:
        form = Form.TEMPLATE
    else:
        yield _missing(entry, code is not None, reasons)
        return
    yield _stack(entry, form, code, made if form is Form.CODE else None, template, reasons)
    if template is not None:
        yield from _data(entry, template, form)
    if made is not None and form is Form.CODE:
        yield from _code_names(entry, made)
    elif template is not None:
        yield from _names(entry, template)
        yield from _exports(entry, template)


def _stack(
    entry: Entry,
    form: Form,
    code: Code | None,
    made: StackCode | None,
    template: Template | None,
    reasons: tuple[str, ...],
) -> Fact[CustomStack]:
    carried = form is Form.CODE
    outputs = made.outputs if made else tuple(name for name, _ in template.outputs()) if template else ()
    given = _parameters(entry, template)
    values: dict[str, Traced[Any]] = {
        "form": absent(form),
        "template": entry.cursor("template").whole(),
        "file": absent(entry.template_path or ""),
        "code": Traced(code if carried else None, tuple(_beside(entry)) if code else ()),
        "reasons": absent(() if carried else reasons),
        "parameters": given,
        "by_environment": absent({} if carried else _by_environment(entry, template)),
        "unknown": absent(tuple(_unknown(entry, given.value)) if template and not carried else ()),
        "outputs": absent(outputs),
        "imports": absent(() if carried or template is None else tuple(_imports(template))),
    }
    return fact(CustomStack, entry.ref, entry.ref.name, values)


def _beside(entry: Entry) -> Iterator[Source]:
    """Settings files that the code reads: they are copied with it, or are in what Gen 1 built of it."""
    for role, document in entry.documents.items():
        if role not in ("template", *_INDEXES) and not role.endswith("parameters.json"):
            yield Source(document, ())


def _imports(template: Template) -> Iterator[str]:
    texts = (json.dumps(one.properties.whole().value) for one in template.resources())
    yield from dict.fromkeys(name for text in texts for name in _IMPORT.findall(text))


def _missing(entry: Entry, code: bool, reasons: tuple[str, ...]) -> Fact[MissingStack]:
    roles = tuple(role for role in entry.documents if role not in _INDEXES)
    whole = tuple(Source(entry.documents[role], ()) for role in roles)
    values: dict[str, Traced[Any]] = {
        "service": absent(entry.service),
        "code": absent(code),
        "reasons": absent(reasons),
        "settings": Traced(roles, (*whole, *entry.cursor("team-provider").whole().sources)),
    }
    return fact(MissingStack, entry.ref, entry.ref.name, values)


# ---- parameters


def _parameters(entry: Entry, template: Template | None) -> Traced[dict[str, Any]]:
    """What the CLI hands to the stack: all of it is accounted for, though the template may not ask for it."""
    declared = _declared(template)
    found = {name: value for name, value in entry.parameters.items() if name != "env"}
    for name in declared:
        if name not in found and name != "env" and (promised := _promised(name, entry.app)):
            found[name] = Traced(promised)
    used = {name: value.value for name, value in found.items() if name in declared}
    return traced(used, *found.values(), entry.cursor("team-provider").whole())


def _by_environment(entry: Entry, template: Template | None) -> dict[str, dict[str, str]]:
    """What `team-provider-info.json` says of each environment, where it is not the same everywhere."""
    file = entry.app.files.team_file
    found: dict[str, dict[str, str]] = {}
    if file is None:
        return found
    declared = _declared(template)
    for env in entry.app.environments:
        own = Cursor(file, entry.findings).get(env, "categories", entry.ref.category, entry.ref.name)
        for name, value in own.items():
            if name in declared:
                found.setdefault(name, {})[env] = value.text().value
    return {name: values for name, values in found.items() if len(set(values.values())) > 1}


def _declared(template: Template | None) -> Mapping[str, Any]:
    root = template.document.root if template is not None else None
    declared = root.get("Parameters") if isinstance(root, dict) else None
    return declared if isinstance(declared, dict) else {}


def _promised(name: str, app: App) -> str:
    """The output that a parameter is named after (`functionresizeArn`), where no index says so."""
    stems = {f"{one.ref.category}{one.ref.name}" for one in app.entries}
    stem = max((one for one in stems if name.startswith(one) and name != one), key=len, default="")
    return f"${{{stem}.Outputs.{name.removeprefix(stem)}}}" if stem else ""


def _unknown(entry: Entry, given: Mapping[str, Any]) -> Iterator[str]:
    """Parameters that nobody gives a value, and those whose value must not be shown."""
    for name, said in _declared(entry.template()).items():
        body = said if isinstance(said, dict) else {}
        secret = str(body.get("NoEcho", "")).lower() == "true"
        if name != "env" and (secret or (name not in given and "Default" not in body)):
            yield name


# ---- what is in it


def _data(entry: Entry, template: Template, form: Form) -> Iterator[Fact[StackData]]:
    for resource in template.resources():
        if holds_data(resource.type):
            values: dict[str, Traced[Any]] = {
                "type": resource.declared,
                "policy": resource.deletion_policy,
                "form": absent(form),
            }
            yield fact(StackData, entry.ref, resource.logical_id, values)


def _names(entry: Entry, template: Template) -> Iterator[Fact[StackName]]:
    texts = {one.logical_id: json.dumps(one.properties.whole().value) for one in template.resources()}
    for resource in template.resources():
        path = NAMES.get(resource.type)
        cursor = resource.properties.get(*path.split(".")) if path else None
        if path is None or cursor is None or not cursor.present:
            continue
        name = cursor.text()
        if name.value and not _is_own(name.value, template):
            mentions = tuple(id for id, text in texts.items() if id != resource.logical_id and name.value in text)
            yield _named(entry, resource.logical_id, path, name, mentions)


def _is_own(name: str, template: Template) -> bool:
    """Whether a name holds the stack's, or is that of a resource of the template (a log group of a function)."""
    own = {one.logical_id for one in template.resources()}
    return bool(_OWN_NAME.search(name)) or any(hole.split(".")[0] in own for hole in PLACEHOLDER.findall(name))


def _named(entry: Entry, key: str, path: str, name: Traced[str], mentions: tuple[str, ...]) -> Fact[StackName]:
    varies = name.map(lambda text: "${env}" in text)
    values: dict[str, Traced[Any]] = {"property": absent(path), "name": name, "varies": varies}
    return fact(StackName, entry.ref, key, values | {"mentions": absent(mentions)})


def _exports(entry: Entry, template: Template) -> Iterator[Fact[StackExport]]:
    for output, _ in template.outputs():
        export = template.cursor("Outputs", output, "Export", "Name")
        if export.present and not _is_own(export.text().value, template):
            name = export.text()
            values: dict[str, Traced[Any]] = {"name": name, "varies": name.map(lambda text: "${env}" in text)}
            yield fact(StackExport, entry.ref, output, values)


def _code_names(entry: Entry, made: StackCode) -> Iterator[Fact[Any]]:
    for one in made.names:
        values: dict[str, Traced[Any]] = {
            "name": absent(one.text),
            "varies": absent(_BY_ENV.search(one.text) is not None),
            "form": absent(Form.CODE),
        }
        if one.what == "exportName":
            yield fact(StackExport, entry.ref, one.key, values)
        else:
            yield fact(StackName, entry.ref, one.key, {"property": absent(one.what)} | values)


# ---- code


def _code(entry: Entry, app: App) -> Code | None:
    text = entry.text(_CODE)
    if text is None:
        return None
    name = app.cursor("project-config.json").get("projectName").text(app.name).value
    strict = _json(entry.text("tsconfig.json")).get("compilerOptions")
    dependencies = _json(entry.text("package.json")).get("dependencies")
    packages = dependencies if isinstance(dependencies, dict) else {}
    kept = {key: str(version) for key, version in packages.items() if not _CDK.fullmatch(key)}
    files = tuple(path for path in entry.files() if not _TOOLS.fullmatch(path))
    return Code(text, name, isinstance(strict, dict) and strict.get("strict") is True, files, kept)


def _modules(entry: Entry, made: StackCode, files: tuple[str, ...]) -> Iterator[str]:
    """Why modules beside the stack's code cannot be copied with it."""
    for module in made.files:
        path = module.removeprefix("./")
        found = next((one for one in (path, *(f"{path}{end}" for end in _ENDINGS)) if one in files), None)
        if found is None:
            yield f"{module} is missing"
        elif _OF_THE_CLI.search(entry.text(found) or ""):
            yield f"{module} needs Gen 1's library or CDK v1 as well"


def _json(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}  # a tool's own file: without it the code is only taken as loosely checked
    return found if isinstance(found, dict) else {}


# ---- links


def _links(entry: Entry, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    known = {f"{one.ref.category}{one.ref.name}": one.ref for one in app.entries}
    for dependency in entry.dependencies.value:
        if dependency.ref in known.values():
            yield Link(entry.ref, dependency.ref, LinkKind.USES)
    for one in facts:
        if isinstance(one.node, CustomStack):
            for hole in PLACEHOLDER.findall(json.dumps(dict(one.node.parameters))):
                ref = known.get(hole.split(".Outputs.")[0])
                if ref is not None and ref != entry.ref:
                    yield Link(entry.ref, ref, LinkKind.USES)
