"""Functions in JavaScript and TypeScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import SourceFile
from migrator.documents.syntax import field, kind_of, literal, text_of
from migrator.engine.sources import Edit, Fix, Use
from migrator.sources.handlers.environment import gen1_variable, may_have_variables
from migrator.sources.script import Script, arguments_of, is_gen1_function, scripts
from migrator.sources.uses import HandlerCode

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode


def environment(file: SourceFile) -> Iterator[Use]:
    """Variables of Gen 1 that are read from `process.env`."""
    if not may_have_variables(file.text, file.whole_path):
        return
    for script in scripts(file):
        for node in script.environment:
            for name, place in _names(script, node):
                variable = gen1_variable(name, file.whole_path)
                if variable is not None:
                    short = (
                        file.text[place[1] :].lstrip()[:1] in (",", "}", "=") and node.kind() == "variable_declarator"
                    )
                    now = f"{variable.now}: {name}" if short else variable.now
                    yield Use(variable, *place, renamed(variable.now, place, now) if variable.now else None)


def renamed(name: str, place: tuple[int, int], text: str) -> Fix:
    """The change of a variable's name."""
    return Fix(f"Read {name}, which every function has.", (Edit(*place, text),))


def _names(script: Script, node: SyntaxNode) -> Iterator[tuple[str, tuple[int, int]]]:
    if node.kind() == "member_expression":
        name = node.field("property")
        if name is not None and not _is_written(node):
            yield name.text(), script.place(name)
    elif node.kind() == "subscript_expression":
        name = node.field("index")
        if (text := literal(name)) is not None and name is not None:
            start, end = script.place(name)
            yield text, (start + 1, end - 1)
    else:
        pattern = node.field("name")
        for one in pattern.children() if kind_of(pattern) == "object_pattern" and pattern is not None else ():
            name = one if one.kind() == "shorthand_property_identifier_pattern" else one.field("key")
            name = field(one, "left") if one.kind() == "object_assignment_pattern" else name
            if name is not None:
                yield name.text(), script.place(name)


def _is_written(node: SyntaxNode) -> bool:
    above = node.parent()
    return kind_of(above) == "assignment_expression" and text_of(field(above, "left")) == node.text()


def handler_code(file: SourceFile) -> Iterator[Use]:
    """What stands in the way of ES modules, and SDK version 2, in functions of Gen 1."""
    if not is_gen1_function(file.whole_path):
        return
    for script in scripts(file):
        if script.exports:
            left = script.exports[0].field("left") or script.exports[0]
            yield Use(HandlerCode("exports", left.text()), *script.place(left))
        for call in script.requires:
            arguments = arguments_of(call)
            if arguments and literal(arguments[0]) is None:
                said = call.text() if len(call.text()) < 60 and "\n" not in call.text() else "require(…)"
                yield Use(HandlerCode("require", said), *script.place(call))
        for load in script.loads:
            if load.module == "aws-sdk" or load.module.startswith("aws-sdk/"):
                start, end = script.place(load.string)
                yield Use(HandlerCode("sdk", load.module), start + 1, end - 1)
