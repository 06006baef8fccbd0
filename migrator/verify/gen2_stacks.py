"""What Gen 2 deploys: the cloud assembly that a synth left, its nested stacks tied together."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from migrator.documents.document import Document
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Side
from migrator.verify.assembly import Assembly, Stack, construct_path
from migrator.verify.stacks import Stacks


def gen2_generation(assembly: Assembly, context: Context, branch: str) -> Generation:
    """Everything that the synthesized templates declare."""
    stacks = Stacks()
    names = {stack.file: _name(stack) for stack in assembly.stacks}
    for stack in assembly.stacks:  # a stack comes before those that it nests
        parent = names.get(stack.parent, "")
        given = stacks.handed(parent, stack.logical_id) if stack.logical_id else _nothing
        inner = {one.logical_id: names[one.file] for one in assembly.stacks if one.parent == stack.file}
        document = Document(assembly.folder / stack.file, stack.file, stack.template)
        stacks.add(names[stack.file], document, given, children=inner)
    paths = {names[stack.file]: stack for stack in assembly.stacks}
    resources = tuple(_placed(one, paths[one.stack]) for one in stacks.declared())
    outputs = {name: stacks.outputs(name) for name in stacks}
    asset = partial(_asset, assembly)
    return Generation(Side.GEN2, resources, context, outputs, assembly.tags, branch, asset, assembly.made)


def _asset(assembly: Assembly, location: str) -> str | None:
    """The text of an asset, by its address in the bucket of CDK's assets."""
    path = assembly.assets.get(location.rpartition("/")[2])
    try:
        return path.read_text("utf-8") if path else None
    except (OSError, UnicodeDecodeError):
        return None


def _nothing(name: str) -> None:
    """The parameters of the root stack have the values that the template gives them."""


def _name(stack: Stack) -> str:
    return stack.path or stack.logical_id


def _placed(declared: Declared, stack: Stack) -> Declared:
    path = construct_path(stack.resources.get(declared.logical_id, {}))
    return replace(declared, path=path, where=path or declared.where)
