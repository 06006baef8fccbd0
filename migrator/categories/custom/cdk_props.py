"""The type of what the constructor of a custom stack is given."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.typescript.nodes import ObjType, TypeAlias, TypeName, TypeProperty
from migrator.typescript.printer import print_node

_FOLDER = """/** Where Gen 1 compiled the stack to; its files lie beside. */
const __dirname = fileURLToPath(new URL('./build', import.meta.url));"""
Outputs = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Outputs of other resources by category and resource."""


def props_type(name: str, needed: Outputs, *, folder: bool) -> str:
    """The branch, and outputs of other resources; with `folder` the code finds the files that lie beside it."""
    string = TypeName("string")
    shape = [TypeProperty("branch", string)]
    if needed:
        inner = (TypeProperty(category, _resources(of)) for category, of in needed.items())
        shape.append(TypeProperty("dependencies", ObjType(tuple(inner), expanded=True)))
    about = "/** What the backend hands to the stack. */"
    props = TypeAlias(f"{name}Props", ObjType(tuple(shape), expanded=True), export=True)
    above = f"{_FOLDER}\n\n" if folder else ""
    return f"{above}{about}\n{print_node(props)}\n\n"


def _resources(of: Mapping[str, tuple[str, ...]]) -> ObjType:
    string = TypeName("string")
    return _object({name: _object(dict.fromkeys(outputs, string)) for name, outputs in of.items()})


def _object(members: Mapping[str, TypeName | ObjType]) -> ObjType:
    return ObjType(tuple(TypeProperty(name, type) for name, type in members.items()))
