"""The statements of an `override.ts`, read as syntax; its code is never run.

Known are assignments to properties of `resources`, calls of CDK's escape hatches, constants, and conditions on the name
of the environment. Values may be literals, constants, and texts with the names of environment and project.
https://docs.amplify.aws/gen1/react/tools/cli/project/override/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.categories.overrides.values import Values
from migrator.documents.source import NotScanned
from migrator.documents.syntax import field, find_all, is_broken, kind_of, literal, root, text_of
from migrator.typescript.nodes import Expr

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

METHODS = frozenset(("addPropertyOverride", "addOverride", "addDeletionOverride", "addPropertyDeletionOverride"))
"""CDK's escape hatches (https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html)."""


class Statement(Struct, frozen=True):
    """A statement: the steps from `resources`, and what is written there. Without steps it is not understood."""

    line: int
    text: str
    steps: tuple[str, ...] = ()
    values: tuple[Expr, ...] = ()
    is_call: bool = False
    env: str = ""


def statements(text: str, project: str) -> tuple[Statement, ...]:
    """Every statement of the exported function `override`."""
    try:
        tree = root(text, "typescript")
    except NotScanned:
        return (Statement(1, text.strip()),)
    if is_broken(tree):
        return (Statement(1, text.strip()),)
    function = _function(tree)
    body = field(function, "body")
    if function is None or body is None or body.kind() != "statement_block":
        return (Statement(1, text.strip()),)
    reading = _Reading(function, project)
    reading.remember(tree)
    return tuple(reading.of(body, ""))


def _function(tree: SyntaxNode) -> SyntaxNode | None:
    for one in find_all(tree, {"kind": "function_declaration"}):
        if text_of(field(one, "name")) == "override":
            return one
    for one in find_all(tree, {"kind": "variable_declarator"}):
        if text_of(field(one, "name")) == "override" and kind_of(field(one, "value")) == "arrow_function":
            return field(one, "value")
    return None


class _Reading:
    """One function, with what its names mean."""

    def __init__(self, function: SyntaxNode, project: str) -> None:
        parameters = field(function, "parameters")
        listed = [] if parameters is None else [one for one in parameters.children() if "parameter" in one.kind()]
        words = [text_of(field(one, "pattern")) for one in listed] + ["", ""]
        self._aliases: dict[str, tuple[str, ...]] = {words[0]: ()} if words[0] else {}
        self._values = Values(words[1], project)

    def remember(self, tree: SyntaxNode) -> None:
        """Constants beside the function."""
        for one in tree.children():
            inner = field(one, "declaration") if one.kind() == "export_statement" else one
            if inner is not None and inner.kind() == "lexical_declaration":
                for declared in inner.find_all(kind="variable_declarator"):
                    self._values.remember(declared)

    def of(self, block: SyntaxNode, env: str) -> Iterator[Statement]:
        """The statements of a block that is run in an environment."""
        for one in block.children():
            if one.is_named() and one.kind() not in ("comment", "empty_statement"):
                yield from self._statement(one, env)

    def _statement(self, one: SyntaxNode, env: str) -> Iterator[Statement]:
        line, text = one.range().start.line + 1, one.text()
        if one.kind() == "lexical_declaration":
            if not all(self._constant(declared) for declared in one.find_all(kind="variable_declarator")):
                yield Statement(line, text, env=env)
            return
        if one.kind() == "if_statement" and (own := self._condition(one)) and not env:
            block = field(one, "consequence")
            if block is not None and field(one, "alternative") is None:
                yield from self.of(block, own) if block.kind() == "statement_block" else self._statement(block, own)
                return
        inner = next((child for child in one.children() if child.is_named()), None)
        found = self._expression(inner) if one.kind() == "expression_statement" and inner is not None else None
        if found is None:
            yield Statement(line, text, env=env)
        else:
            steps, values, is_call = found
            yield Statement(line, text, steps, values, is_call, env)

    def _constant(self, declared: SyntaxNode) -> bool:
        """Takes a constant in: a value, or a part of `resources`."""
        name, value = field(declared, "name"), field(declared, "value")
        if name is None or value is None or name.kind() != "identifier":
            return False
        steps = self._steps(value)
        if steps is not None:
            self._aliases[name.text()] = steps
            return True
        return self._values.remember(declared)

    def _condition(self, one: SyntaxNode) -> str:
        """The environment of `if (amplifyProjectInfo.envName === 'prod')`; empty for another condition."""
        said = field(one, "condition")
        test = next((child for child in said.children() if child.kind() == "binary_expression"), None) if said else None
        if test is None or text_of(field(test, "operator")) not in ("==", "==="):
            return ""
        left, right = field(test, "left"), field(test, "right")
        if left is not None and self._values.is_env(left):
            return literal(right) or ""
        return (literal(left) or "") if right is not None and self._values.is_env(right) else ""

    def _expression(self, one: SyntaxNode) -> tuple[tuple[str, ...], tuple[Expr, ...], bool] | None:
        if one.kind() == "assignment_expression":
            target, value = field(one, "left"), field(one, "right")
            steps = self._steps(target) if target is not None else None
            said = self._values.expression(value) if value is not None else None
            return (steps, (said,), False) if steps and said is not None else None
        if one.kind() == "call_expression":
            called, arguments = field(one, "function"), field(one, "arguments")
            steps = self._steps(called) if called is not None else None
            listed = [child for child in arguments.children() if child.is_named()] if arguments else []
            said_all = [self._values.expression(child) for child in listed]
            values = tuple(value for value in said_all if value is not None)
            if steps and steps[-1] in METHODS and len(values) == len(listed):
                return steps, values, True
        return None

    def _steps(self, one: SyntaxNode) -> tuple[str, ...] | None:
        """The way from `resources` to a property; None for anything else."""
        match one.kind():
            case "identifier":
                return self._aliases.get(one.text())
            case "non_null_expression" | "parenthesized_expression" | "as_expression":
                inner = next((child for child in one.children() if child.is_named()), None)
                return self._steps(inner) if inner is not None else None
            case "member_expression":
                step: str | None = text_of(field(one, "property"))
            case "subscript_expression":
                index = field(one, "index")
                step = index.text() if index is not None and index.kind() == "number" else literal(index)
                step = step if step is not None else self._values.text(index)
            case _:
                return None
        owner = field(one, "object")
        above = self._steps(owner) if owner is not None else None
        return (*above, step) if above is not None and step else None
