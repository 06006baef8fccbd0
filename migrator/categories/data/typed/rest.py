"""The text of what stays SDL beside the types of `a.schema`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from migrator.categories.data.sdl import ROOTS, Definition, parse


def rest_text(texts: Iterable[str], rest: Collection[str], typed: Iterable[Definition]) -> str:
    """The definitions and operations named in `rest`, as they are written, with their comments.

    `typed` are the definitions of `a.schema`: a root type that is there already is extended.
    """
    known = {definition.name for definition in typed}
    parts = [part for text in texts for part in _parts(text, rest, known)]
    return "\n\n".join(parts) + "\n"


def _parts(text: str, rest: Collection[str], known: set[str]) -> Iterator[str]:
    for definition in parse(text):
        if definition.name in rest:
            yield text[definition.above : definition.end].strip()
        elif definition.name in ROOTS and definition.kind == "type":
            fields = [f for f in definition.fields if f"{definition.name}.{f.name}" in rest]
            if fields:
                lines = "\n".join(f"  {text[f.above : f.end].strip()}" for f in fields)
                word = "extend type" if definition.name in known else "type"
                known.add(definition.name)
                yield f"{word} {definition.name} {{\n{lines}\n}}"
