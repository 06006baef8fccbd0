"""A Gen 1 project on disk: its apps, their environments, indexes and resources. Nothing is written, nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.core.errors import ProjectError, UsageError
from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document
from migrator.documents.traced import Traced
from migrator.gen1.discovery import Gen2Backend, is_amplify, package_of, search
from migrator.gen1.entries import Entry
from migrator.gen1.findings import finding
from migrator.gen1.flags import FeatureFlags
from migrator.gen1.graph import Evidence
from migrator.gen1.layout import complete_without_build
from migrator.gen1.tree import Kind, Tree, join

if TYPE_CHECKING:
    from migrator.gen1.exports import FrontEnd
    from migrator.gen1.template import Template


class Verdict(StrEnum):
    """What a folder holds."""

    GEN1 = "gen1"
    GEN2 = "gen2"
    MIXED = "mixed"
    NONE = "none"


class EnvironmentChoice(UsageError):
    """An environment has to be chosen, or the one that was chosen does not exist."""

    def __init__(self, app: str, environments: tuple[str, ...], wanted: str | None) -> None:
        listed = ", ".join(environments)
        said = f"has no environment {wanted!r}" if wanted else "has several environments"
        super().__init__(f"{app} {said}; it has {listed}.", hint=f"Choose one: --env {environments[0]}")
        self.environments = environments


class App:
    """One Amplify app: a folder with an `amplify` folder in it, or a front end that was connected to one."""

    def __init__(
        self, tree: Tree, place: str, folder: str | None, front_ends: tuple[str, ...], env: str | None
    ) -> None:
        self.tree = tree
        self.place = place
        """The app's root, relative to the project's (`""` when they are the same)."""
        self.name = ""
        self._folder = folder
        self._front_ends = front_ends
        self._wanted = env
        self._findings: list[Finding] = []
        self._inspected = False
        find = tree.find
        self.backend = find(folder, "backend", kind=Kind.FOLDER) if folder is not None else None
        """The folder `amplify/backend`."""
        self.deployed = find(folder, "#current-cloud-backend", kind=Kind.FOLDER) if folder is not None else None
        """The folder `amplify/#current-cloud-backend`."""

    def __repr__(self) -> str:
        return f"App({self.name or self.place or '.'}, env {self.env}, {len(self.entries)} entries)"

    @property
    def root(self) -> Path:
        """The app's root folder."""
        return self.tree.path(self.place)

    @property
    def folder(self) -> Path | None:
        """The `amplify` folder; None for a front end alone."""
        return self.tree.path(self._folder) if self._folder is not None else None

    def note(self, found: Finding) -> None:
        """Adds a finding about the app, once."""
        if found not in self._findings:
            self._findings.append(found)

    @property
    def findings(self) -> list[Finding]:
        """What reading has shown so far, of the app and of its entries."""
        if not self._inspected:
            from migrator.gen1.inspect import note_missing_files, note_pending_changes, note_secrets  # they read all

            self._inspected = True
            note_missing_files(self)
            note_pending_changes(self)
            note_secrets(self)
        return [*self._findings, *(found for entry in self.entries for found in entry.findings)]

    # ---- index files

    def _read(self, folder: str | None, *names: str) -> Document | None:
        found = self.tree.find(folder, *names, kind=Kind.FILE) if folder is not None else None
        document = self.tree.document(found, self._findings)
        if document is not None and not isinstance(document.root, dict | list):
            self.note(finding("GEN005", "Expected an object; the file is not used.", Location(document.name)))
            return None
        return document

    @cached_property
    def config(self) -> Document | None:
        """`backend/backend-config.json`."""
        return self._read(self.backend, "backend-config.json")

    @cached_property
    def local_meta(self) -> Document | None:
        """`backend/amplify-meta.json`."""
        return self._read(self.backend, "amplify-meta.json")

    @cached_property
    def deployed_config(self) -> Document | None:
        """`#current-cloud-backend/backend-config.json`."""
        return self._read(self.deployed, "backend-config.json")

    @cached_property
    def deployed_meta(self) -> Document | None:
        """`#current-cloud-backend/amplify-meta.json`."""
        return self._read(self.deployed, "amplify-meta.json")

    @cached_property
    def team_file(self) -> Document | None:
        """`team-provider-info.json`, with all environments."""
        return self._read(self._folder, "team-provider-info.json")

    @cached_property
    def team(self) -> Document | None:
        """The chosen environment's part of `team-provider-info.json`."""
        if self.team_file is None or self.env is None:
            return None
        part = self.team_file.part(self.env)
        return part if isinstance(part.root, dict) else None

    @cached_property
    def root_stack(self) -> Document | None:
        """The root stack's template as it was deployed."""
        built = self._read(self.deployed, "awscloudformation", "build", "root-cloudformation-stack.json")
        return built or self._read(self.deployed, "awscloudformation", "nested-cloudformation-stack.yml")

    @property
    def has_index(self) -> bool:
        """Whether any file lists the resources."""
        return any((self.config, self.deployed_config, self.deployed_meta, self.local_meta))

    # ---- environment

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Names of the environments, as far as files list them."""
        root = self.team_file.root if self.team_file else None
        listed = [name for name, body in root.items() if isinstance(body, dict)] if isinstance(root, dict) else []
        return tuple(dict.fromkeys((*listed, *filter(None, (self._checked_out,)))))

    @cached_property
    def _checked_out(self) -> str:
        document = self._read(self._folder, ".config", "local-env-info.json")
        return Cursor(document, self._findings).get("envName").text().value if document else ""

    @cached_property
    def env(self) -> str | None:
        """The environment asked for, else the only one, else the one checked out; None when none of these is known."""
        if self._wanted:
            return self._wanted
        if len(self.environments) == 1:
            return self.environments[0]
        return self._checked_out or self._pulled

    @cached_property
    def _pulled(self) -> str | None:
        """The environment whose stack the deployed copy is of."""
        stack = self._provider(self.deployed_meta, "StackName").value
        return next((env for env in self.environments if stack and self._stack_of(env) == stack), None)

    def _stack_of(self, env: str) -> str:
        part = self.team_file.part(env, "awscloudformation", "StackName").root if self.team_file else None
        return part if isinstance(part, str) else ""

    def require_env(self) -> str:
        """The environment. Raises EnvironmentChoice when the user has to choose it first."""
        if self.env is None and self.environments:
            raise EnvironmentChoice(self.name, self.environments, None)
        return self.env or ""

    @property
    def without_environments(self) -> bool:
        """Whether the project was made by CLI 0.x, which knew no environments."""
        return self.team_file is None and self.tree.find(self.place, ".amplifyrc") is not None

    @cached_property
    def deployed_fits(self) -> bool:
        """Whether the deployed copy is of the chosen environment, as far as stack names tell."""
        stack = self._provider(self.deployed_meta, "StackName").value
        own = self._stack_of(self.env) if self.env else ""
        if not stack or not own or stack == own:
            return True
        message = f"The deployed copy is of the stack {stack}, not of the environment {self.env}; it is not used."
        place = Location(self.deployed_meta.name) if self.deployed_meta else None
        self.note(finding("GEN017", message, place, hint=f"Run `amplify env checkout {self.env}` to have its copy."))
        return False

    def _provider(self, document: Document | None, key: str) -> Traced[str]:
        if document is None:
            return Traced("")
        return Cursor(document, self._findings).get("providers", "awscloudformation", key).text()

    def _of_stack(self, key: str) -> Traced[str]:
        """What the index files say about the root stack of the chosen environment."""
        meta = self._provider(self.deployed_meta, key) if self.deployed_fits else Traced("")
        team = Cursor(self.team, self._findings).get("awscloudformation", key).text() if self.team else Traced("")
        local = self._provider(self.local_meta, key) if self.deployed_fits else Traced("")
        return meta.or_else(team).or_else(local)

    @cached_property
    def region(self) -> Traced[str]:
        """The AWS region, empty when it is not known."""
        known = self._of_stack("Region")
        return known if known.value else self.exports().region

    @cached_property
    def app_id(self) -> Traced[str]:
        """The Amplify app's id, empty when it is not known."""
        return self._of_stack("AmplifyAppId")

    @cached_property
    def stack_name(self) -> Traced[str]:
        """The name of the root stack, empty when it is not known."""
        return self._of_stack("StackName")

    @cached_property
    def permissions_boundary(self) -> Traced[str]:
        """ARN of the policy that bounds every role of the app, or empty."""
        team = self.team
        if team is None:
            return Traced("")
        return Cursor(team, self._findings).get("awscloudformation", "PermissionsBoundaryPolicyArn").text()

    # ---- settings of the app

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Settings files of the app itself, by role."""
        find = self._folder
        found: dict[str, Document | None] = {
            "project-config.json": self._read(find, ".config", "project-config.json"),
            "cli.json": self._read(find, "cli.json"),
            f"cli.{self.env}.json": self._read(find, f"cli.{self.env}.json") if self.env else None,
            "tags.json": self._read(self.backend, "tags.json"),
            "hooks/hooks-config.json": self._read(find, "hooks", "hooks-config.json"),
            "providers": _part(self.deployed_meta if self.deployed_fits else None, "providers")
            or _part(self.local_meta, "providers"),
            "team-provider": _part(self.team, "awscloudformation"),
            "parameters": _part(self.config, "parameters"),
        }
        for category in ("api", "auth"):
            for name in self._category_files(category):
                found[f"{category}/{name}"] = self._read(self.backend, category, name)
        return {role: document for role, document in found.items() if document is not None}

    def _category_files(self, category: str) -> list[str]:
        """Settings files that lie beside the resources of a category, such as `APIGatewayAuthStack.json`."""
        folder = self.tree.find(self.backend, category, kind=Kind.FOLDER) if self.backend is not None else None
        return [name for name in self.tree.names(folder) if name.endswith(".json")] if folder is not None else []

    def cursor(self, role: str) -> Cursor:
        """A document of the app; empty when there is none."""
        document = self.documents.get(role)
        if document is None:
            return Cursor(Document(self.root / role, join(self.place, role), None), self._findings).get("absent")
        return Cursor(document, self._findings)

    @cached_property
    def flags(self) -> FeatureFlags:
        """Feature flags of the Gen 1 CLI."""
        roles = (f"cli.{self.env}.json", "cli.json")
        return FeatureFlags(tuple(self.documents[role] for role in roles if role in self.documents))

    @property
    def tags(self) -> Cursor:
        """`tags.json`: a list of `Key` and `Value`."""
        return self.cursor("tags.json")

    @cached_property
    def hooks(self) -> tuple[str, ...]:
        """Paths of the hook scripts that run (not of the samples)."""
        folder = self.tree.find(self._folder, "hooks", kind=Kind.FOLDER) if self._folder is not None else None
        names = self.tree.names(folder) if folder is not None else {}
        scripts = (name for name, kind in names.items() if kind is Kind.FILE and name.startswith(("pre-", "post-")))
        return tuple(join(folder or "", name) for name in scripts if not name.endswith(".sample"))

    @cached_property
    def root_override(self) -> Path | None:
        """`backend/awscloudformation/override.ts`."""
        found = self.tree.find(self.backend, "awscloudformation", "override.ts") if self.backend is not None else None
        return self.tree.path(found) if found else None

    @cached_property
    def cli_version(self) -> str:
        """The newest CLI version that a template names as its maker; empty when none does."""
        templates = [self.root_stack, *(entry.documents.get("template") for entry in self.entries)]
        versions = {_created_with(template) for template in templates if template is not None}
        return max(versions, key=_numbers, default="")

    # ---- resources

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every resource that an index names or a folder shows."""
        from migrator.gen1.inventory import read_entries  # it needs this class

        return read_entries(self)

    @cached_property
    def _by_ref(self) -> Mapping[ResourceRef, Entry]:
        return {entry.ref: entry for entry in self.entries}

    def entry(self, ref: ResourceRef) -> Entry | None:
        """The resource of that name."""
        return self._by_ref.get(ref)

    def of(self, category: str, service: str | None = None) -> tuple[Entry, ...]:
        """The resources of a category, or of one service in it."""
        return tuple(e for e in self.entries if e.ref.category == category and service in (None, e.service))

    @cached_property
    def evidence(self) -> Evidence:
        """That of the weakest resource; what needs no build says nothing when others do."""
        built = [e for e in self.entries if not complete_without_build(e.ref.category, e.service)]
        found = [entry.evidence for entry in built or self.entries]
        return max(found, key=lambda evidence: evidence.rank, default=Evidence.SOURCE)

    def root_template(self) -> Template | None:
        """The root stack as it was deployed."""
        from migrator.gen1.template import Template  # only when it is asked for

        return Template(self.root_stack, {}, self._findings) if self.root_stack is not None else None

    # ---- front end

    @cached_property
    def front_ends(self) -> tuple[Document, ...]:
        """The configuration files of front ends, `aws-exports.js` and its like."""
        from migrator.gen1.exports import read_front_end  # only for apps with a front end

        found = (read_front_end(self.tree, path, self._findings) for path in self._front_ends)
        return tuple(document for document in found if document is not None)

    def exports(self) -> FrontEnd:
        """What the front-end files know: ids, regions, modes."""
        return self._exports

    @cached_property
    def _exports(self) -> FrontEnd:
        from migrator.gen1.exports import FrontEnd, front_end

        return front_end(self.front_ends, self._findings) if self.front_ends else FrontEnd()


class Project(Struct, frozen=True):
    """Everything that was found below a folder."""

    root: Path
    apps: tuple[App, ...]
    gen2: tuple[Gen2Backend, ...]
    tree: Tree

    @property
    def verdict(self) -> Verdict:
        """Whether the folder holds Gen 1, Gen 2, both or neither."""
        backends = any(app.folder is not None for app in self.apps)
        if self.gen2:
            return Verdict.MIXED if backends else Verdict.GEN2
        return Verdict.GEN1 if self.apps else Verdict.NONE

    @property
    def findings(self) -> list[Finding]:
        """What listing the folders has shown, of no app in particular."""
        return list(self.tree.findings)


def discover(path: Path | str, env: str | None = None) -> Project:
    """The project at a folder: its root, its `amplify` folder, or a monorepo with several.

    Raises ProjectError when the folder cannot be read, EnvironmentChoice when no app has the environment asked for.
    """
    root, start = _root(Path(path))
    tree = Tree(root, [])
    found = search(tree, start)
    if start and start not in found.amplify:
        found = search(tree)
    apps = _apps(tree, found.amplify, found.front_ends, env)
    if start:
        apps = tuple(app for app in apps if app._folder == start) or apps
    known = [app for app in apps if app.environments]
    if env and known and len(known) == len(apps) and not any(env in app.environments for app in known):
        _name(apps)
        raise EnvironmentChoice(known[0].name, known[0].environments, env)
    _name(apps)
    return Project(root, apps, tuple(found.gen2), tree)


def _root(path: Path) -> tuple[Path, str]:
    """The project's root, and the `amplify` folder when that is what was named."""
    try:
        root = path.expanduser().resolve(strict=True)
        if not root.is_dir():
            raise ProjectError(f"{path} is a file, not a folder.", hint="Name the folder of the project.")
        next(root.iterdir(), None)
    except FileNotFoundError:
        raise ProjectError(f"There is no folder {path}.", hint="Name the folder of the project.") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise ProjectError(f"{path} cannot be read: {reason}.", hint="Name a folder that you may read.") from None
    if root.name.lower() == "backend" and is_amplify(Tree(root.parent, []), ""):
        root = root.parent
    if root.parent != root and is_amplify(Tree(root, []), ""):
        return root.parent, root.name
    return root, ""


def _apps(tree: Tree, folders: list[str], front_ends: list[str], env: str | None) -> tuple[App, ...]:
    places = {folder.rpartition("/")[0]: folder for folder in folders}
    files: dict[str, list[str]] = {place: [] for place in places}
    for file in front_ends:
        owners = [place for place in places if not place or file.startswith(f"{place}/")]
        owner = max(owners, key=len, default=None)
        if owner is None:
            owner = next(iter(places)) if len(places) == 1 else package_of(tree, file)
        files.setdefault(owner, []).append(file)
    return tuple(App(tree, place, places.get(place), tuple(found), env) for place, found in files.items())


def _name(apps: tuple[App, ...]) -> None:
    """Gives each app its project's name, or its place where two projects have the same."""
    names = [app.cursor("project-config.json").get("projectName").text().value or app.root.name for app in apps]
    for app, name in zip(apps, names, strict=True):
        app.name = name if names.count(name) == 1 else app.place or name


def _part(document: Document | None, key: str) -> Document | None:
    part = document.part(key) if document is not None else None
    return part if part is not None and isinstance(part.root, dict) else None


def _created_with(document: Document) -> str:
    import json

    description = document.root.get("Description") if isinstance(document.root, dict) else None
    if not isinstance(description, str) or "createdWith" not in description:
        return ""
    try:
        maker = json.loads(description)
    except ValueError:
        return ""  # a description in words
    version = maker.get("createdWith") if isinstance(maker, dict) else None
    return version if isinstance(version, str) else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-")[0].split(".") if part.isdigit())
