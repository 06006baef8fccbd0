"""What a bundle, which is a strict ES module, cannot run: names that are assigned without being declared."""

from __future__ import annotations

import re

from migrator.categories.function.scanner import Script

_WORDS = """
    exports module require process global globalThis console Buffer window self location document undefined
    __dirname __filename arguments this super default case else do try finally return
"""
_GLOBALS = frozenset(_WORDS.split())
"""Names that need no declaration, and words that may stand before `=` in a misread line."""
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_ASSIGNED = re.compile(
    r"(?:^|[;{}]|\bfor\s*\(|\bthen\b|\belse\b|=>)\s*(?P<name>[A-Za-z_$][\w$]*)\s*(?:[-+*/%&|^]|\*\*|<<|>>>?|\?\?|&&|\|\|)?=(?![=>])",
    re.MULTILINE,
)
_DECLARATION = re.compile(r"\b(?:var|let|const)\b(?P<rest>[^;]*?)(?:;|\bof\b|\bin\b|$)", re.DOTALL)
_PARAMETERS = re.compile(r"\((?P<list>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?:=>|\{)|(?P<single>[A-Za-z_$][\w$]*)\s*=>")
_NAMED = re.compile(r"\b(?:function\s*\*?|class|import|as|enum|namespace)\s+(?P<name>[A-Za-z_$][\w$]*)")
_CLASS = re.compile(r"\bclass\b[^{}();]*$")
_LOOPS = re.compile(r"\b(?:for|while|if|switch|with)\s*(?:await\s*)?$")
_WITH = re.compile(r"(?<![\w.$])with\s*\(")


def undeclared_assignment(script: Script) -> int | None:
    """The offset of the first assignment to a name that is declared nowhere in the file; None when there is none."""
    if script.is_strict:
        return None
    code = script.code
    found = next(_WITH.finditer(code), None)
    if found:
        return found.start()
    known = _declared(code)
    for match in _ASSIGNED.finditer(code):
        name = match["name"]
        at = match.start("name")
        if name not in known and not _continues(code, at) and not _in_class_body(code, at):
            return at
    return None


def _in_class_body(code: str, at: int) -> bool:
    """Whether a place is directly in a class, where `x = 1` is a field."""
    opened: list[bool] = []
    for brace in re.finditer(r"[{}]", code[:at]):
        if brace.group() == "{":
            opened.append(bool(_CLASS.search(code, max(0, brace.start() - 200), brace.start())))
        elif opened:
            opened.pop()
    return bool(opened) and opened[-1]


def _continues(code: str, at: int) -> bool:
    """Whether the line continues a declaration (`var a = 1,` and on the next line `b = 2`) or an object."""
    before = code[:at].rstrip()
    return before.endswith((",", "(", "[", "=", ":", "?", "&&", "||", "+", ".")) and not before.endswith("for (")


def _declared(code: str) -> set[str]:
    """Every name that some declaration mentions: rather one too many than one too few."""
    known = set(_GLOBALS)
    for match in _DECLARATION.finditer(code):
        known.update(_WORD.findall(match["rest"]))
    for match in _PARAMETERS.finditer(code):
        if _LOOPS.search(code, max(0, match.start() - 20), match.start()):
            continue
        known.update(_WORD.findall(match["list"] or match["single"] or ""))
    known.update(match["name"] for match in _NAMED.finditer(code))
    for match in re.finditer(r"\bimport\b([^;'\"]*)", code):
        known.update(_WORD.findall(match[1]))
    return known
