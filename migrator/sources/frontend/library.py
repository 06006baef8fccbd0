"""Where code uses the Amplify libraries as they were before version 6."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.source import SourceFile
from migrator.documents.syntax import field, kind_of, span, text_of
from migrator.engine.sources import Fix, Use
from migrator.sources.declarations import EVERYTHING, Binding
from migrator.sources.frontend.versions import gen1_name, replacement
from migrator.sources.script import Reference, Script, scripts
from migrator.sources.uses import LibraryUse

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_CLOSING = "jsx_closing_element"


class Found(NamedTuple):
    """A use, with the parts of the tree that a rewrite needs."""

    use: LibraryUse
    shown: SyntaxNode
    """The part that is marked."""
    binding: Binding
    reference: SyntaxNode | None
    """The name where it is used; None for an import alone."""
    call: SyntaxNode | None = None


def library(file: SourceFile) -> Iterator[Use]:
    """Uses of what version 6 of the libraries has in another form, or not at all."""
    from migrator.sources.frontend.rewrite import rewritten

    for script in scripts(file):
        found = tuple(library_uses(script))
        fix: Fix | None = rewritten(script, found, file) if found else None
        for one in found:
            yield Use(one.use, *script.place(one.shown), fix)


def library_uses(script: Script) -> Iterator[Found]:
    """Every use in a piece of code; an import is one only where nothing else is."""
    used: set[str] = set()
    for reference in script.references:
        found = _found(reference)
        if found is not None:
            used.add(reference.binding.local)
            if kind_of(found.shown.parent()) != _CLOSING:
                yield found
    yield from _handed_on(script)
    for binding in script.bindings:
        name = gen1_name(binding.module, binding.name)
        if name == "Amplify" or (name and binding.local not in used):
            use = LibraryUse(name, "", binding.local, replacement(name, ""))
            yield Found(use, binding.clause, binding, None)


def _handed_on(script: Script) -> Iterator[Found]:
    """Names that are exported as they come: `export { Auth } from 'aws-amplify'`."""
    for load in script.loads:
        if load.around.kind() == "export_statement":
            for one in load.around.find_all(kind="export_specifier"):
                name = gen1_name(load.module, text_of(one.field("name")))
                if name:
                    use = LibraryUse(name, "", text_of(one.field("name")), replacement(name, ""))
                    yield Found(use, one, Binding("", load.module, name, one, load.around), one)


def _found(reference: Reference) -> Found | None:
    """The use that a name is; None when version 6 has the same."""
    binding, node = reference
    at = node
    name = gen1_name(binding.module, binding.name) if binding.name != EVERYTHING else None
    if binding.name == EVERYTHING or name == "Amplify":
        above = _member(at)
        if above is None:
            return None
        name, at = gen1_name("aws-amplify" if name else binding.module, text_of(above.field("property"))), above
    if not name:
        return None
    above = _member(at)
    member = text_of(above.field("property")) if above is not None else ""
    shown = above or at
    call = _called(shown)
    use = LibraryUse(name, member, _said(shown), replacement(name, member))
    return Found(use, shown, binding, node, call)


def _said(shown: SyntaxNode) -> str:
    return "".join(text_of(shown).split())


def _member(node: SyntaxNode) -> SyntaxNode | None:
    """The member expression that the node is the object of."""
    above = node.parent()
    if above is not None and above.kind() == "member_expression" and _is(field(above, "object"), node):
        return above
    return None


def _called(node: SyntaxNode) -> SyntaxNode | None:
    above = node.parent()
    if above is not None and above.kind() == "call_expression" and _is(above.field("function"), node):
        return above
    return None


def _is(one: SyntaxNode | None, other: SyntaxNode) -> bool:
    return one is not None and span(one) == span(other)
