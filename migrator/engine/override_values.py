"""Values of an `override.ts` as nodes of TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from migrator.documents.literal import Dialect, LiteralError, read_literal
from migrator.documents.syntax import field, kind_of, text_of
from migrator.gen2.backend import Often
from migrator.gen2.cdk import branch_name
from migrator.typescript.build import lit
from migrator.typescript.nodes import Arr, Comment, Expr, Lit, Obj, Property, Template, Undefined

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode


BRANCH = Often("branch", branch_name())
"""The branch that is deployed, in the place of the environment's name."""
_WRAPPED = ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")


class Values:
    """What expressions mean: literals, constants, and the names of environment and project."""

    def __init__(self, info: str, project: str, held: Callable[[SyntaxNode], Expr | None] = lambda one: None) -> None:
        self._info = info
        """The parameter `amplifyProjectInfo`."""
        self._project = project
        self._held = held
        """What a part of the resources holds."""
        self._known: dict[str, Expr] = {}

    def let(self, name: str, value: Expr) -> None:
        """Takes in what a name stands for."""
        self._known[name] = value

    def forget(self, name: str) -> None:
        """Takes note that a name stands for something else now."""
        self._known.pop(name, None)

    def remember(self, declared: SyntaxNode) -> bool:
        """Takes a constant in; whether its value is known."""
        name, value = field(declared, "name"), field(declared, "value")
        said = self.expression(value) if value is not None else None
        if said is None or name is None or name.kind() != "identifier":
            return False
        self._known[name.text()] = said
        return True

    def is_env(self, one: SyntaxNode) -> bool:
        """Whether an expression is the name of the environment."""
        return self.expression(one) == BRANCH

    def text(self, one: SyntaxNode | None) -> str | None:
        """The text that an expression gives, None when it gives no plain text."""
        said = self.expression(one) if one is not None else None
        return said.value if isinstance(said, Lit) and isinstance(said.value, str) else None

    def expression(self, one: SyntaxNode) -> Expr | None:
        """The node of an expression; None for code that is not known."""
        match one.kind():
            case "string" | "number" | "true" | "false" | "null" | "unary_expression":
                return _literal(one.text())
            case "undefined":
                return Undefined()
            case "identifier" | "shorthand_property_identifier":
                return Undefined() if one.text() == "undefined" else self._known.get(one.text())
            case "template_string":
                return self._template(one)
            case "object":
                return self._object(one)
            case "array":
                return self._array(one)
            case "member_expression" | "subscript_expression":
                return self._of_info(one) or self._held(one)
            case kind if kind in _WRAPPED:
                inner = next((child for child in one.children() if child.is_named()), None)
                return self.expression(inner) if inner is not None else None
        return None

    def _of_info(self, one: SyntaxNode) -> Expr | None:
        if not self._info or text_of(field(one, "object")).rstrip("?!") != self._info:
            return None
        known: dict[str, Expr] = {"envName": BRANCH, "projectName": Lit(self._project)}
        return known.get(text_of(field(one, "property")))

    def _template(self, one: SyntaxNode) -> Expr | None:
        parts: list[str | Expr] = []
        for child in one.children():
            if child.kind() == "escape_sequence":
                return None
            if child.kind() == "string_fragment":
                parts.append(child.text())
            elif child.kind() == "template_substitution":
                inner = next((each for each in child.children() if each.is_named()), None)
                said = self.expression(inner) if inner is not None else None
                if said is None or isinstance(said, Obj | Arr | Undefined):
                    return None
                parts.append(str(said.value) if isinstance(said, Lit) else said)
        return _joined(parts)

    def _object(self, one: SyntaxNode) -> Expr | None:
        properties: list[Property] = []
        for child in one.children():
            if not child.is_named() or child.kind() == "comment":
                continue
            if child.kind() == "spread_element":
                spread = self._spread(child)
                if not isinstance(spread, Obj):
                    return None
                properties += (each for each in spread.props if isinstance(each, Property))
                continue
            key, value = field(child, "key"), field(child, "value")
            name = self._key(key) if kind_of(child) == "pair" else child.text()
            said = self.expression(value if value is not None else child)
            if child.kind() not in ("pair", "shorthand_property_identifier") or name is None or said is None:
                return None
            properties.append(Property(name, said))
        return Obj(tuple(properties))

    def _key(self, key: SyntaxNode | None) -> str | None:
        if key is None or key.kind() == "computed_property_name":
            return None
        if key.kind() == "property_identifier":
            return key.text()
        said = _literal(key.text())
        return str(said.value) if isinstance(said, Lit) else None

    def _array(self, one: SyntaxNode) -> Expr | None:
        items: list[Expr | Comment] = []
        for child in one.children():
            if not child.is_named() or child.kind() == "comment":
                continue
            if child.kind() == "spread_element":
                spread = self._spread(child)
                if not isinstance(spread, Arr):
                    return None
                items += spread.items
                continue
            said = self.expression(child)
            if said is None:
                return None
            items.append(said)
        return Arr(tuple(items))

    def _spread(self, one: SyntaxNode) -> Expr | None:
        inner = next((child for child in one.children() if child.is_named()), None)
        return self.expression(inner) if inner is not None else None


def _literal(text: str) -> Expr | None:
    try:
        found = read_literal(text, 0, Dialect.JAVASCRIPT)
    except LiteralError:
        return None
    value = found.value
    if found.unreadable or found.end != len(text) or isinstance(value, list | dict):
        return None
    try:
        return lit(value)
    except ValueError:
        return None  # a number that TypeScript has no literal for


def _joined(parts: list[str | Expr]) -> Expr:
    """Neighbouring texts as one."""
    kept: list[str | Expr] = []
    for part in parts:
        if isinstance(part, str) and kept and isinstance(kept[-1], str):
            kept[-1] += part
        elif isinstance(part, Template):
            kept += part.parts
        else:
            kept.append(part)
    if all(isinstance(part, str) for part in kept):
        return Lit("".join(str(part) for part in kept))
    return Template(tuple(kept))
