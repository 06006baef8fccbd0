"""The nodes of rules about source code: what scanners find."""

from __future__ import annotations

from enum import StrEnum

from migrator.gen1.graph import Node


class ImportForm(StrEnum):
    """How a module is named in JavaScript or TypeScript."""

    IMPORT = "import"
    """`import … from`, `import "…"`, `import("…")`, `export … from`."""
    REQUIRE = "require"
    """`require("…")`, `require.resolve("…")`."""
    MOCK = "mock"
    """A test replaces the module: `jest.mock("…")`, `vi.mock("…")`."""


class Import(Node, frozen=True):
    """A module that JavaScript or TypeScript code loads."""

    module: str = ""
    """As it is written: `./aws-exports`."""
    form: ImportForm = ImportForm.IMPORT


class Place(StrEnum):
    """Where a command stands."""

    BUILD = "build"
    """Something runs it: a script, a workflow, a Makefile, a Dockerfile, `package.json`."""
    DOCUMENTATION = "documentation"
    """Somebody is told to run it."""


class Command(Node, frozen=True):
    """A command of the Gen 1 CLI, or one that installs it."""

    verb: str = ""
    """`push` of `amplify push` and `amplify api push`; `amplifyPush`; `install` where the CLI itself is installed."""
    topic: str = ""
    """The word that comes with the verb: `auth` of `amplify add auth`, `models` of `amplify codegen models`."""
    said: str = ""
    """Program, verb and topic as written."""
    place: Place = Place.BUILD


class FolderKind(StrEnum):
    """What a folder of the Gen 1 CLI is for."""

    SOURCE = "source"
    """The backend as it is edited: `amplify/backend`."""
    DEPLOYED = "deployed"
    """A copy of what was deployed: `amplify/#current-cloud-backend`."""


class Gen1Folder(Node, frozen=True):
    """A folder that the Gen 1 CLI keeps."""

    path: str = ""
    kind: FolderKind = FolderKind.SOURCE


class ConfigurationFile(Node, frozen=True):
    """A file that the Gen 1 CLI writes for front ends."""

    name: str = ""


class GraphqlSchema(Node, frozen=True):
    """A schema of a Gen 1 backend."""

    models: int = 0
    directives: tuple[str, ...] = ()
    """The names of all directives in it."""


class GraphqlDirective(Node, frozen=True):
    """A directive in a schema of a Gen 1 backend."""

    name: str = ""
    on: str = ""
    """The type, or the field as `Type.field`."""
