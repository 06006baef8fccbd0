"""Names that only emission can resolve: definitions, outputs of other resources, constants of other wiring files."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, relpath
from typing import TypeVar

from msgspec.structs import replace

from migrator.core.errors import ConversionError
from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.core.secrets import looks_secret
from migrator.engine.category import Category
from migrator.engine.context import Context
from migrator.gen2.backend import Definition, DefinitionOf, Reference, Shared
from migrator.typescript.build import call, member
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Member, Module, Name, Node, Stmt, TypeName
from migrator.typescript.rewrite import rewrite, walk

N = TypeVar("N")

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
        self._keys: dict[str, tuple[ResourceRef, str]] = {}
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
                    return self._in_definition(node)
                case Shared():
                    if node.feature == wiring:
                        return Name(node.name)
                    return Member(Name(identifier(node.feature)), node.name)
                case Name(module=str(module)) | TypeName(module=str(module)) if module.startswith(AMPLIFY):
                    return replace(node, module=_relative(here, module.removeprefix(AMPLIFY)))
            return node

        return rewrite(Module(body), change)

    def resolved(self, tree: N) -> N:
        """Wiring code with the outputs of other resources in their places."""
        return rewrite(tree, lambda node: self._reference(node) if isinstance(node, Reference) else node)

    def complete(self, tree: object) -> bool:
        """Whether everything that the code mentions is in the backend.

        An id or name may also be of a resource that can never be there because no feature holds it: it is looked up.
        """
        for node in walk(tree):
            if isinstance(node, DefinitionOf) and node.resource not in self._definitions:
                return False
            if isinstance(node, Reference) and self._output(node) is None:
                known = node.resource in self._context.selection or node.resource not in self._context.features
                if not known or is_construct(node):
                    return False
        return True

    def _definition(self, node: DefinitionOf, in_wiring: bool) -> Expr:
        definition = self._definitions.get(node.resource)
        if definition is None:
            raise ConversionError(
                f"{node.resource} is referred to, but is not in the backend",
                hint="Convert it too, or repair what refers to it; `migrate scan` says what keeps it out.",
            )
        if in_wiring:
            return member("backend", definition.key)
        return Name(definition.variable, definition_module(definition))

    def _in_definition(self, node: Reference) -> Expr:
        """A file with a definition is read before there is a backend: it can only look values up."""
        if self._output(node) is not None:
            raise ConversionError(f"{node.attribute} of {node.resource} is known in wiring code only")
        return self._looked_up(node)

    def _reference(self, node: Reference) -> Expr:
        return self._output(node) or self._looked_up(node)

    def _output(self, node: Reference) -> Expr | None:
        resource = self._context.graph.get(node.resource)
        output = self._outputs.get(resource.service) if resource else None
        if output is None or node.resource not in self._context.selection:
            return None
        return output(node.resource, node.attribute, self._context)

    def _looked_up(self, node: Reference) -> Expr:
        name = self._key(node)
        if name not in self.references:
            entry = self._context.app.entry(node.resource)
            known = node.known or (entry.output(node.attribute).value if entry else "")
            self.references[name] = "" if looks_secret(node.attribute, known) else known
            if not self.references[name]:
                self.findings.append(_unknown(node))
            if self._context.reused(node.resource):
                self.shared.add(name)
        until = () if self.references[name] or not node.stand_in else (node.stand_in,)
        return call(Name("reference", f"{AMPLIFY}references"), name, *until)

    def _key(self, node: Reference) -> str:
        """The name in `references.ts`: `auth/my_pool` and `auth/my` with an attribute `pool…` must not share one."""
        name = f"{node.resource.category}_{node.resource.name}_{node.attribute}".upper()
        key, number = name, 2
        meant = (node.resource, node.attribute)
        while self._keys.setdefault(key, meant) != meant:
            key, number = f"{name}_{number}", number + 1
        return key


def is_construct(node: Reference) -> bool:
    """Whether a construct is meant, which has no value that could be looked up."""
    return node.attribute[:1].islower()


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
