"""Layers: as constructs where they hold files, as packages of the project where they hold nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.function.builds import LAMBDA, build_file, constant_name, packages_needed
from migrator.categories.function.code import function_key, is_bundled, modern
from migrator.categories.function.expressions import expression_of
from migrator.categories.function.functions import node_version
from migrator.categories.function.languages import NEWEST_PYTHON, family, successor
from migrator.categories.function.layers import content_folder
from migrator.categories.function.model import Code, LambdaFunction, Layer, LayerPermission
from migrator.categories.function.packages import packages_elsewhere
from migrator.categories.function.plan import mentioned
from migrator.categories.function.targets import FEATURE, define, folder, folder_name, layer_name
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Dependency, Piece, Setting, Shared, Task, Wiring
from migrator.typescript.build import arr, assign, call, const, member, new, obj
from migrator.typescript.nodes import Do, Expr, Lit, Member, Name

_OPT = "/opt/*"
_PYTHON = ("lib",)
"""The folder that holds the list of a layer that is nothing but Python packages."""
_LATER = "set-in-wiring:1"
"""A layer that only keeps `/opt/…` out of the bundle; wiring puts the real list in its place."""


def layer(fact: Fact[Layer], context: Context) -> Iterator[Piece]:
    """The layer in a stack of its own, with its files."""
    ref, node = fact.resource, fact.node
    found = context.app.entry(ref)
    place = content_folder(found) if found else None
    for name in (node.folders or _PYTHON) if place else ():
        yield Asset(FEATURE, f"{folder(ref, context)}/opt", place / name, "FUN100")  # type: ignore[operator]
    properties: dict[str, Any] = {"code": _content(ref, node, context)}
    if node.description:
        properties["description"] = node.description
    if node.license:
        properties["license"] = node.license
    if runtimes := tuple(_runtimes(node.runtimes)):
        properties["compatibleRuntimes"] = arr(runtimes)
    if node.retained:
        properties["removalPolicy"] = Member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN")
    stack = call(member("backend", "createStack"), f"layer-{ref.name}")
    made = const(layer_name(ref), new(Name("LayerVersion", LAMBDA), stack, ref.name, obj(properties)))
    yield Wiring(FEATURE, (made,), "FUN100", order=20, exports=(layer_name(ref),), owner=ref)
    yield from layer_packages(fact, context)
    if node.packages:
        command = f"npm install --prefix amplify/{folder(ref, context)}/opt/nodejs"
        text = f"Run `{command}` before you deploy: the layer needs its packages."
        yield Task(FEATURE, text, "FUN100", ref)


def _content(ref: ResourceRef, node: Layer, context: Context) -> Expr:
    """The folder as it is; with Python packages, what pip puts beside it."""
    place = f"./{folder_name(ref, context)}" + ("" if node.requirements else "/opt")
    url = call(Name("fileURLToPath", "node:url"), new("URL", place, member("import", "meta.url")))
    if not node.requirements:
        return call(member(Name("Code", LAMBDA), "fromAsset"), url)
    pythons = (successor(name) for name in node.runtimes if family(name) == "python")
    version = next(pythons, NEWEST_PYTHON).removeprefix("python")
    return call(Name("pipLayer", f"amplify:{FEATURE}/build"), url, version, "x86_64", packages_needed(node.locked))


def layer_requirements(fact: Fact[Layer], context: Context) -> Iterator[Piece]:
    """The list of the layer's Python packages, and the code that installs them."""
    ref, node = fact.resource, fact.node
    lines = "".join(f"{line}\n" for line in node.requirements)
    yield Asset(FEATURE, f"{folder(ref, context)}/requirements.txt", lines, "FUN106")
    yield build_file("FUN106", context)


def _runtimes(names: tuple[str, ...]) -> Iterator[Expr]:
    """CDK's names of runtimes; versions of Node.js that Lambda does not run any more become the newest."""
    found: dict[str, None] = {}
    for name in names:
        if version := node_version(name):
            found[f"NODEJS_{modern(version)}_X"] = None
        elif family(name):
            found[constant_name(name)] = None
    return (Member(Name("Runtime", LAMBDA), name) for name in found)


def layer_packages(fact: Fact[Layer], context: Context) -> Iterator[Piece]:
    """The layer's npm packages, which are bundled into the functions that import them."""
    for name, wanted in fact.node.packages.items():
        yield Dependency(name, wanted, "FUN103", fact.resource)


def layer_permission(fact: Fact[LayerPermission], context: Context) -> Iterator[Piece]:
    """Whom the layer is shared with."""
    properties: dict[str, Any] = {"accountId": expression_of(fact.node.account, fact.resource, context)}
    if fact.node.organization:
        properties["organizationId"] = fact.node.organization
    shared = call(member(Name(layer_name(fact.resource)), "addPermission"), fact.key, obj(properties))
    yield Wiring(FEATURE, (Do(shared),), "FUN102", order=21, owner=fact.resource)


def function_layers(fact: Fact[LambdaFunction], context: Context) -> Iterator[Piece]:
    """The function's layers, in their order."""
    ref = fact.resource
    arns = [e for arn in fact.node.layers if (e := _arn(arn, ref, context)) is not None]
    code = next((f.node for f in context.graph.facts(Code, ref)), Code())
    if not arns:
        return
    literal = all(isinstance(arn, Lit) for arn in arns) and is_bundled(ref, context)
    if literal:
        keys = [_OPT, *(f"layer{number}" for number in range(2, len(arns) + 1))]
        found: dict[str, Any] = dict(zip(keys, arns, strict=True))
        found |= dict.fromkeys(packages_elsewhere(ref, context), arns[0])
        yield Setting(define(fact, context), "layers", obj(found), "FUN110")
        return
    outside = (*([_OPT] if code.opt else []), *packages_elsewhere(ref, context))
    if outside and is_bundled(ref, context):
        yield Setting(define(fact, context), "layers", obj(dict.fromkeys(outside, _LATER)), "FUN110")
    layers = member(function_key(ref, context), "resources.cfnResources.cfnFunction.layers")
    yield Wiring(FEATURE, (assign(layers, arr(arns)),), "FUN110", owner=ref, section=ref.name)


def _arn(arn: str, ref: ResourceRef, context: Context) -> Expr | None:
    """A layer's ARN; None for a layer that is no construct in Gen 2."""
    for other in mentioned((arn,), context):
        if found := next(iter(context.graph.facts(Layer, other)), None):
            made = holds_files(found.node) and other in context.selection
            return Member(Shared(FEATURE, layer_name(other)), "layerVersionArn") if made else None
    return expression_of(arn, ref, context)


def holds_files(node: Layer) -> bool:
    """Whether the layer is more than a list of npm packages."""
    return bool(node.folders or node.requirements)
