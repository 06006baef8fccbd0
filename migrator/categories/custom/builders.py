"""Custom stacks as CDK code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.custom.cdk_source import stack_code
from migrator.categories.custom.checks import clashes
from migrator.categories.custom.model import CustomStack, Form, StackData, StackExport, StackName
from migrator.categories.custom.parameters import BRANCH, expression, output_of, value_of
from migrator.categories.custom.targets import FEATURE, class_name, folder, stack_name
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.resource_types import is_kept, other_name
from migrator.gen1.graph import Fact, LinkKind
from migrator.gen2.backend import Asset, Dependency, Piece, Reference, Wiring
from migrator.typescript.build import assign, call, const, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Do, Expr, Index, Member, Name, Nullish, Obj, Property, Stmt, TypeName

_INCLUDE = Name("CfnInclude", "aws-cdk-lib/cloudformation-include")
_NAMED_PARAMETER = "AWS::SSM::Parameter::"


def included(fact: Fact[CustomStack], context: Context) -> Iterator[Piece]:
    """The template, included in a stack of its own."""
    ref, name = fact.resource, stack_name(fact.resource)
    ending = "yaml" if fact.node.file.endswith((".yml", ".yaml")) else "json"
    path = f"{folder(ref)}/template.{ending}"
    yield Asset(FEATURE, path, _text(fact, context), "CUS010")
    url = new("URL", f"./{path.removeprefix(f'{FEATURE}/')}", member("import", "meta.url"))
    properties: dict[str, Expr] = {"templateFile": call(Name("fileURLToPath", "node:url"), url)}
    given, named = _given(fact, context)
    tables, given = _by_branch(fact, given, context)
    if given:
        properties["parameters"] = Obj(tuple(Property(key, value) for key, value in given.items()), True)
    stack = call(member("backend", "createStack"), f"custom-{ref.name}")
    body: list[Stmt] = [*tables, const(name, new(_INCLUDE, stack, ref.name, obj(properties, True)))]
    for parameter, value in named.items():
        body.append(assign(Member(call(member(name, "getParameter"), parameter), "default"), value))
    yield Wiring(FEATURE, tuple(body), "CUS010", _order(ref, context), exports=(name,), owner=ref, section=f"{ref}")


def _by_branch(fact: Fact[CustomStack], given: dict[str, Expr], context: Context) -> tuple[list[Stmt], dict[str, Expr]]:
    """Constants with the values of parameters by branch, and the values that are taken of them."""
    tables: list[Stmt] = []
    string = TypeName("string")
    for name, values in fact.node.by_environment.items():
        if name in given and name not in fact.node.unknown:
            table = identifier(f"{fact.resource.name}-{name}")
            branches = {context.branch(env): value for env, value in values.items()}
            tables.append(const(table, obj(branches), type=TypeName("Record", type_args=(string, string))))
            given = {**given, name: Nullish(Index(Name(table), BRANCH), given[name])}
    return tables, given


def _text(fact: Fact[CustomStack], context: Context) -> str:
    """The template as it is written; as plain JSON where it has comments, which CDK refuses."""
    entry = context.app.entry(fact.resource)
    text = (entry.text(fact.node.file) if entry else None) or ""
    if fact.node.file.endswith(".json"):
        try:
            json.loads(text)
        except ValueError:
            return json.dumps(fact.node.template, indent=2, ensure_ascii=False) + "\n"
    return text


def _given(fact: Fact[CustomStack], context: Context) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """The values of parameters, and those that name what has the value (in Parameter Store)."""
    declared = fact.node.template.get("Parameters") or {}
    given: dict[str, Expr] = {}
    named: dict[str, Expr] = {}
    for name, said in declared.items():
        kind = str(said.get("Type", "")) if isinstance(said, Mapping) else ""
        if name == "env":
            given[name] = BRANCH
        elif name in fact.node.unknown:
            given[name] = Reference(fact.resource, name)
        elif name in fact.node.parameters:
            value = value_of(fact.node.parameters[name], kind, fact.resource, context)
            (named if kind.startswith(_NAMED_PARAMETER) else given)[name] = value
    return given, named


def name_apart(fact: Fact[StackName], context: Context) -> Iterator[Piece]:
    """Another name for what the live stack of Gen 1 has under this one; code gets it where it stands."""
    if fact.node.form is Form.TEMPLATE and clashes(fact, context):
        other = expression(other_name(fact.node.name), fact.resource, context)
        resource = call(member(stack_name(fact.resource), "getResource"), fact.key)
        said = Do(call(Member(resource, "addPropertyOverride"), fact.node.property, other))
        yield _of_stack(fact.resource, said, "CUS040", context)


def export_apart(fact: Fact[StackExport], context: Context) -> Iterator[Piece]:
    """Another name for an export that the live stack has as well."""
    if fact.node.form is Form.TEMPLATE and clashes(fact, context):
        other = expression(other_name(fact.node.name), fact.resource, context)
        output = call(member(stack_name(fact.resource), "getOutput"), fact.key)
        yield _of_stack(fact.resource, assign(Member(output, "exportName"), other), "CUS043", context)


def kept(fact: Fact[StackData], context: Context) -> Iterator[Piece]:
    """Users, files and rows outlive their stack."""
    if fact.node.form is Form.TEMPLATE and is_kept(fact.node.type) and fact.node.policy != "Retain":
        resource = call(member(stack_name(fact.resource), "getResource"), fact.key)
        policy = Member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN")
        yield _of_stack(fact.resource, Do(call(Member(resource, "applyRemovalPolicy"), policy)), "CUS030", context)


def _of_stack(ref: ResourceRef, said: Stmt, rule: str, context: Context) -> Wiring:
    """A statement about an included stack, beside the one that makes it."""
    return Wiring(FEATURE, (said,), rule, _order(ref, context), section=f"{ref}", owner=ref)


def carried_over(fact: Fact[CustomStack], context: Context) -> Iterator[Piece]:
    """The stack's class in a file of its own, and the stack that is made of it."""
    ref, name, code = fact.resource, stack_name(fact.resource), fact.node.code
    if code is None:
        return
    own: tuple[Fact[Any], ...] = (*context.graph.facts(StackName, ref), *context.graph.facts(StackExport, ref))
    rename = {one.key for one in own if clashes(one, context)}
    made = stack_code(code.text, class_name(ref), code.project, strict=code.strict, rename=rename)
    yield Asset(FEATURE, f"{folder(ref)}/resource.ts", made.text, "CUS020")
    entry = context.app.entry(ref)
    for path in code.files:
        if entry is not None and entry.folder is not None:
            yield Asset(FEATURE, f"{folder(ref)}/{path}", entry.folder / path, "CUS020")
    for package, version in code.packages.items():
        yield Dependency(package, version, "CUS020", ref)
    properties: dict[str, Any] = {"branch": BRANCH}
    if made.needs:
        properties["dependencies"] = {
            category: {
                other: {output: output_of(ResourceRef(category, other), output, context) for output in outputs}
                for other, outputs in of.items()
            }
            for category, of in made.needs.items()
        }
    stack = new(
        Name(class_name(ref), f"amplify:{folder(ref)}/resource"),
        member("backend", "stack"),
        f"custom-{ref.name}",
        obj(properties),
    )
    yield Wiring(FEATURE, (const(name, stack),), "CUS020", _order(ref, context), exports=(name,), owner=ref)


def _order(ref: ResourceRef, context: Context) -> int:
    """Stacks come after those whose outputs they take."""
    needed: dict[ResourceRef, int] = {}

    def depth(one: ResourceRef, above: frozenset[ResourceRef]) -> int:
        if one not in needed:
            links = context.graph.links(source=one, kind=LinkKind.USES)
            others = {link.target for link in links if link.target.category == FEATURE} - above - {one}
            needed[one] = 1 + max((depth(other, above | {one}) for other in others), default=0)
        return needed[one]

    return 20 + depth(ref, frozenset())
