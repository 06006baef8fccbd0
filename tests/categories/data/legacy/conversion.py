"""Short ways to convert a schema of transformer 1."""

from __future__ import annotations

from migrator.categories.data.legacy.convert import converted
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Conversion, Deployed
from migrator.categories.data.model import AuthMode, SchemaFile

OPEN = "@auth(rules: [{ allow: private }])"
"""A rule that leaves nothing to be added."""


def conversion(text: str, mode: AuthMode = AuthMode.USER_POOL, pluralized: bool = False) -> Conversion:
    """The conversion of one file; `OPEN` may be written as `@open`."""
    return converted([SchemaFile("schema.graphql", text.replace("@open", OPEN))], Deployed(mode, pluralized))


def after(text: str, mode: AuthMode = AuthMode.USER_POOL, pluralized: bool = False) -> str:
    """The text for transformer 2, with `@open` again where it was."""
    return conversion(text, mode, pluralized).files[0].text.replace(OPEN, "@open")


def changes(text: str, kind: ChangeKind, mode: AuthMode = AuthMode.USER_POOL) -> list[tuple[str, str]]:
    """Places and texts of the changes of one kind."""
    return [(one.place, one.text) for one in conversion(text, mode).changes if one.kind is kind]
