"""Functions in other languages than JavaScript: constructs of CDK whose code their own tools build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migrator.categories.function.functions import source_folder
from migrator.categories.function.languages import BUILD_SCRIPT, family, handler_of, successor
from migrator.categories.function.model import Code, Form, LambdaFunction, Layer, Toolchain, ValueKind, Variable
from migrator.categories.function.plan import is_late
from migrator.categories.function.sources import files_below
from migrator.categories.function.targets import FEATURE, folder
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece
from migrator.typescript.build import call, member, new, obj
from migrator.typescript.nodes import Expr, Lit, Member, Name

LAMBDA = "aws-cdk-lib/aws-lambda"
_HELPERS = Path(__file__).parent / "helpers"
_FILE = f"amplify:{FEATURE}/build"
_SHIM = "amplify_handler"
"""The Python module that fills in variables before it hands on the handler."""
_LAYERS = "pip_layer"
_CORRETTO = {"java8.al2": "JAVA_8_CORRETTO"}
_NEED_THE_FOLDER = (Toolchain.GRADLE, Toolchain.DOTNET, Toolchain.SCRIPT)
"""What reads files beside the source: libraries, settings, what a script names."""
_LEFT_BY_BUILDS = ("src", "build", "bin", "dist", "out", "obj", "target")
_OF_THE_CLI = ("amplify.state", "custom-policies.json", "function-parameters.json", "parameters.json", BUILD_SCRIPT)
_TEMPLATES = ("-cloudformation-template.json", "-cloudformation-template.yml", "-cloudformation-template.yaml")
_MACHINES = {
    Toolchain.PIP: ("x86_64", "aarch64"),
    Toolchain.GO: ("amd64", "arm64"),
    Toolchain.DOTNET: ("x64", "arm64"),
}
"""What each tool calls the two processors."""


def code_of(ref: ResourceRef, context: Context) -> Code:
    """The source of a function."""
    return next((f.node for f in context.graph.facts(Code, ref)), Code())


def built_properties(node: LambdaFunction, ref: ResourceRef, context: Context) -> dict[str, Expr]:
    """Code, handler and runtime of the construct."""
    code, runtime = code_of(ref, context), successor(node.platform)
    handler = handler_of(node.platform, code.handler)
    if fills_in(ref, context):
        handler = f"{_SHIM}.handler"
    return {"code": _code(code, runtime, node), "handler": Lit(handler), "runtime": runtime_constant(runtime)}


def _code(code: Code, runtime: str, node: LambdaFunction) -> Expr:
    if code.toolchain is Toolchain.NONE:
        ignored = (obj({"exclude": ["__pycache__"]}),) if family(runtime) == "python" else ()
        return call(member(Name("Code", LAMBDA), "fromAsset"), _place("./src"), *ignored)
    arguments: list[Expr] = [_place(".")]
    if code.toolchain is Toolchain.PIP:
        arguments.append(Lit(runtime.removeprefix("python")))
    if names := _MACHINES.get(code.toolchain):
        arguments.append(Lit(names[node.architecture == "arm64"]))
    if code.toolchain is Toolchain.PIP:
        arguments.append(packages_needed(code.locked))
    return call(Name(code.toolchain.value, _FILE), *arguments)


def packages_needed(locked: bool) -> Expr:
    """What pip installs: a lock file names everything. Else pip finds out what is needed, which it does for another
    platform with wheels only."""
    return Lit("--no-deps" if locked else "--only-binary=:all:")


def _place(path: str) -> Expr:
    return call(Name("fileURLToPath", "node:url"), new("URL", path, member("import", "meta.url")))


def runtime_constant(runtime: str) -> Expr:
    """CDK's name of a runtime (`Runtime.PYTHON_3_12`)."""
    return Member(Name("Runtime", LAMBDA), constant_name(runtime))


def constant_name(runtime: str) -> str:
    """The last part of it (`PYTHON_3_12`)."""
    if runtime in _CORRETTO:
        return _CORRETTO[runtime]
    language = "dotnetcore" if runtime.startswith("dotnetcore") else family(runtime)
    version = runtime.removeprefix(language).removeprefix(".")
    word = "DOTNET_CORE" if language == "dotnetcore" else language.upper()
    return "_".join((word, *(part.upper() for part in version.split(".") if part)))


def built_source(fact: Fact[Code], context: Context) -> Iterator[Piece]:
    """The source with what it is built from, and the code that builds it."""
    ref, code = fact.resource, fact.node
    target = folder(ref, context)
    yield from _files(ref, target, context)
    if code.requirements:
        yield Asset(FEATURE, f"{target}/requirements.txt", "".join(f"{line}\n" for line in code.requirements), "FUN130")
    if code.script:
        yield Asset(FEATURE, f"{target}/{BUILD_SCRIPT}", code.script.rstrip("\n") + "\n", "FUN130")
    if fills_in(ref, context):
        yield Asset(FEATURE, f"{target}/src/{_SHIM}.py", _shim(code.handler), "FUN130")
    if code.toolchain is not Toolchain.NONE:
        yield build_file("FUN130", context)


def _files(ref: ResourceRef, target: str, context: Context) -> Iterator[Piece]:
    found = context.app.entry(ref)
    place = source_folder(found) if found else None
    for name in files_below(place / "src") if place else ():
        yield Asset(FEATURE, f"{target}/src/{name}", place / "src" / name, "FUN130")  # type: ignore[operator]
    tool = code_of(ref, context).toolchain
    for name in _beside(place) if place and tool in _NEED_THE_FOLDER else ():
        yield Asset(FEATURE, f"{target}/{name}", place / name, "FUN130")  # type: ignore[operator]


def _beside(place: Path) -> Iterator[str]:
    """The files beside `src` that a build may read, without what the Gen 1 CLI keeps there and what builds leave."""
    for name in files_below(place):
        first, _, rest = name.partition("/")
        own = first in _OF_THE_CLI or first.endswith(_TEMPLATES)
        if not first.startswith(".") and not (first in _LEFT_BY_BUILDS if rest else own):
            yield name


def _shim(handler: str) -> str:
    module, _, name = handler.rpartition(".")
    hand_on = f"from {module.replace('/', '.')} import {name}" + ("" if name == "handler" else " as handler")
    return (_HELPERS / "handler.py.txt").read_text(encoding="utf-8") + f"{hand_on}  # noqa: E402, F401\n"


def build_file(rule: str, context: Context) -> Asset:
    """`amplify/function/build.ts`, with the tools that the project's functions and layers need."""
    used: set[str] = {one.node.toolchain for one in context.graph.facts(Code)}
    if any(one.node.requirements for one in context.graph.facts(Layer)):
        used.add(_LAYERS)
    known = (*(tool.value for tool in Toolchain if tool is not Toolchain.NONE), _LAYERS)
    head = (_HELPERS / "build.ts").read_text(encoding="utf-8")
    if Toolchain.SCRIPT in used:
        head = head.replace("{ cpSync, mkdtempSync", "{ cpSync, existsSync, mkdtempSync")
    if _LAYERS in used and Toolchain.PIP not in used:
        used.add(Toolchain.PIP)
    parts = ((_HELPERS / f"build_{tool}.ts").read_text(encoding="utf-8") for tool in known if tool in used)
    return Asset(FEATURE, f"{FEATURE}/build.ts", head + "".join(parts), rule)


def fills_in(ref: ResourceRef, context: Context) -> bool:
    """Whether variables of a Python function are filled in when it starts, which Amplify does for Node.js only."""
    functions = context.graph.facts(LambdaFunction, ref)
    if not any(family(one.node.platform) == "python" for one in functions):
        return False
    return any(
        one.node.kind is ValueKind.SECRET
        or (one.node.kind is ValueKind.COMPUTED and is_late(ref, one.node.value, context))
        for one in context.graph.facts(Variable, ref)
    )


def is_built(ref: ResourceRef, context: Context) -> bool:
    """Whether the function is in another language than JavaScript."""
    return code_of(ref, context).form is Form.BUILT
