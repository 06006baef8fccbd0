"""One Amplify app: its environment, its settings and its resources. Nothing is written, nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from migrator.core.errors import UsageError
from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document
from migrator.documents.traced import Traced
from migrator.gen1.entries import Entry
from migrator.gen1.findings import finding
from migrator.gen1.flags import FeatureFlags
from migrator.gen1.graph import Evidence
from migrator.gen1.index_files import IndexFiles
from migrator.gen1.layout import categories, complete_without_build, settings_beside
from migrator.gen1.tree import Kind, Tree, join

if TYPE_CHECKING:
    from migrator.gen1.exports import FrontEnd
    from migrator.gen1.template import Template


class EnvironmentChoice(UsageError):
    """An environment has to be chosen, or the one that was chosen does not exist."""

    def __init__(self, app: str, environments: tuple[str, ...], wanted: str | None) -> None:
        listed = ", ".join(environments)
        said = f"has no environment {wanted!r}" if wanted else "has several environments"
        super().__init__(f"{app} {said}; it has {listed}.", hint=f"Choose one: --env {environments[0]}")
        self.app = app
        self.environments = environments
        self.wanted = wanted


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
        self.files = IndexFiles(tree, folder, self._findings)
        """The files that list resources and environments."""

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

    @property
    def backend(self) -> str | None:
        """The folder `amplify/backend`, relative to the project's root."""
        return self.files.backend

    @property
    def root_stack(self) -> Document | None:
        """The root stack's template as it was deployed."""
        return self.files.root_stack

    # ---- environment

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Names of the environments, as far as files list them."""
        return self.files.environments

    @cached_property
    def team(self) -> Document | None:
        """The chosen environment's part of `team-provider-info.json`."""
        if self.files.team_file is None or self.env is None:
            return None
        part = self.files.team_file.part(self.env)
        return part if isinstance(part.root, dict) else None

    @cached_property
    def env(self) -> str | None:
        """The environment asked for, else the only one, else the one checked out; None when none of these is known."""
        if self._wanted:
            return self._wanted
        if len(self.environments) == 1:
            return self.environments[0]
        return self.files.checked_out or self._pulled

    @cached_property
    def _pulled(self) -> str | None:
        """The environment whose stack the deployed copy is of."""
        stack = self.files.provider(self.files.deployed_meta, "StackName").value
        return next((env for env in self.environments if stack and self.files.stack_of(env) == stack), None)

    def require_env(self) -> str:
        """The environment. Raises EnvironmentChoice when the user has to choose it first, or chose one of others."""
        if self.environments and self.env not in self.environments:
            raise EnvironmentChoice(self.name, self.environments, self._wanted)
        return self.env or ""

    @property
    def without_environments(self) -> bool:
        """Whether the project was made by CLI 0.x, which knew no environments."""
        return self.files.team_file is None and self.tree.find(self.place, ".amplifyrc") is not None

    @cached_property
    def deployed_fits(self) -> bool:
        """Whether the deployed copy is of the chosen environment, as far as stack names tell."""
        stack = self.files.provider(self.files.deployed_meta, "StackName").value
        own = self.files.stack_of(self.env) if self.env else ""
        if not stack or not own or stack == own:
            return True
        message = f"The deployed copy is of the stack {stack}, not of the environment {self.env}; it is not used."
        place = Location(self.files.deployed_meta.name) if self.files.deployed_meta else None
        self.note(finding("GEN017", message, place, hint=f"Run `amplify env checkout {self.env}` to have its copy."))
        return False

    def _of_stack(self, key: str) -> Traced[str]:
        """What the index files say about the root stack of the chosen environment."""
        meta = self.files.provider(self.files.deployed_meta, key) if self.deployed_fits else Traced("")
        team = Cursor(self.team, self._findings).get("awscloudformation", key).text() if self.team else Traced("")
        local = self.files.provider(self.files.local_meta, key) if self.deployed_fits else Traced("")
        return meta.or_else(team).or_else(local)

    @cached_property
    def region(self) -> Traced[str]:
        """The AWS region, empty when it is not known."""
        known = self._of_stack("Region")
        return known if known.value else self.exports().region

    @cached_property
    def account(self) -> str:
        """The AWS account that the stack was deployed to, empty when no file says it."""
        stack = self._of_stack("StackId").value.split(":")
        return stack[4] if len(stack) > 5 and stack[4].isdecimal() else ""

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
            "project-config.json": self.files.read(find, ".config", "project-config.json"),
            "cli.json": self.files.read(find, "cli.json"),
            f"cli.{self.env}.json": self.files.read(find, f"cli.{self.env}.json") if self.env else None,
            "local-env-info.json": self.files.read(find, ".config", "local-env-info.json"),
            "local-aws-info.json": self.files.read(find, ".config", "local-aws-info.json"),
            "tags.json": self.files.read(self.backend, "tags.json"),
            "hooks/hooks-config.json": self.files.read(find, "hooks", "hooks-config.json"),
            "providers": _part(self.files.deployed_meta if self.deployed_fits else None, "providers")
            or _part(self.files.local_meta, "providers"),
            "team-provider": _part(self.team, "awscloudformation"),
            "parameters": _part(self.files.config, "parameters"),
        }
        for role in self.category_files:
            found[role] = self.files.read(self.backend, *role.split("/"))
        return {role: document for role, document in found.items() if document is not None}

    @cached_property
    def category_files(self) -> tuple[str, ...]:
        """Settings files that lie beside the resources of a category, such as `api/APIGatewayAuthStack.json`."""
        if self.backend is None:
            return ()
        return tuple(
            f"{category}/{name}"
            for category in categories(self.tree, self.backend)
            for name in settings_beside(self.tree, join(self.backend, category))
        )

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
    return tuple(int(part) for part in version.split("-")[0].split(".") if part.isdecimal() and len(part) < 9)
