"""Names that only emission can resolve: definitions, outputs of other resources, constants of other wiring files."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, relpath

from msgspec.structs import replace

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.core.secrets import looks_secret
from migrator.engine.category import Category
from migrator.engine.context import Context
from migrator.gen2.backend import Definition, DefinitionOf, Reference, Shared
from migrator.typescript.build import call, member
from migrator.typescript.nodes import Expr, Member, Module, Name, Node, Stmt, TypeName
from migrator.typescript.rewrite import rewrite

BACKEND = "@aws-amplify/backend"
AMPLIFY = "amplify:"
"""Prefix of module names that are paths below `amplify/`; printed relative to the file that mentions them."""


class Names:
    """Resolves names for one backend, and remembers which values had to be looked up in `references.ts`."""

    def __init__(
        self, definitions: tuple[Definition, ...], context: Context, categories: Mapping[str, Category]
    ) -> None:
        self._definitions = {d.resource: d for d in definitions}
        self._context = context
        self._outputs = {name: output for category in categories.values() for name, output in category.outputs.items()}
        self.references: dict[str, str] = {}
        self.shared: set[str] = set()
        """Values of live resources that the backend stands on; a sandbox cannot be made without them either."""
        self.findings: list[Finding] = []

    def module(self, path: str, body: tuple[Stmt, ...], *, wiring: str = "") -> Module:
        """The file at `path` below `amplify/`; `wiring` is the feature whose wiring file it is."""
        here = dirname(path)

        def change(node: Node) -> Node:
            match node:
                case DefinitionOf():
                    return self._definition(node, bool(wiring))
                case Reference():
                    return self._reference(node)
                case Shared():
                    return Name(node.name) if node.feature == wiring else Member(Name(node.feature), node.name)
                case Name(module=str(module)) | TypeName(module=str(module)) if module.startswith(AMPLIFY):
                    return replace(node, module=_relative(here, module.removeprefix(AMPLIFY)))
            return node

        return rewrite(Module(body), change)

    def resolved(self, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
        """Statements with the outputs of other resources in their places."""
        return rewrite(body, lambda node: self._reference(node) if isinstance(node, Reference) else node)

    def complete(self, resources: frozenset[ResourceRef]) -> bool:
        """Whether all of the resources are in the backend, or can never be because no feature holds them."""
        return all(r in self._context.selection or r not in self._context.features for r in resources)

    def _definition(self, node: DefinitionOf, in_wiring: bool) -> Expr:
        definition = self._definitions[node.resource]
        if in_wiring:
            return member("backend", definition.key)
        return Name(definition.variable, definition_module(definition))

    def _reference(self, node: Reference) -> Expr:
        resource = self._context.graph.get(node.resource)
        if resource and node.resource in self._context.selection:
            output = self._outputs.get(resource.service)
            expression = output(node.resource, node.attribute, self._context) if output else None
            if expression is not None:
                return expression
        return self._looked_up(node)

    def _looked_up(self, node: Reference) -> Expr:
        name = f"{node.resource.category}_{node.resource.name}_{node.attribute}".upper()
        if name not in self.references:
            entry = self._context.app.entry(node.resource)
            known = node.known or (entry.output(node.attribute).value if entry else "")
            self.references[name] = "" if looks_secret(node.attribute, known) else known
            if not self.references[name]:
                self.findings.append(_unknown(node))
            if self._context.reused(node.resource):
                self.shared.add(name)
        return call(Name("reference", f"{AMPLIFY}references"), name)


def definition_module(definition: Definition) -> str:
    """The module name of a definition's file."""
    return f"{AMPLIFY}{definition.file.removesuffix('.ts')}"


def _relative(here: str, module: str) -> str:
    path = relpath(module, here or ".")
    return path if path.startswith(".") else f"./{path}"


def _unknown(node: Reference) -> Finding:
    return Finding(
        "GEN030",
        Severity.WARNING,
        f"{node.attribute} of {node.resource} is not known; its place in amplify/references.ts is empty.",
        hint="Enter the value there for each branch, or convert that resource too.",
        resource=node.resource,
    )
