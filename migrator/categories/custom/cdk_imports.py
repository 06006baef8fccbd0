"""The imports of a stack's code: CDK v1's packages to those of v2, and the CLI's library away.

https://docs.aws.amazon.com/cdk/v2/guide/migrating-v2.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrator.documents.syntax import find_all, literal, span

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_HELPERS = "@aws-amplify/cli-extensibility-helper"
_ATTRIBUTES = re.compile(r"amplify-dependent-resources-ref$")
_CORE = "@aws-cdk/core"
_V1 = re.compile(r"@aws-cdk/(aws-[a-z0-9-]+|assets|custom-resources|pipelines|cx-api|cloudformation-include)")


class Imports:
    """What is imported, and what becomes of it."""

    def __init__(self) -> None:
        self.helpers: list[str] = []
        """Local names of the CLI's library and of its types."""
        self.edits: list[tuple[int, int, str]] = []
        self.files: tuple[str, ...] = ()
        self.reasons: list[str] = []
        self.packages: list[str] = []
        self.needs_folder = False
        """Whether the code reads files that lie beside it."""
        self._core: list[str] = []
        """Local names of CDK's namespace, where constructs were part of it (v1)."""
        self._has_construct = False
        self._names_stack = False
        self._nested = False

    def nested(self, base: str) -> str:
        """What the class extends in Gen 2."""
        space, dot, _ = base.rpartition(".")
        if not dot:
            self._nested = True
        return f"{space}{dot}NestedStack"

    def added(self) -> list[str]:
        """Import statements that the code lacks."""
        lines = [] if self._has_construct else ["import { Construct } from 'constructs';"]
        if self._nested:
            lines.append("import { NestedStack } from 'aws-cdk-lib';")
        if self.needs_folder:
            lines.append("import { fileURLToPath } from 'node:url';")
        return lines


def imports(tree: SyntaxNode) -> Imports:
    """The imports of the code."""
    found = Imports()
    files: list[str] = []
    for one in find_all(tree, {"kind": "import_statement"}):
        source = next((child for child in one.children() if child.kind() == "string"), None)
        module = literal(source)
        if source is None or module is None:
            found.reasons.append("it imports in CommonJS's way")
            continue
        local = _local(one)
        if module == _HELPERS or _ATTRIBUTES.search(module):
            found.helpers += local
            start, end = span(one)
            found.edits.append((start, end + 1, ""))
        elif module == _CORE:
            _of_core(found, one, source, local)
        elif _V1.fullmatch(module):
            found.edits.append((*span(source), f"'{module.replace('@aws-cdk/', 'aws-cdk-lib/')}'"))
        elif module.startswith("@aws-cdk/") and not module.endswith("-alpha"):
            found.reasons.append(f"{module} is not part of CDK v2")
        elif module.startswith("."):
            files.append(module)
            if module.startswith(".."):
                found.reasons.append(f"it imports {module}, which lies outside of its folder")
        elif module == "constructs":
            found._has_construct |= "Construct" in local
        else:
            found.packages.append(module)
    found.files = tuple(files)
    found.needs_folder = re.search(r"\b__dirname\b", tree.text()) is not None
    _constructs(found, tree)
    return found


def _of_core(found: Imports, one: SyntaxNode, source: SyntaxNode, local: list[str]) -> None:
    found.edits.append((*span(source), "'aws-cdk-lib'"))
    space = one.find(kind="namespace_import")
    if space is not None:
        found._core += local
    for specifier in find_all(one, {"kind": "import_specifier"}):
        if specifier.text() == "Construct":
            start, end = span(specifier)
            after = specifier.next()
            found.edits.append((start, span(after)[1] if after is not None and after.text() == "," else end, ""))


def _constructs(found: Imports, tree: SyntaxNode) -> None:
    """`cdk.Construct` of v1 is `Construct` of another package."""
    for one in find_all(tree, {"kind": "member_expression"}, {"kind": "nested_type_identifier"}):
        space, _, name = one.text().rpartition(".")
        if space in found._core and name in ("Construct", "IConstruct"):
            found.edits.append((*span(one), name))
            if name == "IConstruct":
                found.reasons.append("it uses IConstruct of CDK v1")


def _local(one: SyntaxNode) -> list[str]:
    """The names under which things are imported."""
    clause = one.find(kind="import_clause")
    names = find_all(clause, {"kind": "identifier"}) if clause is not None else []
    return [name.text() for name in names]
