"""JavaScript and TypeScript as what rules ask for: which modules are loaded, what their names are used for.

One parse and one query for each piece of code; every scanner of the file looks at the same result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.source import SourceFile
from migrator.documents.syntax import find_all, is_broken, kind_of, literal, parsed, span, text_of
from migrator.sources.declarations import Binding, Scopes, bound_names
from migrator.sources.uses import ImportForm

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_FILES = "aws-exports|amplifyconfiguration|awsconfiguration|amplify-dependent-resources-ref"
_MODULE = rf"(?:aws-amplify|@aws-amplify/|aws-sdk|[^'\"`\n]*(?:{_FILES}))"
_CLAUSE = re.compile(
    rf"(?:\b(?:import|export)\b(?P<clause>[^;'\"`()]{{1,4000}}?)\bfrom\s*['\"]{_MODULE}"
    rf"|(?P<bound>[\w$]+|\{{[^{{}}]{{1,2000}}\}})\s*=\s*(?:\(?\s*await\s+)?(?:require|import)\s*\(\s*['\"`]{_MODULE})"
)
_WORD = re.compile(r"[\w$]+")
_NO_NAMES = frozenset(("as", "type", "default", "from", "import"))
_STRINGS = [{"kind": "string"}, {"kind": "template_string"}]
_KEY_KINDS = ("property_identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern", "string")
_STARTS = re.compile(
    r"(?:[\w$]+\.)?(?:exec|execSync|spawn|spawnSync|execFile|execFileSync|execa|execaSync|execaCommand)"
)
_MOCKS = frozenset(
    ("mock", "unmock", "doMock", "dontMock", "setMock", "requireActual", "requireMock", "importActual", "importMock")
)
_TESTERS = frozenset(("jest", "vi", "vitest"))


class Load(NamedTuple):
    """A module that is loaded: its name, the string that says it, and the statement or call around it."""

    module: str
    form: ImportForm
    string: SyntaxNode
    around: SyntaxNode


class Reference(NamedTuple):
    """A place where a name that comes from a module is used."""

    binding: Binding
    node: SyntaxNode


class Script:
    """One piece of code. Offsets of nodes count from `start`, the place of the code in its file."""

    def __init__(self, start: int, top: SyntaxNode, gen1_function: bool) -> None:
        self.start = start
        self.top = top
        self.text = top.text()
        self._found = find_all(top, *_query(self.text, gen1_function))

    @cached_property
    def is_broken(self) -> bool:
        """Whether a part of it could not be parsed."""
        return is_broken(self.top)

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """The modules that are loaded, in the order of the text."""
        listed = (_load(node) for node in self._found if node.kind() in ("string", "template_string"))
        return tuple(load for load in listed if load is not None)

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The names that those modules are given."""
        return tuple(b for load in self.loads for b in bound_names(load.module, load.around))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Where those names are used; not where another thing of the same name is meant."""
        by_name = {binding.local: binding for binding in self.bindings}
        named = [node for node in self._found if node.text() in by_name and node.kind() in _NAME_KINDS]
        scopes = Scopes(named, self.bindings)
        used = (node for node in named if not scopes.declares(node) and not scopes.shadows(node))
        return tuple(Reference(by_name[node.text()], node) for node in used)

    @cached_property
    def keys(self) -> tuple[SyntaxNode, ...]:
        """Names that begin with `aws_`, as those in the Gen 1 configuration do."""
        return tuple(n for n in self._found if n.kind() in _KEY_KINDS and n.text().strip("'\"`").startswith("aws_"))

    @cached_property
    def environment(self) -> tuple[SyntaxNode, ...]:
        """`process.env.X`, `process.env['X']`, and patterns whose value is `process.env`."""
        kinds = ("member_expression", "subscript_expression", "variable_declarator")
        return tuple(node for node in self._found if node.kind() in kinds)

    @cached_property
    def exports(self) -> tuple[SyntaxNode, ...]:
        """Assignments to `exports` and `module.exports`, in functions of Gen 1."""
        return tuple(node for node in self._found if node.kind() == "assignment_expression")

    @cached_property
    def starts(self) -> tuple[SyntaxNode, ...]:
        """Calls of `child_process` and the like."""
        calls = (node for node in self._found if node.kind() == "call_expression")
        return tuple(node for node in calls if _STARTS.fullmatch(text_of(node.field("function"))))

    @cached_property
    def requires(self) -> tuple[SyntaxNode, ...]:
        """Calls of `require`, in functions of Gen 1."""
        calls = (node for node in self._found if node.kind() == "call_expression")
        return tuple(node for node in calls if text_of(node.field("function")) == "require")

    def place(self, node: SyntaxNode) -> tuple[int, int]:
        """The offsets of a node in the file."""
        start, end = span(node)
        return self.start + start, self.start + end


_NAME_KINDS = frozenset(
    (
        "identifier",
        "type_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
    )
)


def scripts(file: SourceFile) -> tuple[Script, ...]:
    """The pieces of code of a file; parsed once, whoever asks."""
    known = file.__dict__.get("scripts")
    if known is None:
        gen1_function = is_gen1_function(file.whole_path)
        known = tuple(Script(start, top, gen1_function) for start, top in parsed(file))
        file.__dict__["scripts"] = known
    found: tuple[Script, ...] = known
    return found


def is_gen1_function(path: str) -> bool:
    """Whether a file is code of a function in a Gen 1 backend."""
    return "/backend/function/" in path or path.startswith("backend/function/")


def _query(text: str, gen1_function: bool) -> Iterator[dict[str, object]]:
    yield {"any": _STRINGS, "regex": rf"^['\"`]{_MODULE}"}
    if names := _names(text):
        listed = "|".join(re.escape(name) for name in sorted(names))
        yield {"any": [{"kind": kind} for kind in sorted(_NAME_KINDS)], "regex": f"^(?:{listed})$"}
    if "aws_" in text:
        yield {"any": [{"kind": kind} for kind in _KEY_KINDS], "regex": "^['\"]?aws_[a-z]"}
    if "process.env" in text:
        yield {"kind": "member_expression", "regex": r"^process\.env\.[A-Z]"}
        yield {"kind": "subscript_expression", "regex": r"^process\.env\["}
        yield {"kind": "variable_declarator", "has": {"field": "value", "regex": r"^process\.env$"}}
    if "amplify" in text and _STARTS.search(text):
        yield {"kind": "call_expression", "has": {"field": "function", "regex": f"^(?:{_STARTS.pattern})$"}}
    if gen1_function:
        yield {"kind": "assignment_expression", "has": {"field": "left", "regex": r"^(?:module\.)?exports\b"}}
        yield {"kind": "call_expression", "has": {"field": "function", "regex": r"^require$"}}


def _names(text: str) -> set[str]:
    """Every word of clauses that name things of the modules; more than are bound, never fewer."""
    clauses = (match.group("clause") or match.group("bound") for match in _CLAUSE.finditer(text))
    return {word for clause in clauses for word in _WORD.findall(clause)} - _NO_NAMES


def _load(node: SyntaxNode) -> Load | None:
    module = literal(node)
    above = node.parent()
    if module is None or above is None:
        return None
    if above.kind() in ("import_statement", "export_statement"):
        return Load(module, ImportForm.IMPORT, node, above)
    if above.kind() == "import_require_clause":
        return Load(module, ImportForm.REQUIRE, node, above)
    call = above.parent() if above.kind() == "arguments" else None
    if call is None or call.kind() != "call_expression" or _first(above) != span(node):
        return None
    form = _form(text_of(call.field("function")))
    return Load(module, form, node, call) if form else None


def _first(arguments: SyntaxNode) -> tuple[int, int] | None:
    named = [child for child in arguments.children() if child.is_named() and child.kind() != "comment"]
    return span(named[0]) if named else None


def _form(function: str) -> ImportForm | None:
    if function in ("require", "require.resolve"):
        return ImportForm.REQUIRE
    if function == "import":
        return ImportForm.IMPORT
    owner, _, name = function.partition(".")
    name = name.partition("<")[0]
    return ImportForm.MOCK if name in _MOCKS and owner in _TESTERS else None


def arguments_of(call: SyntaxNode) -> Sequence[SyntaxNode]:
    """The arguments of a call, without comments."""
    listed = call.field("arguments")
    children = listed.children() if listed is not None and kind_of(listed) == "arguments" else []
    return [child for child in children if child.is_named() and child.kind() != "comment"]
