"""Schemas through `a.schema` and back: what the library prints of what we print, patched."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from migrator.categories.data.edits import Changes, edited
from migrator.categories.data.model import AuthMode, SchemaFile
from migrator.categories.data.sdl import Definition, merged, parse
from migrator.categories.data.typed.code import members
from migrator.categories.data.typed.model import Plan
from migrator.categories.data.typed.patches import applied
from migrator.categories.data.typed.plan import plan
from migrator.categories.data.typed.rest import rest_text
from migrator.node.toolchain import Toolchain
from migrator.typescript.build import call, const, member
from migrator.typescript.nodes import Comment, Module, Name, Obj, Property
from migrator.typescript.printer import print_module

MODE = AuthMode.USER_POOL
_RUN = """\
const found = {};
for (const [name, url] of JSON.parse(process.argv[2])) {
  try {
    found[name] = { schema: (await import(url)).schema.transform().schema };
  } catch (error) {
    found[name] = { error: error.message };
  }
}
console.log(JSON.stringify(found));
"""


def definitions(text: str) -> tuple[Definition, ...]:
    return merged(parse(text))


def planned(text: str) -> Plan:
    return plan(tuple(file.text for file in _edited(text)))


def code(typed: tuple[Definition, ...]) -> str:
    """The module with the schema."""
    props: list[Property | Comment] = []
    for one in members(typed, {}):
        props += [Comment("\n".join(one.notes))] if one.notes else []
        props.append(Property(one.name, one.value))
    schema = call(member(Name("a", "@aws-amplify/backend"), "schema"), Obj(tuple(props), expanded=True))
    return print_module(Module((const("schema", schema, export=True),)))


def emitted(plans: Mapping[str, Plan], folder: Path, toolchain: Toolchain) -> Mapping[str, Mapping[str, str]]:
    """What the library makes of each schema, or its error; all in one process."""
    (folder / "node_modules").symlink_to(toolchain.modules)
    listed = []
    for number, (name, one) in enumerate(plans.items()):
        file = folder / f"schema{number}.ts"
        file.write_text(code(one.typed), "utf-8")
        listed.append((name, file.as_uri()))
    runner = folder / "run.mts"
    runner.write_text(_RUN, "utf-8")
    command = [str(toolchain.modules / ".bin" / "tsx"), str(runner), json.dumps(listed)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    found: Mapping[str, Mapping[str, str]] = json.loads(done.stdout.rstrip("\n").rpartition("\n")[2])
    return found


def reached(text: str, one: Plan, sdl: str) -> str:
    """The SDL that reaches `defineData`."""
    patched = applied(sdl, one.patches)
    return f"{patched}\n{rest_text([f.text for f in _edited(text)], one.rest, one.typed)}" if one.rest else patched


def _edited(text: str) -> tuple[SchemaFile, ...]:
    return edited([SchemaFile("schema.graphql", text)], MODE, Changes())
