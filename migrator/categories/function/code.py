"""Definitions and sources: the entry that re-exports the handler, or the folder as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from migrator.categories.function.builds import LAMBDA, built_properties
from migrator.categories.function.functions import source_folder
from migrator.categories.function.model import Code, Form, LambdaFunction, Shape
from migrator.categories.function.plan import placement
from migrator.categories.function.sources import files_below
from migrator.categories.function.targets import FEATURE, define, folder, form_of, key_of
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Preamble, Properties, Setting, Task
from migrator.typescript.build import Value, arr, arrow, call, const, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Lit, Member, Name, Template

BACKEND = "@aws-amplify/backend"
NODEJS = "aws-cdk-lib/aws-lambda-nodejs"
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


def construct(fact: Fact[LambdaFunction], context: Context) -> Iterator[Piece]:
    """The function as a construct of CDK, for what Amplify does not bundle or would break."""
    ref, definition = fact.resource, define(fact, context)
    code = next((f.node for f in context.graph.facts(Code, ref)), Code())
    packed = code.form is Form.PACKED
    how = built_properties(fact.node, ref, context) if code.form is Form.BUILT else _in_node(code, fact.node)
    for name, value in {**how, **_limits(fact.node)}.items():
        yield Setting(definition, name, value, "FUN010")
    if packed:
        yield Preamble(definition, (const("src", _source_folder()),), "FUN010")
        yield Setting(definition, "bundling", _bundling(code), "FUN034")
    group = obj({"resourceGroupName": placement(context).group(ref) or FEATURE})
    made = Name("NodejsFunction", NODEJS) if packed else Name("Function", LAMBDA)
    function = new(made, Name("scope"), ref.name, Properties())
    yield replace(definition, value=call(definition.factory, arrow("scope", function), group))


def _source_folder() -> Expr:
    return call(Name("fileURLToPath", "node:url"), new("URL", "./src", member("import", "meta.url")))


def _in_node(code: Code, node: LambdaFunction) -> dict[str, Expr]:
    how = _packed(code) if code.form is Form.PACKED else _verbatim(code)
    return {**how, "runtime": Member(Name("Runtime", LAMBDA), f"NODEJS_{modern(node.runtime)}_X")}


def _verbatim(code: Code) -> dict[str, Expr]:
    return {"code": call(member(Name("Code", LAMBDA), "fromAsset"), _source_folder()), "handler": Lit(code.handler)}


def _packed(code: Code) -> dict[str, Expr]:
    entry = Template((Name("src"), code.entry.removeprefix("src")))
    return {"entry": entry, "handler": Lit(code.export)}


def _bundling(code: Code) -> Expr:
    """CommonJS, which keeps sloppy mode; files that the source reads are copied to where it looks for them.

    esbuild would take `strict` from `amplify/tsconfig.json` and make every file strict
    (https://esbuild.github.io/content-types/#tsconfig-json).
    """
    properties: dict[str, Value] = {
        "format": Member(Name("OutputFormat", NODEJS), "CJS"),
        "bundleAwsSDK": True,
        "esbuildArgs": obj({"--tsconfig-raw": "{}"}),
    }
    if code.opt:
        properties["externalModules"] = arr(["/opt/*"])
    if code.assets:
        copies = [Template(('cp -R "', Name("src"), f'/{name}" "', Name("output"), '"')) for name in code.assets]
        hooks = {
            "beforeBundling": arrow((), arr([])),
            "beforeInstall": arrow((), arr([])),
            "afterBundling": arrow(("_input", "output"), arr(copies)),
        }
        properties["commandHooks"] = obj(hooks, True)
    return obj(properties, True)


def _limits(node: LambdaFunction) -> dict[str, Expr]:
    properties: dict[str, Expr] = {
        "timeout": call(member(Name("Duration", "aws-cdk-lib"), "seconds"), node.timeout),
        "memorySize": Lit(node.memory),
    }
    if node.ephemeral_storage != 512:
        size = call(member(Name("Size", "aws-cdk-lib"), "mebibytes"), node.ephemeral_storage)
        properties["ephemeralStorageSize"] = size
    if node.architecture != "x86_64":
        properties["architecture"] = Member(Name("Architecture", LAMBDA), "ARM_64")
    return properties


def source_folder_only(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """The source folder, without an entry."""
    yield from _sources(fact, context)
    if fact.node.form is Form.VERBATIM and fact.node.packages:
        place = f"amplify/{folder(fact.resource, context)}/src"
        command = f"npm install --omit=dev --prefix {place}"
        text = f"Run `{command}` before each deployment: this source brings its own packages."
        yield Task(FEATURE, text, "FUN034", fact.resource)


def modern(version: int) -> int:
    """A version of Node.js that `defineFunction` takes."""
    return version if version >= OLDEST else NEWEST


def is_bundled(ref: ResourceRef, context: Context) -> bool:
    """Whether Amplify bundles the function."""
    return form_of(ref, context) in (Form.BUNDLED, Form.LOADER)


def function_key(ref: ResourceRef, context: Context) -> Expr:
    """`backend.<key>`."""
    return Member(Name("backend"), key_of(ref, context))
