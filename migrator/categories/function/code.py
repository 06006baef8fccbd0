"""Definitions and sources: the entry that re-exports the handler, or the folder as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from migrator.categories.function.functions import source_folder
from migrator.categories.function.model import Code, Form, LambdaFunction, Shape
from migrator.categories.function.plan import placement
from migrator.categories.function.sources import files_below
from migrator.categories.function.targets import FEATURE, define, folder, form_of, key_of
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Dependency, Piece, Properties, Setting
from migrator.typescript.build import arrow, call, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Lit, Member, Name

BACKEND = "@aws-amplify/backend"
LAMBDA = "aws-cdk-lib/aws-lambda"
SDK_V2 = "aws-sdk"
_SDK_V2_RANGE = "^2.1692.0"
_SDK_V3_RANGE = "^3.0.0"
NEWEST = 22
"""The version of Node.js for functions whose own one Lambda does not run any more."""
OLDEST = 18
"""The oldest version that `defineFunction` takes."""


def resource_group(fact: Fact[LambdaFunction], context: Context) -> Iterator[Piece]:
    """The stack of what calls the function, so that no circle of stacks arises."""
    group = placement(context).group(fact.resource)
    if group:
        yield Setting(define(fact, context), "resourceGroupName", Lit(group), "FUN019")


def entry(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """The source as it is, and an entry that hands its handler on."""
    yield Setting(define(fact, context), "entry", Lit("./handler.js"), "FUN010")
    yield Asset(FEATURE, f"{folder(fact.resource, context)}/handler.js", entry_text(fact.node), "FUN030")
    yield from _sources(fact, context)


def _sources(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    source, target, manifest = (
        _source(fact.resource, context),
        f"{folder(fact.resource, context)}/src",
        fact.node.manifest,
    )
    if source is not None and not manifest:
        yield Asset(FEATURE, target, source, "FUN030")
    elif source is not None:
        for name in files_below(source):
            if name != "package.json":
                yield Asset(FEATURE, f"{target}/{name}", source / name, "FUN030")
    if manifest:
        yield Asset(FEATURE, f"{target}/package.json", manifest, "FUN030")


def _source(ref: ResourceRef, context: Context) -> Path | None:
    found = context.app.entry(ref)
    place = source_folder(found) if found else None
    return place / "src" if place else None


def entry_text(code: Code) -> str:
    """The generated `handler.js`."""
    if code.form is Form.LOADER:
        return _loader_text(code)
    if code.shape is Shape.NAMED:
        name = "handler" if code.export == "handler" else f"{code.export} as handler"
        return f"export {{ {name} }} from './{code.entry}';\n"
    if code.shape is Shape.DEFAULT:
        return f"import entry from './{code.entry}';\n\nexport const handler = entry;\n"
    first, _, rest = code.export.partition(".")
    return f"import {{ {first} }} from './{code.entry}';\n\nexport const handler = {first}.{rest};\n"


def _loader_text(code: Code) -> str:
    names: list[str] = []
    for file in code.modules:
        names.append(identifier(PurePosixPath(file).stem, (*_LOADER_NAMES, *names)))
    lines = [f"import * as {name} from './{file}';" for name, file in zip(names, code.modules, strict=True)]
    return (
        "\n".join(lines)
        + f"\n\nconst modules = [{', '.join(names)}];\n\n"
        + "export const handler = async (event, context) => {\n"
        + "  for (const module of modules) {\n    await module.handler(event, context);\n  }\n  return event;\n};\n"
    )


_LOADER_NAMES = ("modules", "module", "handler", "event", "context")
"""Names that the loader's entry uses itself."""


def verbatim(fact: Fact[LambdaFunction], context: Context) -> Iterator[Piece]:
    """The function as a construct whose code is the source folder."""
    ref, definition = fact.resource, define(fact, context)
    for name, value in _construct_properties(fact, context).items():
        yield Setting(definition, name, value, "FUN010")
    group = obj({"resourceGroupName": placement(context).group(ref) or FEATURE})
    function = new(Name("Function", LAMBDA), Name("scope"), ref.name, Properties())
    yield replace(definition, value=call(definition.factory, arrow("scope", function), group))


def _construct_properties(fact: Fact[LambdaFunction], context: Context) -> dict[str, Expr]:
    """The properties of CDK's `Function`."""
    node = fact.node
    code = next((f.node for f in context.graph.facts(Code, fact.resource)), Code())
    source = call(Name("fileURLToPath", "node:url"), new("URL", "./src", member("import", "meta.url")))
    properties: dict[str, Expr] = {
        "code": call(member(Name("Code", LAMBDA), "fromAsset"), source),
        "handler": Lit(code.handler),
        "runtime": Member(Name("Runtime", LAMBDA), f"NODEJS_{modern(node.runtime)}_X"),
        "timeout": call(member(Name("Duration", "aws-cdk-lib"), "seconds"), node.timeout),
        "memorySize": Lit(node.memory),
    }
    if node.ephemeral_storage != 512:
        size = call(member(Name("Size", "aws-cdk-lib"), "mebibytes"), node.ephemeral_storage)
        properties["ephemeralStorageSize"] = size
    if node.architecture != "x86_64":
        properties["architecture"] = Member(Name("Architecture", LAMBDA), "ARM_64")
    return properties


def verbatim_source(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """The source folder, to be uploaded as it is."""
    yield from _sources(fact, context)


def modern(version: int) -> int:
    """A version of Node.js that `defineFunction` takes."""
    return version if version >= OLDEST else NEWEST


def packages(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """What the function's package.json names."""
    for name, wanted in fact.node.packages.items():
        yield Dependency(name, wanted, "FUN031", fact.resource)


def undeclared_packages(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """What the source imports without naming it; the AWS SDK came with the Gen 1 runtime."""
    for name in missing_packages(fact, context):
        wanted = _SDK_V2_RANGE if name == SDK_V2 else _SDK_V3_RANGE if name.startswith("@aws-sdk/") else "*"
        yield Dependency(name, wanted, "FUN032", fact.resource)


def missing_packages(fact: Fact[Code], context: Context) -> tuple[str, ...]:
    """Packages that neither the function nor one of its layers declares."""
    from migrator.categories.function.layering import packages_of_layers

    brought = packages_of_layers(fact.resource, context)
    return tuple(name for name in fact.node.undeclared if name not in brought)


def is_bundled(ref: ResourceRef, context: Context) -> bool:
    """Whether Amplify bundles the function."""
    return form_of(ref, context) is not Form.VERBATIM


def function_key(ref: ResourceRef, context: Context) -> Expr:
    """`backend.<key>`."""
    return Member(Name("backend"), key_of(ref, context))
