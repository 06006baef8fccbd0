"""The text of what stays SDL beside the types of `a.schema`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from migrator.categories.data.sdl import ROOTS, Definition, parse
from migrator.categories.data.sdl_text import printed_directive


def rest_text(texts: Iterable[str], rest: Collection[str], typed: Iterable[Definition]) -> str:
    """The definitions and operations named in `rest`, as they are written, with their comments.

    `typed` are the definitions of `a.schema`: a root type that is there already is extended.
    """
    held = frozenset(definition.name for definition in typed)
    known = set(held)
    parts = [part for text in texts for part in _parts(text, rest, held, known)]
    return "\n\n".join(parts) + "\n"


def _parts(text: str, rest: Collection[str], held: frozenset[str], known: set[str]) -> Iterator[str]:
    """The parts of one text; of the types that `a.schema` holds, its patches have the directives."""
    for definition in parse(text):
        if definition.name in rest:
            yield text[definition.above : definition.end].strip()
        elif definition.name in ROOTS and definition.kind == "type":
            fields = [f for f in definition.fields if f"{definition.name}.{f.name}" in rest]
            if fields:
                lines = "\n".join(f"  {text[f.above : f.end].strip()}" for f in fields)
                word = "extend type" if definition.name in known else "type"
                known.add(definition.name)
                said = () if definition.name in held else map(printed_directive, definition.directives)
                yield f"{' '.join((word, definition.name, *said))} {{\n{lines}\n}}"
