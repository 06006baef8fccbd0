"""A schema as a document: its types, fields and directives are settings like those of any other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from migrator.categories.data.sdl import Definition, Directive
from migrator.documents.document import Document, Json, Pointer


class SchemaDocument(Document):
    """A schema file as the ledger counts it: types, fields and directives."""

    __slots__ = ("_offsets", "_source", "keys")

    def __init__(self, path: Path, name: str, text: str, definitions: Sequence[Definition]) -> None:
        self._offsets: dict[Pointer, int] = {}
        self._source = text
        super().__init__(path, name, dict(self._members(definitions)), text)
        self.keys = tuple(self.root) if isinstance(self.root, dict) else ()
        """The member of each definition."""

    def _members(self, definitions: Sequence[Definition]) -> Iterator[tuple[str, Json]]:
        names = _Names()
        for definition in definitions:
            name = names.free(definition.name)
            yield name, self._definition(definition, (name,))

    def _definition(self, definition: Definition, at: Pointer) -> dict[str, Json]:
        self._offsets[at] = definition.start
        found: dict[str, Json] = {"kind": definition.kind}
        found |= self._directives(definition.directives, at)
        words = (*definition.interfaces, *definition.members, *(value.name for value in definition.values))
        if words:
            found["of"] = list(words)
        if definition.fields:
            fields: dict[str, Json] = {}
            for field in definition.fields:
                place = (*at, "fields", field.name)
                self._offsets[place] = field.start
                fields[field.name] = {
                    "type": field.type,
                    **({"arguments": {a.name: a.type for a in field.arguments}} if field.arguments else {}),
                    **self._directives(field.directives, place),
                }
            found["fields"] = fields
        return found

    def _directives(self, directives: Sequence[Directive], at: Pointer) -> dict[str, Json]:
        names = _Names()
        found: dict[str, Json] = {}
        for directive in directives:
            name = names.free(f"@{directive.name}")
            self._offsets[(*at, name)] = directive.start
            found[name] = dict(directive.arguments)
        return found

    def _position(self, pointer: Pointer) -> tuple[int, int]:
        from migrator.documents.literal import line_and_column  # only needed when a place is shown

        while pointer and pointer not in self._offsets:
            pointer = pointer[:-1]
        return line_and_column(self._source, self._offsets.get(pointer, 0))


class _Names:
    """Keys of an object for names that may come twice (`extend type`, two `@index` on one field)."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def free(self, name: str) -> str:
        """The name, with a number from the second time on."""
        number = self._seen[name] = self._seen.get(name, 0) + 1
        return name if number == 1 else f"{name} {number}"
