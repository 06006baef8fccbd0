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


class LibraryUse(Node, frozen=True):
    """Something that the Amplify libraries have in another form, or not at all, since they know Gen 2."""

    name: str = ""
    """What version 5 and older call it: `Auth`, `graphqlOperation`, `AmplifyAuthenticator`."""
    member: str = ""
    """`signIn` of `Auth.signIn`."""
    said: str = ""
    """Name and member as written."""
    now: str = ""
    """What takes its place, where one thing does."""


class Configuration(Node, frozen=True):
    """A call of `Amplify.configure`, or of a category's `configure`, with what Gen 1 has."""

    said: str = ""
    """What is called."""
    form: str = "file"
    """`file` of the Gen 1 CLI, its `keys` written out, or settings by `category` as before version 6."""


class ConfigurationKey(Node, frozen=True):
    """A key of the Gen 1 configuration that code reads."""

    key: str = ""
    now: str = ""
    """Its path in `amplify_outputs.json`; empty when there is none."""


class StorageKey(Node, frozen=True):
    """A file named by a key and an access level, where Gen 2 has whole paths."""

    said: str = ""
    """The function or component."""
    by: str = ""
    """`level`, `accessLevel`, `key`, `imgKey`, …"""
    level: str = ""
    """`private`, `protected`, `guest`, `public`; empty when it is not a plain text."""


class EnvironmentVariable(Node, frozen=True):
    """An environment variable that Gen 1 gives to functions."""

    name: str = ""
    category: str = ""
    """`api` of `API_SHOP_GRAPHQLAPIIDOUTPUT`; `environment` for ENV, `region` for REGION."""
    now: str = ""
    """The variable that holds the same value in every function of Gen 2."""


class HandlerCode(Node, frozen=True):
    """How the code of a Gen 1 function is written."""

    kind: str = ""
    """`exports` (CommonJS), `require` (of what only the run shows), `sdk` (AWS SDK for JavaScript v2)."""
    said: str = ""


class ConfigurationRead(Node, frozen=True):
    """Code that opens a file of the Gen 1 CLI."""

    name: str = ""


class NativeUse(Node, frozen=True):
    """Something in Swift, Kotlin, Java or Dart that belongs to Gen 1 or to an SDK that Gen 2 has no place for."""

    kind: str = ""
    """`configure`, `file`, `datastore`, `analytics`, `predictions`, `sdk`."""
    said: str = ""


class FeatureFlag(Node, frozen=True):
    """A flag in `cli.json`."""

    name: str = ""
    """As `section.flag`, in small letters."""
    value: str = ""


class Gen1File(Node, frozen=True):
    """A file that only the Gen 1 CLI reads."""

    path: str = ""
    kind: str = ""
    """`hook`, or `codegen` (`.graphqlconfig.yml`)."""


class CommittedSecret(Node, frozen=True):
    """Something in a file that must not be in a repository."""

    name: str = ""


class Dependency(Node, frozen=True):
    """A package that `package.json` asks for."""

    name: str = ""
    version: str = ""
    major: int = -1
    """-1: it is not fixed, or not a number."""
    pinned: bool = True
    """False for `*`, `latest` and no version at all."""
    beside: tuple[str, ...] = ()
    """Other packages of the same file that do not go with it."""


class GeneratedCode(Node, frozen=True):
    """Client code that `amplify codegen` made from a schema that has changed since."""

    name: str = ""
    """The type or operation that one of the two lacks."""
    missing: str = ""
    """`code` or `schema`: where it is missing."""


class GraphqlType(Node, frozen=True):
    """A model in a schema of a Gen 1 backend."""

    name: str = ""
    authorized: bool = True
    """Whether it, or the schema as a whole, has authorization rules."""


class GraphqlRule(Node, frozen=True):
    """An authorization rule whose meaning is another in Gen 2, or that Gen 2 has no word for."""

    allow: str = ""
    provider: str = ""
    on: str = ""
    kind: str = ""
    """`queries` (words of version 1), `identity` (another claim), `public`, `guest`, `oidc`, `private-iam`."""


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


class SideBySide(Node, frozen=True):
    """A Gen 1 and a Gen 2 backend in one `amplify` folder."""

    folder: str = ""


class TeamProviderInfo(Node, frozen=True):
    """The file with the environments' accounts, buckets and secrets."""

    path: str = ""


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
