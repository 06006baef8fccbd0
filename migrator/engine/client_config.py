"""What clients are told of a deployed Gen 1 backend, in the layout of `amplify_outputs.json`, with its own ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.core.secrets import REDACTED
from migrator.engine.context import Context
from migrator.engine.observed import ClientSchema
from migrator.engine.outputs import other_environments
from migrator.gen1.app import App
from migrator.gen1.exports import FrontEnd


class Lack(Struct, frozen=True):
    """A value that no file says; without one that is `needed`, clients can do nothing with the section."""

    what: str
    needed: bool = False
    hint: str = ""
    """Where else it can be had, besides from the account with `migrate fetch`."""


class Told(Struct, frozen=True):
    """A section of the file, or a part of one."""

    section: str
    values: Mapping[str, Any] = {}
    lacks: tuple[Lack, ...] = ()
    notes: tuple[Finding, ...] = ()
    resource: ResourceRef | None = None
    schema: ClientSchema = ClientSchema()
    """What the section's models are made of."""


def nothing_to_configure(context: Context) -> Iterable[Told]:
    """Of a category that clients are told nothing of."""
    return ()


def files_of(app: App) -> FrontEnd:
    """What front-end files say; nothing where they are those of another environment."""
    return FrontEnd() if is_of_another(app) else app.exports()


def is_of_another(app: App) -> bool:
    """Whether front-end files were written for another environment, by names in them or by one id that differs."""
    return names_another(app) or any(other_environments(app))


def names_another(app: App) -> bool:
    """Whether front-end files hold names that end with another environment's, or another one is checked out."""
    written_for = environment_of_files(app)
    return bool(app.env and written_for and written_for != app.env)


def environment_of_files(app: App) -> str:
    """The environment whose values front-end files hold; empty when that is not known.

    The CLI ends the names of buckets, tables and sign-in pages with the environment's, and writes files for the
    environment that is checked out.
    """
    files = app.exports()
    names = (files.bucket.value, files.oauth_domain.value.partition(".")[0], *files.tables.value)
    for name in filter(None, names):
        ended = [env for env in app.environments if name.endswith(f"-{env}")]
        if ended:
            return max(ended, key=len)
    return app.files.checked_out


def known(*said: str) -> str:
    """The first value that is one: no placeholder, and no mark of a secret that was left out."""
    return next((one for one in said if one and "${" not in one and one != REDACTED), "")
