"""The class of a custom stack, read as syntax and carried over by edits; its code is never run.

Gen 1 makes a stack of the class and hands it `env` and outputs of other resources as parameters. Gen 2 nests the stack
and hands them to its constructor: the class becomes a `NestedStack`, so that all its resources keep their logical ids.
https://docs.amplify.aws/gen1/react/tools/cli/custom/cdk/
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.categories.custom.cdk_imports import Imports, imports
from migrator.categories.custom.cdk_names import CodeName, names_of
from migrator.categories.custom.cdk_props import Outputs, props_type
from migrator.categories.custom.cdk_questions import argument_of, is_loose, is_stack, unpacked, without_comments
from migrator.categories.custom.cdk_text import Chain, Edits, chain
from migrator.documents.source import NotScanned
from migrator.documents.syntax import field, find_all, is_broken, kind_of, literal, root, span, text_of
from migrator.typescript.build import obj
from migrator.typescript.nodes import Member, Name
from migrator.typescript.printer import print_node

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

BRANCH = "props.branch"
_NOT_HERE = re.compile(r"\brequire\s*\(|\bprocess\.cwd\b|\b__filename\b")
_ABOVE = re.compile(r"__dirname[^;]*\.\.[/\\'\"`, ]+\.\.")


class StackCode(Struct, frozen=True):
    """The class in Gen 2's words, and what its constructor is to be given."""

    text: str
    name: str
    needs: Outputs = {}
    outputs: tuple[str, ...] = ()
    """Ids of its `CfnOutput`s."""
    names: tuple[CodeName, ...] = ()
    """What it calls resources and exports of which only one can be called so."""
    files: tuple[str, ...] = ()
    """Modules beside it that it imports, without their endings."""
    reasons: tuple[str, ...] = ()
    """Why it cannot be carried over; the rest means nothing then."""


def stack_code(text: str, wanted: str, project: str, *, strict: bool = True, rename: Collection[str] = ()) -> StackCode:
    """The class under the name `wanted`. The names in `rename` (by their keys) get an ending."""
    try:
        tree = root(text, "typescript")
    except NotScanned as refused:
        return StackCode("", wanted, reasons=(str(refused),))
    if is_broken(tree):
        return StackCode("", wanted, reasons=("it cannot be parsed",))
    return _Carrying(text, tree, wanted, project, strict, rename).result()


class _Carrying:
    """One class on its way."""

    def __init__(
        self, text: str, tree: SyntaxNode, wanted: str, project: str, strict: bool, rename: Collection[str]
    ) -> None:
        self._text = text
        self._tree = tree
        self._wanted = wanted
        self._project = project
        self._strict = strict
        self._rename = rename
        self._edits = Edits()
        self._reasons: dict[str, None] = {}
        self._needs: dict[str, dict[str, set[str]]] = {}
        self._imports: Imports = imports(tree)
        self._start = 0
        """Where the statement with the class begins."""

    def result(self) -> StackCode:
        """What became of it."""
        self._refuse(*self._imports.reasons)
        code = without_comments(self._text, self._tree)
        if _NOT_HERE.search(code):
            self._refuse("it needs CommonJS or the folder that it is run in")
        if _ABOVE.search(code):
            self._refuse("it reads files outside of its folder")
        self._class()
        self._parameters()
        self._calls()
        names = names_of(self._tree)
        for at, ending in (edit for name in names if name.key in self._rename for edit in name.edits):
            self._edits.replace(at, at, ending)
        for edit in self._imports.edits:
            self._edits.replace(*edit)
        self._edits.replace(
            self._start, self._start, props_type(self._wanted, self._needed(), folder=self._imports.needs_folder)
        )
        made = self._edits.applied(self._text).lstrip()
        words = find_all(root(made, "typescript"), {"kind": "identifier"}, {"kind": "type_identifier"})
        leftover = next((one.text() for one in words if one.text() in self._imports.helpers), "")
        if leftover:
            self._refuse(f"{leftover} is used in a way that is not known")
        outputs = tuple(self._outputs())
        head = self._head()
        files, reasons = self._imports.files, tuple(self._reasons)
        return StackCode(head + made, self._wanted, self._needed(), outputs, names, files, reasons)

    def _refuse(self, *reasons: str) -> None:
        self._reasons |= dict.fromkeys(reasons)

    # ---- the class and its constructor

    def _class(self) -> None:
        found = [one for one in find_all(self._tree, {"kind": "class_declaration"}) if is_stack(one)]
        if len(found) != 1:
            self._refuse("it has no class that extends Stack" if not found else "it has several stacks")
            return
        own = found[0]
        name = text_of(field(own, "name"))
        for one in find_all(self._tree, {"kind": "type_identifier"}, {"kind": "identifier"}):
            if one.text() == name:
                self._edits.replace(*span(one), self._wanted)
        extended = own.find(kind="extends_clause")
        base = field(extended, "value")
        if base is not None:
            self._edits.replace(*span(base), self._imports.nested(base.text()))
        above = own.parent()
        exported = above is not None and above.kind() == "export_statement"
        self._start = span(above if above is not None and exported else own)[0]
        if not exported:
            self._edits.replace(self._start, self._start + len("class"), "export class")
        methods = (one for one in own.find_all(kind="method_definition"))
        made = next((one for one in methods if text_of(field(one, "name")) == "constructor"), None)
        if made is None:
            self._refuse("its class has no constructor")
            return
        self._constructor(made)

    def _constructor(self, made: SyntaxNode) -> None:
        parameters = field(made, "parameters")
        listed = [] if parameters is None else [one for one in parameters.children() if "parameter" in one.kind()]
        words = [text_of(field(one, "pattern")) for one in listed] + [""] * 4
        scope, id, props, resource = words[:4]
        if not scope or not id or parameters is None:
            self._refuse("its constructor has other parameters than Gen 1's")
            return
        self._edits.replace(*span(parameters), f"({scope}: Construct, {id}: string, props: {self._wanted}Props)")
        inside = [span(parameters)]
        for one in find_all(made, {"kind": "call_expression"}):
            if text_of(field(one, "function")) == "super":
                self._edits.replace(*span(one), f"super({scope}, {id})")
                inside.append(span(one))
        for one in find_all(self._tree, {"kind": "identifier"}):
            if any(start <= span(one)[0] < end for start, end in inside):
                continue
            if one.text() == resource:
                self._of_resource(one)
            elif one.text() in (props, "props"):
                self._refuse("it uses the properties that Gen 1 hands to its stack")

    def _of_resource(self, used: SyntaxNode) -> None:
        """`amplifyResourceProps.category` and `.resourceName`: only Gen 1's own call needs them."""
        above = used.parent()
        while above is not None and above.kind() in ("non_null_expression", "member_expression"):
            above = above.parent()
        call = above.parent() if kind_of(above) == "arguments" and above is not None else None
        if text_of(field(call, "function")).rpartition(".")[2] != "addResourceDependency":
            self._refuse("it uses its own category or name")

    # ---- what the CLI's library gave

    def _parameters(self) -> None:
        """`new cdk.CfnParameter(this, 'env', …)` is gone: the branch is handed to the constructor."""
        for one in find_all(self._tree, {"kind": "new_expression"}):
            if text_of(field(one, "constructor")).rpartition(".")[2] != "CfnParameter":
                continue
            name = argument_of(one, 1)
            if name != "env":
                if "default" not in one.text():
                    self._refuse(f"it has a parameter of its own, {name or 'whose name is code'}")
                continue
            self._drop(one, ".valueAsString", BRANCH)

    def _drop(self, made: SyntaxNode, suffix: str, instead: str) -> None:
        """Takes a statement out; where it makes a constant, its uses (with the suffix) become something else."""
        above = made.parent()
        if kind_of(above) == "variable_declarator" and above is not None:
            name, outer = text_of(field(above, "name")), above.parent()
            for use in find_all(self._tree, {"kind": "identifier"}):
                if use.text() != name or span(use) == span(field(above, "name") or use):
                    continue
                around = use.parent()
                if around is None or around.text() != name + suffix:
                    self._refuse(f"{name} is used in a way that is not known")
                else:
                    self._edits.replace(*span(around), instead)
            above = outer
        if above is None or kind_of(above) not in ("expression_statement", "lexical_declaration"):
            self._refuse("it hands the parameter `env` on")
            return
        self._edits.remove_line(*span(above), self._text)
        before = above.prev()
        if before is not None and before.kind() == "comment" and "Amplify CLI" in before.text():
            self._edits.remove_line(*span(before), self._text)

    def _calls(self) -> None:
        for one in find_all(self._tree, {"kind": "call_expression"}):
            words = text_of(field(one, "function")).split(".")
            if words[-1] == "getProjectInfo" and words[0] in self._imports.helpers:
                info = obj({"envName": Member(Name("props"), "branch"), "projectName": self._project})
                self._edits.replace(*span(one), print_node(info))
            elif words[-1] == "addResourceDependency" and words[0] in self._imports.helpers:
                self._dependency(one)
        for one in find_all(self._tree, {"kind": "call_expression"}):
            if text_of(field(one, "function")).split(".")[-2:] == ["Fn", "ref"]:
                self._reference(one)

    def _dependency(self, call: SyntaxNode) -> None:
        above = call.parent()
        if (
            kind_of(above) in ("as_expression", "satisfies_expression", "parenthesized_expression")
            and above is not None
        ):
            above = above.parent()
        if kind_of(above) == "expression_statement" and above is not None:
            self._edits.remove_line(*span(above), self._text)
            return
        name = field(above, "name") if kind_of(above) == "variable_declarator" else None
        if above is None or name is None or name.kind() != "identifier":
            self._refuse("it takes the outputs of other resources in a way that is not known")
            return
        self._edits.replace(span(name)[1], span(above)[1], " = props.dependencies")
        for use in find_all(self._tree, {"kind": "identifier"}):
            if use.text() == name.text() and span(use) != span(name):
                self._need(chain(use))

    def _need(self, used: Chain) -> None:
        """An output: in Gen 1 the name of a parameter, which only `Fn.ref` makes a value of; here the value itself."""
        above = used.above
        outputs = [used.steps[2]] if len(used.steps) > 2 else unpacked(above) if len(used.steps) == 2 else []
        if not outputs:
            self._refuse("it hands all outputs of another resource on")
            return
        call = above.parent() if kind_of(above) == "arguments" and above is not None else None
        if kind_of(above) != "variable_declarator" and text_of(field(call, "function")).split(".")[-1] != "ref":
            self._refuse("it uses the name of a parameter for something else than its value")
        category, resource = used.steps[:2]
        self._needs.setdefault(category, {}).setdefault(resource, set()).update(outputs)

    def _reference(self, call: SyntaxNode) -> None:
        """`cdk.Fn.ref(…)` of a parameter: the value itself is at hand."""
        arguments = [one for one in (field(call, "arguments") or call).children() if one.is_named()]
        if len(arguments) != 1:
            return
        said = literal(arguments[0])
        if said == "env":
            self._edits.replace(*span(call), BRANCH)
        elif said is None:
            start, end = span(arguments[0])
            self._edits.replace(span(call)[0], start, "")
            self._edits.replace(end, span(call)[1], "")
        elif not said.startswith("AWS::"):
            self._refuse(f"it refers to the parameter {said} by its name")

    # ---- what it gives and takes

    def _outputs(self) -> Iterator[str]:
        for one in find_all(self._tree, {"kind": "new_expression"}):
            if text_of(field(one, "constructor")).rpartition(".")[2] == "CfnOutput":
                name = argument_of(one, 1)
                first = (field(one, "arguments") or one).child(1)
                if name and text_of(first) == "this":
                    yield name

    def _needed(self) -> Outputs:
        return {
            category: {name: tuple(sorted(outputs)) for name, outputs in sorted(resources.items())}
            for category, resources in sorted(self._needs.items())
        }

    def _head(self) -> str:
        """Imports that it lacks now."""
        loose = not self._strict and is_loose(self._tree)
        lines = ["// @ts-nocheck Gen 1 compiled it without strict checks"] if loose else []
        lines += self._imports.added()
        return "".join(f"{line}\n" for line in lines)
