"""A piece of code that uses aws-amplify 5, as one for version 6: all of its uses, or none.

Half of a file in the words of one version and half in those of the other would work with neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from migrator.documents.source import Language, SourceFile
from migrator.documents.syntax import find_all, kind_of, literal, span, text_of
from migrator.engine.sources import Edit, Fix
from migrator.sources.declarations import EVERYTHING, Binding
from migrator.sources.frontend.calls import Rewrite, rewrite_call
from migrator.sources.frontend.expressions import contains
from migrator.sources.frontend.versions import gen1_name
from migrator.sources.script import Script, arguments_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode
    from migrator.sources.frontend.library import Found

TITLE = "Write it for aws-amplify 6."
_MOVED = {
    "Hub": ("aws-amplify/utils", "Hub"),
    "I18n": ("aws-amplify/utils", "I18n"),
    "Logger": ("aws-amplify/utils", "ConsoleLogger"),
    "ServiceWorker": ("aws-amplify/utils", "ServiceWorker"),
    "AmplifyProvider": ("@aws-amplify/ui-react", "ThemeProvider"),
    "Amplify": ("aws-amplify", "Amplify"),
}
"""Names whose calls stay as they are; only where they come from changes."""
_WITHIN = frozenset(("graphqlOperation", "GRAPHQL_AUTH_MODE", "CognitoHostedUIIdentityProvider"))
"""Names that only stand in the arguments of calls that are rewritten."""
_EVENTS = {"signIn": "signedIn", "signOut": "signedOut", "cognitoHostedUI": "signInWithRedirect"}
_NO_LONGER = (
    "signIn_failure signUp signUp_failure oAuthSignOut configured forgotPassword forgotPassword_failure userDeleted "
    "forgotPasswordSubmit forgotPasswordSubmit_failure parsingCallbackUrl cognitoHostedUI_failure codeFlow autoSignIn "
    "autoSignIn_failure completeNewPassword_failure"
)
_GONE = frozenset(_NO_LONGER.split())
"""Events that version 6 does not tell, or not in the same way."""
_IDENTIFIERS = [
    {"kind": "identifier"},
    {"kind": "type_identifier"},
    {"kind": "shorthand_property_identifier"},
    {"kind": "shorthand_property_identifier_pattern"},
]


def rewritten(script: Script, found: Sequence[Found], file: SourceFile) -> Fix | None:
    """The change of all uses in a piece of code; None when one of them is not certain."""
    made = script.__dict__.get("rewritten")
    if made is None:
        session = _Session(script, found, file)
        made = script.__dict__["rewritten"] = (session.fix(),)
    fix: Fix | None = made[0]
    return fix


class _Session:
    """The rewriting of one piece of code."""

    def __init__(self, script: Script, found: Sequence[Found], file: SourceFile) -> None:
        self.script = script
        self.found = found
        self.typed = file.language is Language.TYPESCRIPT or (
            file.language in (Language.VUE, Language.SVELTE) and re.search(r"\blang=[\"']tsx?", file.text) is not None
        )
        self._edits: list[Edit] = []
        self._imports: dict[str, dict[str, str]] = {}
        """Module, name in it, local name."""
        self._client = ""

    def fix(self) -> Fix | None:
        """The whole change."""
        if self.script.is_broken or not self._bindings_are_plain():
            return None
        if all(one.reference is None and one.use.name not in _MOVED for one in self.found):
            return None  # imports that nothing uses
        rewrites = [self._rewrite(one) for one in self.found]
        if any(rewrite is None for rewrite in rewrites):
            return None
        for one in rewrites:
            if isinstance(one, Rewrite):
                self._replace(one.node, one.text.replace("{}", self._local(one), 1))
        statements = self._statements()
        if not statements:
            return None
        self._write_imports(statements)
        return Fix(TITLE, tuple(sorted(self._edits, key=lambda edit: edit.start)))

    def _bindings_are_plain(self) -> bool:
        """Whether everything comes from imports at the top that name what they take."""
        ours = [binding for binding in self.script.bindings if gen1_name(binding.module, binding.name)]
        uses = {span(one.reference) for one in self.found if one.reference is not None}
        closing = "jsx_closing_element"
        for reference in self.script.references:
            if reference.binding in ours and span(reference.node) not in uses:
                name = gen1_name(reference.binding.module, reference.binding.name)
                if name != "Amplify" and kind_of(reference.node.parent()) != closing:
                    return False  # a type, or a use that is not understood
        plain = (binding.name != EVERYTHING and kind_of(binding.around) == "import_statement" for binding in ours)
        mocked = any(load.form.value == "mock" and gen1_module(load.module) for load in self.script.loads)
        types = any(re.match(r"import\s+type\b", text_of(binding.around)) for binding in ours)
        return all(plain) and bool(ours) and not mocked and not types and not self._beside_others(ours)

    def _beside_others(self, ours: Sequence[Binding]) -> bool:
        """Whether an import names something else as a whole: the module, or a default that is not ours."""
        places = {span(binding.around) for binding in ours}
        others = (binding for binding in self.script.bindings if binding not in ours)
        return any(span(one.around) in places and one.clause.kind() != "import_specifier" for one in others)

    def _rewrite(self, one: Found) -> Rewrite | bool | None:
        """What a use becomes: True when it stays, None when that is not certain."""
        name, member = one.use.name, one.use.member
        if one.reference is None:
            references = any(reference.binding == one.binding for reference in self.script.references)
            return True if name in _MOVED or name in _WITHIN or not references else None
        if name in _WITHIN:
            return True if self._is_within(one) else None
        if name == "Hub":
            return self._events(one)
        if name in _MOVED:
            return True
        if one.call is None or one.call.find(kind="comment") is not None:
            return None  # a comment in the call would get lost
        return rewrite_call(name, member, one.call, self.typed)

    def _is_within(self, one: Found) -> bool:
        """Whether it stands in the arguments of a call that is rewritten."""
        outer = (other.call for other in self.found if other.use.name in ("API", "Auth") and other.call is not None)
        return any(contains(call, one.shown) for call in outer)

    def _events(self, one: Found) -> bool | None:
        """The events of a listener by their new names."""
        if one.call is None or one.use.member not in ("listen", "dispatch"):
            return None
        arguments = arguments_of(one.call)
        if not arguments or literal(arguments[0]) is None or one.use.member == "dispatch":
            return True if arguments and literal(arguments[0]) not in (None, "auth") else None
        if literal(arguments[0]) != "auth":
            return True
        handler = arguments[1] if len(arguments) == 2 else None
        return True if handler is not None and self._renamed(handler) else None

    def _renamed(self, handler: SyntaxNode) -> bool:
        """Whether a handler asks for events by names that all have a new one; they are replaced."""
        if kind_of(handler) not in ("arrow_function", "function_expression"):
            return False
        strings = [(text, literal(text) or "") for text in find_all(self.script.top, {"kind": "string"})]
        inside = [(text, event) for text, event in strings if contains(handler, text)]
        if any(event in _GONE for _, event in inside):
            return False
        asked = [(text, event) for text, event in inside if event in _EVENTS]
        for text, event in asked:
            self._replace(text, f"{text.text()[0]}{_EVENTS[event]}{text.text()[0]}")
        return bool(asked) or re.match(r"\(\s*\)|function\s*\(\s*\)", handler.text()) is not None

    def _replace(self, node: SyntaxNode, text: str) -> None:
        edit = Edit(*self.script.place(node), text)
        if edit not in self._edits:
            self._edits.append(edit)

    def _local(self, rewrite: Rewrite) -> str:
        """The name by which a function is called here."""
        if rewrite.function != "generateClient":
            return self._imported(rewrite.module, rewrite.function)
        if not self._client:
            self._client = self._free("client")
            self._imported(rewrite.module, "generateClient")
        return self._client

    def _imported(self, module: str, name: str) -> str:
        for binding in self.script.bindings:
            if (binding.module, binding.name) == (module, name):
                return binding.local
        names = self._imports.setdefault(module, {})
        if name not in names:
            names[name] = self._free(name)
        return names[name]

    def _free(self, name: str) -> str:
        """The name, or another where something here is called so already."""
        taken = find_all(self.script.top, {"any": _IDENTIFIERS, "regex": f"^{re.escape(name)}$"})
        return f"amplify{name[0].upper()}{name[1:]}" if taken else name

    def _statements(self) -> Mapping[tuple[int, int], list[Binding]]:
        """The import statements that hold names of version 5, with those names."""
        found: dict[tuple[int, int], list[Binding]] = {}
        for binding in self.script.bindings:
            if gen1_name(binding.module, binding.name):
                found.setdefault(span(binding.around), []).append(binding)
        return found

    def _write_imports(self, statements: Mapping[tuple[int, int], list[Binding]]) -> None:
        """New import lines in the place of the old ones."""
        last = max(statements)
        kept: dict[tuple[int, int], tuple[str, list[str]]] = {}
        for place, bindings in statements.items():
            kept[place] = (bindings[0].module, list(self._kept(place, bindings)))
        quote, end = self._style(statements[last][0].around)
        for place, (module, names) in kept.items():
            lines = [f"import {{ {', '.join(names)} }} from {quote}{module}{quote}{end}"] if names else []
            if place == last:
                lines += list(self._new_lines(quote, end))
            start, stop = place[0] + self.script.start, place[1] + self.script.start
            if not lines:
                stop += re.compile(r"[ \t]*\r?\n?").match(self.script.text, place[1]).end() - place[1]  # type: ignore[union-attr]
            self._edits.append(Edit(start, stop, self._newline().join(lines)))
        if self._client:
            after = self.script.start + self._after_imports()
            gap = self._newline()
            self._edits.append(Edit(after, after, f"{gap}{gap}const {self._client} = {self._maker()}(){end}"))

    def _kept(self, place: tuple[int, int], bindings: Sequence[Binding]) -> Iterator[str]:
        """What a statement imports beside the names of version 5, and those that stay under another name."""
        ours = {span(binding.clause) for binding in bindings}
        for binding in self.script.bindings:
            if span(binding.around) == place and span(binding.clause) not in ours:
                yield binding.clause.text()
        for binding in bindings:
            name = gen1_name(binding.module, binding.name) or ""
            if name in _MOVED and self._stays(binding):
                module, now = _MOVED[name]
                said = now if binding.local == now else f"{now} as {binding.local}"
                if module == binding.module:
                    yield said
                else:
                    self._imports.setdefault(module, {})[now] = binding.local

    def _stays(self, binding: Binding) -> bool:
        """Whether the name is still used after the rewriting."""
        uses = [one for one in self.found if one.binding == binding and one.reference is not None]
        references = [ref for ref in self.script.references if ref.binding == binding]
        gone = [one for one in uses if one.use.name not in _MOVED]
        return len(gone) < len(references) or not references

    def _new_lines(self, quote: str, end: str) -> Iterator[str]:
        for module, names in sorted(self._imports.items()):
            said = ", ".join(name if name == local else f"{name} as {local}" for name, local in sorted(names.items()))
            yield f"import {{ {said} }} from {quote}{module}{quote}{end}"

    def _style(self, statement: SyntaxNode) -> tuple[str, str]:
        """The quote and the end of an import statement."""
        text = statement.text()
        return ('"' if '"' in text else "'"), (";" if text.endswith(";") else "")

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.script.text else "\n"

    def _maker(self) -> str:
        return self._imported("aws-amplify/api", "generateClient")

    def _after_imports(self) -> int:
        """The offset after the last import statement at the top."""
        tops = [child for child in self.script.top.children() if child.kind() == "import_statement"]
        return max(span(child)[1] for child in tops)


def gen1_module(name: str) -> bool:
    """Whether a module is one of the Amplify libraries."""
    return name == "aws-amplify" or name.startswith(("aws-amplify/", "@aws-amplify/"))
