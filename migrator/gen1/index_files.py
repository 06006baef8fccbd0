"""The files that list an app's resources and environments, in the source and in the deployed copy."""

from __future__ import annotations

from functools import cached_property

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document
from migrator.documents.traced import Traced
from migrator.gen1.findings import finding
from migrator.gen1.tree import Kind, Tree


class IndexFiles:
    """Index files of one `amplify` folder, each read when it is first asked for."""

    def __init__(self, tree: Tree, folder: str | None, findings: list[Finding]) -> None:
        self.tree = tree
        self.folder = folder
        """The `amplify` folder; None for a front end alone."""
        self.findings = findings
        find = tree.find
        self.backend = find(folder, "backend", kind=Kind.FOLDER) if folder is not None else None
        """The folder `amplify/backend`."""
        self.deployed = find(folder, "#current-cloud-backend", kind=Kind.FOLDER) if folder is not None else None
        """The folder `amplify/#current-cloud-backend`."""

    def read(self, folder: str | None, *names: str) -> Document | None:
        """A file below a folder; None when there is none, or it holds neither an object nor a list."""
        found = self.tree.find(folder, *names, kind=Kind.FILE) if folder is not None else None
        document = self.tree.document(found, self.findings)
        if document is not None and not isinstance(document.root, dict | list):
            wrong = finding("GEN005", "Expected an object; the file is not used.", Location(document.name))
            if wrong not in self.findings:
                self.findings.append(wrong)
            return None
        return document

    @cached_property
    def config(self) -> Document | None:
        """`backend/backend-config.json`."""
        return self.read(self.backend, "backend-config.json")

    @cached_property
    def local_meta(self) -> Document | None:
        """`backend/amplify-meta.json`."""
        return self.read(self.backend, "amplify-meta.json")

    @cached_property
    def deployed_config(self) -> Document | None:
        """`#current-cloud-backend/backend-config.json`."""
        return self.read(self.deployed, "backend-config.json")

    @cached_property
    def deployed_meta(self) -> Document | None:
        """`#current-cloud-backend/amplify-meta.json`."""
        return self.read(self.deployed, "amplify-meta.json")

    @cached_property
    def team_file(self) -> Document | None:
        """`team-provider-info.json`, with all environments."""
        return self.read(self.folder, "team-provider-info.json")

    @cached_property
    def root_stack(self) -> Document | None:
        """The root stack's template as it was deployed."""
        built = self.read(self.deployed, "awscloudformation", "build", "root-cloudformation-stack.json")
        return built or self.read(self.deployed, "awscloudformation", "nested-cloudformation-stack.yml")

    @property
    def has_index(self) -> bool:
        """Whether any file lists the resources."""
        return any((self.config, self.deployed_config, self.deployed_meta, self.local_meta))

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Names of the environments, as far as files list them."""
        root = self.team_file.root if self.team_file else None
        listed = [name for name, body in root.items() if isinstance(body, dict)] if isinstance(root, dict) else []
        return tuple(dict.fromkeys((*listed, *filter(None, (self.checked_out,)))))

    @cached_property
    def checked_out(self) -> str:
        """The environment that is checked out here, or empty."""
        document = self.read(self.folder, ".config", "local-env-info.json")
        return Cursor(document, self.findings).get("envName").text().value if document else ""

    def stack_of(self, env: str) -> str:
        """The name of an environment's root stack, empty when it is not known."""
        part = self.team_file.part(env, "awscloudformation", "StackName").root if self.team_file else None
        return part if isinstance(part, str) else ""

    def provider(self, document: Document | None, key: str) -> Traced[str]:
        """What a metadata file says about the root stack."""
        if document is None:
            return Traced("")
        return Cursor(document, self.findings).get("providers", "awscloudformation", key).text()
