"""The configuration of Gen 1 as `amplify_outputs.json`: the import, `Amplify.configure`, and keys that are read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import Language, SourceFile
from migrator.documents.syntax import find_all, kind_of, span, text_of
from migrator.engine.sources import Edit, Fix
from migrator.sources.declarations import EVERYTHING, Binding
from migrator.sources.frontend.configuration import CERTAIN, FILE, KEYS, configured
from migrator.sources.frontend.expressions import is_unused
from migrator.sources.frontend.library import library_uses
from migrator.sources.frontend.rewrite import rewritten
from migrator.sources.script import Reference, Script, arguments_of
from migrator.sources.uses import ImportForm

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

TITLE = "Use amplify_outputs.json."
_OUTPUTS = "amplify_outputs.json"
_READS_JSON = re.compile(r"\"resolveJsonModule\"\s*:\s*true|\"moduleResolution\"\s*:\s*\"bundler\"", re.IGNORECASE)
_SPREAD = re.compile(r"\{\s*\.\.\.(?P<name>[\w$]+)\s*,\s*(?P<option>ssr\s*:\s*(?:true|false))\s*,?\s*\}")


def with_outputs(script: Script, file: SourceFile) -> Fix | None:
    """The change of a piece of code; None where something of the configuration is used in a way that has no certain
    counterpart, or where the bundler may not find the new file."""
    made = script.__dict__.get("with_outputs")
    if made is None:
        made = script.__dict__["with_outputs"] = (_fix(script, file),)
    fix: Fix | None = made[0]
    return fix


def _fix(script: Script, file: SourceFile) -> Fix | None:
    loads = [load for load in script.loads if FILE.search(load.module)]
    bindings = [binding for binding in script.bindings if FILE.search(binding.module)]
    if len(loads) != 1 or len(bindings) != 1 or loads[0].form is ImportForm.MOCK or script.is_broken:
        return None
    binding = bindings[0]
    place = outputs_path(file)
    found = tuple(library_uses(script))
    if place is None or (found and rewritten(script, found, file) is None):
        return None
    head = _import(script, binding, place)
    name = _name(script, binding)
    uses = [_use(script, reference, name) for reference in script.references if reference.binding == binding]
    if head is None or not uses or any(use is None for use in uses):
        return None
    renamed = Edit(head.start, head.end, head.text.replace("{}", name))
    edits = [renamed, *(use for use in uses if use is not None and use.text)]
    return Fix(TITLE, tuple(sorted(edits, key=lambda edit: edit.start)))


def _import(script: Script, binding: Binding, place: str) -> Edit | None:
    """The new import, with `{}` for the name."""
    around = binding.around
    quote = '"' if '"' in around.text() else "'"
    if kind_of(around) == "import_statement" and binding.name in ("default", EVERYTHING):
        if any(b is not binding and span(b.around) == span(around) for b in script.bindings):
            return None
        star = "* as " if binding.name == EVERYTHING else ""
        end = ";" if around.text().endswith(";") else ""
        return Edit(*script.place(around), f"import {star}{{}} from {quote}{place}{quote}{end}")
    value = around.field("value") if kind_of(around) == "variable_declarator" else None
    if value is None or not value.text().startswith("require(") or kind_of(around.field("name")) != "identifier":
        return None
    return Edit(*script.place(around), f"{{}} = require({quote}{place}{quote})")


def _name(script: Script, binding: Binding) -> str:
    """`outputs`, or the old name where something else is called so."""
    kinds = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
    taken = find_all(script.top, {"any": [{"kind": kind} for kind in kinds], "regex": "^outputs$"})
    return binding.local if taken else "outputs"


def _use(script: Script, reference: Reference, name: str) -> Edit | None:
    """What a use of the configuration becomes; None when that is not certain."""
    node, above = reference.node, reference.node.parent()
    if kind_of(above) == "arguments":
        return _argument(script, node, name)
    if kind_of(above) == "spread_element" and above is not None:
        return _spread(script, above, name)
    if kind_of(above) == "member_expression" and above is not None:
        key = text_of(above.field("property"))
        written = kind_of(above.parent()) == "assignment_expression" and not is_unused(above)
        if key in CERTAIN and not written and "?." not in above.text():
            return Edit(*script.place(above), f"{name}.{KEYS[key]}")
    return None


def _argument(script: Script, node: SyntaxNode, name: str) -> Edit | None:
    call = _configure(script, node)
    arguments = arguments_of(call) if call is not None else ()
    return Edit(*script.place(node), name) if len(arguments) == 1 and span(arguments[0]) == span(node) else None


def _spread(script: Script, spread: SyntaxNode, name: str) -> Edit | None:
    """`{ ...config, ssr: true }` as `outputs, { ssr: true }`: what the library is told is an argument of its own."""
    whole = spread.parent()
    call = _configure(script, spread)
    match = _SPREAD.fullmatch(whole.text()) if whole is not None else None
    if call is None or match is None or whole is None or len(arguments_of(call)) != 1:
        return None
    return Edit(*script.place(whole), f"{name}, {{ {match.group('option')} }}")


def _configure(script: Script, node: SyntaxNode) -> SyntaxNode | None:
    """The call of `Amplify.configure` that a node is in the arguments of."""
    start, end = span(node)
    for reference in script.references:
        call = configured(reference)
        if call is not None and text_of(call.field("function")).split(".")[-2:] == ["Amplify", "configure"]:
            a, b = span(call)
            if a <= start and end <= b:
                return call
    return None


def outputs_path(file: SourceFile) -> str | None:
    """The path of `amplify_outputs.json`, beside the nearest package.json, from a file; None where it is not certain.

    create-react-app imports nothing from outside of `src`, and TypeScript has to be told to read JSON.
    """
    for folder in _upwards(file.path):
        base = f"{folder}/" if folder else ""
        manifest = file.other(f"{base}package.json")
        if manifest is None:
            continue
        if '"react-scripts"' in manifest:
            return None
        if file.language is not Language.JAVASCRIPT and not _reads_json(file, base):
            return None
        found = posixpath.relpath(f"{base}{_OUTPUTS}", posixpath.dirname(file.path) or ".")
        return found if found.startswith(".") else f"./{found}"
    return None


def _reads_json(file: SourceFile, base: str) -> bool:
    if file.language in (Language.VUE, Language.SVELTE):
        return True
    names = (name for name in file.others(base.removesuffix("/")) if re.fullmatch(r"tsconfig(?:\.app)?\.json", name))
    return any(_READS_JSON.search(file.other(f"{base}{name}") or "") for name in names)


def _upwards(path: str) -> Iterator[str]:
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""
