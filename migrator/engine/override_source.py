"""The statements of an `override.ts`, read as syntax; its code is never run.

Known are assignments to properties of `resources`, calls of CDK's escape hatches, constants, and conditions on the name
of the environment. Values may be literals, constants, and texts with the names of environment and project. Where it is
known what the resources hold, values may be parts of them, and loops may go over their keys.
https://docs.amplify.aws/gen1/react/tools/cli/project/override/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from migrator.documents.source import NotScanned
from migrator.documents.syntax import field, find_all, is_broken, kind_of, literal, root, text_of
from migrator.engine.override_flow import assigned_names, changed_names, leaves
from migrator.engine.override_values import Values
from migrator.typescript.build import expr
from migrator.typescript.nodes import Expr, Lit

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

METHODS = frozenset(("addPropertyOverride", "addOverride", "addDeletionOverride", "addPropertyDeletionOverride"))
"""CDK's escape hatches (https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html)."""
ADDITIONS = frozenset(("addCfnResource", "addCfnOutput", "addCfnParameter", "addCfnMapping", "addCfnCondition"))
"""Methods of `resources` itself: each adds a part to the template."""
Steps: TypeAlias = tuple[str, ...]
Shown: TypeAlias = Callable[[Steps], Any]
"""What stands at a place of the resources when a statement is reached, as data; None where nobody knows."""


def nothing_shown(steps: Steps) -> Any:
    """Of resources that are not known."""
    return None


class Statement(Struct, frozen=True):
    """A statement: the steps from `resources`, and what is written there. Without steps it is not understood."""

    line: int
    text: str
    steps: tuple[str, ...] = ()
    values: tuple[Expr, ...] = ()
    is_call: bool = False
    env: str = ""


def statements(text: str, project: str, shown: Shown = nothing_shown) -> Iterator[Statement]:
    """Every statement of the exported function `override`, in its order: what one `shown` gives may be what the ones
    before it have made."""
    whole = Statement(1, text.strip())
    try:
        tree = root(text, "typescript")
    except NotScanned:
        yield whole
        return
    function = None if is_broken(tree) else _function(tree)
    body = field(function, "body")
    if function is None or body is None or body.kind() != "statement_block":
        yield whole
        return
    reading = _Reading(function, tree, project, shown)
    reading.remember(tree)
    yield from reading.of(body, "")


def _function(tree: SyntaxNode) -> SyntaxNode | None:
    for one in find_all(tree, {"kind": "function_declaration"}):
        if text_of(field(one, "name")) == "override":
            return one
    for one in find_all(tree, {"kind": "variable_declarator"}):
        if text_of(field(one, "name")) == "override" and kind_of(field(one, "value")) == "arrow_function":
            return field(one, "value")
    return None


def _keys_of(one: SyntaxNode | None) -> SyntaxNode | None:
    """What `Object.keys(…)` gets."""
    if one is None or one.kind() != "call_expression" or text_of(field(one, "function")) != "Object.keys":
        return None
    arguments = field(one, "arguments")
    return next((child for child in arguments.children() if child.is_named()), None) if arguments else None


def _for_each(one: SyntaxNode) -> tuple[SyntaxNode | None, SyntaxNode | None, SyntaxNode | None]:
    """The parts of `Object.keys(…).forEach((name) => {…})`: what is gone through, the name, the block."""
    call = next((child for child in one.children() if child.is_named()), None)
    called = field(call, "function") if kind_of(call) == "call_expression" else None
    arguments = field(call, "arguments") if called is not None else None
    if called is None or arguments is None or text_of(field(called, "property")) != "forEach":
        return None, None, None
    arrow = next((child for child in arguments.children() if child.kind() == "arrow_function"), None)
    name = field(arrow, "parameter") if arrow is not None else None
    if name is None and arrow is not None and (listed := field(arrow, "parameters")) is not None:
        names = [field(child, "pattern") for child in listed.children() if "parameter" in child.kind()]
        name = names[0] if len(names) == 1 else None
    return _keys_of(field(called, "object")), name, field(arrow, "body") if arrow is not None else None


class _Reading:
    """One function, with what its names mean."""

    def __init__(self, function: SyntaxNode, tree: SyntaxNode, project: str, shown: Shown) -> None:
        parameters = field(function, "parameters")
        listed = [] if parameters is None else [one for one in parameters.children() if "parameter" in one.kind()]
        words = [text_of(field(one, "pattern")) for one in listed] + ["", ""]
        self._assigned, self._changed = assigned_names(tree), changed_names(tree)
        self._aliases: dict[str, Steps] = {words[0]: ()} if words[0] and words[0] not in self._assigned else {}
        self._shown = shown
        self._is_in_loop = False
        self._may_have_returned = False
        self._values = Values(words[1], project, self._known)

    def remember(self, tree: SyntaxNode) -> None:
        """Constants beside the function."""
        for one in tree.children():
            inner = field(one, "declaration") if one.kind() == "export_statement" else one
            if inner is not None and inner.kind() == "lexical_declaration":
                for declared in inner.find_all(kind="variable_declarator"):
                    self._constant(declared)

    def of(self, block: SyntaxNode, env: str) -> Iterator[Statement]:
        """The statements of a block that is run in an environment."""
        for one in block.children():
            if not one.is_named() or one.kind() in ("comment", "empty_statement"):
                continue
            if self._may_have_returned:
                yield Statement(one.range().start.line + 1, one.text(), env=env)
                continue
            yield from self._statement(one, env)
            self._may_have_returned = self._may_have_returned or leaves(one)

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
        if not self._is_in_loop and (loop := self._loop(one)) is not None:
            for made in self._of_loop(*loop, env):  # what only one environment does cannot be said of the whole loop
                yield Statement(line, text, env=env) if made.env else replace(made, line=line, text=text)
            return
        inner = next((child for child in one.children() if child.is_named()), None)
        found = self._expression(inner) if one.kind() == "expression_statement" and inner is not None else None
        if found is None:
            yield Statement(line, text, env=env)
        else:
            steps, values, is_call = found
            yield Statement(line, text, steps, values, is_call, env)

    def _of_loop(self, name: str, keys: tuple[str, ...], block: SyntaxNode, env: str) -> Iterator[Statement]:
        self._is_in_loop = True  # loops in loops soon are more than anybody means
        for key in keys:
            self._values.let(name, Lit(key))
            yield from self.of(block, env)
        self._is_in_loop = False

    def _loop(self, one: SyntaxNode) -> tuple[str, tuple[str, ...], SyntaxNode] | None:
        """A loop over keys of what the resources hold: the name that stands for each, the keys, and the block."""
        if one.kind() == "for_in_statement":
            over, name, block = field(one, "right"), field(one, "left"), field(one, "body")
            over = over if text_of(field(one, "operator")) == "in" else _keys_of(over)
        else:
            over, name, block = _for_each(one)
        if over is None or name is None or name.kind() != "identifier" or kind_of(block) != "statement_block":
            return None
        steps = self._steps(over)
        held = self._shown(steps) if steps is not None else None
        return (name.text(), tuple(held), block) if isinstance(held, Mapping) and block is not None else None

    def _known(self, one: SyntaxNode) -> Expr | None:
        """What a part of the resources holds, as a value."""
        steps = self._steps(one)
        held = self._shown(steps) if steps is not None else None
        return None if held is None else expr(held)

    def _constant(self, declared: SyntaxNode) -> bool:
        """Takes a constant in: a value, or a part of `resources`."""
        name, value = field(declared, "name"), field(declared, "value")
        self._values.forget(text_of(name))
        if name is None or value is None or name.kind() != "identifier" or name.text() in self._assigned:
            return False
        steps = self._steps(value)
        if steps is not None:
            self._aliases[name.text()] = steps
            return True
        return name.text() not in self._changed and self._values.remember(declared)

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

    def _expression(self, one: SyntaxNode) -> tuple[Steps, tuple[Expr, ...], bool] | None:
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
            known = steps and (steps[-1] in METHODS if len(steps) > 1 else steps[0] in ADDITIONS)
            if steps and known and len(values) == len(listed):
                return steps, values, True
        return None

    def _steps(self, one: SyntaxNode) -> Steps | None:
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
