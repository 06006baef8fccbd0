"""Python as a syntax tree. Only this module and what it is handed to know LibCST (https://libcst.readthedocs.io)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import NotScanned, SourceFile

if TYPE_CHECKING:
    import libcst


class PythonCode:
    """The calls and subscripts of a module, with their offsets."""

    def __init__(self, text: str) -> None:
        _check(text)
        from libcst import MetadataWrapper, ParserSyntaxError, parse_module
        from libcst.metadata import ByteSpanPositionProvider

        try:
            wrapper = MetadataWrapper(parse_module(text), unsafe_skip_copy=True)
            self._spans = wrapper.resolve(ByteSpanPositionProvider)
        except ParserSyntaxError as error:
            raise NotScanned(f"Not readable as Python: {error.message} (line {error.raw_line})") from None
        except (RecursionError, ValueError) as error:
            raise NotScanned(f"Not readable as Python: {error}") from None
        self._bytes = text.encode("utf-8", "surrogatepass")
        self.nodes = tuple(_walk(wrapper.module))

    def place(self, node: libcst.CSTNode) -> tuple[int, int]:
        """The offsets of a node, in characters."""
        span = self._spans[node]
        start = len(self._bytes[: span.start].decode("utf-8", "surrogatepass"))
        return start, start + len(self._bytes[span.start : span.start + span.length].decode("utf-8", "surrogatepass"))


def _check(text: str) -> None:
    """Raises NotScanned for what Python itself refuses: LibCST ends the program where code is nested too deep."""
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        raise NotScanned(f"Not readable as Python: {error.msg} (line {error.lineno or 1})") from None
    except (RecursionError, MemoryError):
        raise NotScanned("Not readable as Python: nested too deep") from None
    except ValueError as error:
        raise NotScanned(f"Not readable as Python: {error}") from None


def python_code(file: SourceFile) -> PythonCode:
    """The code of a file; parsed once, whoever asks. Raises NotScanned for what is no Python."""
    known = file.__dict__.get("python_code")
    if known is None:
        known = file.__dict__["python_code"] = PythonCode(file.text)
    found: PythonCode = known
    return found


def _walk(module: libcst.Module) -> Iterator[libcst.CSTNode]:
    """Every call and subscript, in the order of the text; without recursion, since code may be nested deep."""
    import libcst as cst

    waiting: list[cst.CSTNode] = [module]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Call | cst.Subscript):
            yield node
        waiting.extend(reversed(node.children))


def dotted(node: libcst.CSTNode) -> str:
    """`os.environ.get` of a name or an attribute; empty for anything else."""
    import libcst as cst

    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    return ".".join(reversed([*parts, node.value])) if isinstance(node, cst.Name) else ""


def plain(node: libcst.CSTNode) -> str | None:
    """The value of a string that is written in one piece; None for anything else."""
    import libcst as cst

    if isinstance(node, cst.SimpleString) and isinstance(node.evaluated_value, str):
        return node.evaluated_value
    return None
