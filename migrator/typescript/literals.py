"""The text of literals, keys and comments: what needs escaping, and how prettier would quote it."""

from __future__ import annotations

from migrator.typescript.identifiers import is_property_name

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\\": "\\\\"}
_UNSEEN = frozenset("\u2028\u2029\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Line separators, the byte order mark, and marks that change the direction of the text around them."""


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"\\x{code:02x}"
    if char in _UNSEEN or 0xD800 <= code <= 0xDFFF:
        return f"\\u{code:04x}"
    return char


def quoted(text: str) -> str:
    """The string literal: single quotes, unless double quotes need fewer escapes."""
    quote = '"' if text.count("'") > text.count('"') else "'"
    if text.isascii() and text.isprintable() and "\\" not in text and quote not in text:
        return quote + text + quote
    return quote + "".join(f"\\{char}" if char == quote else _escape(char) for char in text) + quote


def template_text(text: str) -> str:
    """The text between the backticks of a template; line ends and tabs stay as they are."""
    escaped = "".join(char if char in "\n\t" else _escape(char) for char in text)
    return escaped.replace("`", "\\`").replace("${", "\\${")


def number(value: float) -> str:
    """The number without a sign. Raises ValueError for NaN and the infinities, which have no literal."""
    if isinstance(value, int):
        return str(abs(value))
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"TypeScript has no literal for the number {value}")
    text = repr(abs(value)).removesuffix(".0").replace("e+", "e")
    mantissa, exponent, power = text.partition("e")
    return mantissa.removesuffix(".0") + exponent + power.replace("-0", "-")


def key(text: str) -> str:
    """The key of an object: bare where it can be. `__proto__` is computed, else it would set the prototype."""
    if text == "__proto__":
        return "['__proto__']"
    return text if is_property_name(text) else quoted(text)


def line_comment(text: str) -> tuple[str, ...]:
    """The text as `//` lines. A line end of any kind JavaScript knows begins a new line, so nothing escapes."""
    return tuple(f"// {line}".rstrip() for line in _lines(text))


def doc_comment(text: str) -> tuple[str, ...]:
    """The text as a `/** */` block, on one line when it is one; `*/` inside is defused."""
    lines = [line.replace("*/", "*\\/") for line in _lines(text)]
    if len(lines) == 1:
        return (f"/** {lines[0]} */".replace("  ", " ") if not lines[0] else f"/** {lines[0]} */",)
    return ("/**", *(f" * {line}".rstrip() for line in lines), " */")


def _lines(text: str) -> list[str]:
    for end in ("\r\n", "\r", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    visible = "".join(char if char in "\n\t\\" else _escape(char) for char in text)
    return [line.rstrip() for line in visible.split("\n")]
