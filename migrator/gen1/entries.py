"""The resources of an app, each with the evidence it is read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document, Json
from migrator.documents.traced import Source, Traced
from migrator.gen1.findings import finding
from migrator.gen1.graph import Evidence
from migrator.gen1.layout import best_template, complete_without_build, settings_files, templates
from migrator.gen1.template import Template
from migrator.gen1.tree import Tree, join

if TYPE_CHECKING:
    from migrator.gen1.app import App


class Dependency(Struct, frozen=True):
    """One element of a resource's `dependsOn`: outputs of another resource that reach its stack as parameters."""

    ref: ResourceRef
    attributes: tuple[str, ...] = ()
    trigger_provider: str = ""
    """`Cognito` for a function that a user pool calls."""
    exports: tuple[str, ...] = ()
    """Names of CloudFormation exports that are imported."""


class Notes(list[Finding]):
    """Findings of one resource, which they name."""

    def __init__(self, ref: ResourceRef) -> None:
        super().__init__()
        self.ref = ref

    def append(self, found: Finding) -> None:
        """Adds a finding."""
        super().append(found if found.resource else replace(found, resource=self.ref))


class Indexes(Struct, frozen=True):
    """The parts of the index files that speak of one resource; None where a file does not."""

    config: Document | None = None
    """`backend-config.json`: the deployed copy's for what is deployed, else that of the source."""
    metas: tuple[Document, ...] = ()
    """`amplify-meta.json`, of the deployed copy and of the source as far as they hold for the resource."""
    team: Document | None = None
    """`team-provider-info.json`, in the chosen environment."""


_IMPORTED = {
    "UserPoolId": "userPoolId",
    "UserPoolName": "userPoolName",
    "AppClientIDWeb": "webClientId",
    "AppClientID": "nativeClientId",
    "IdentityPoolId": "identityPoolId",
    "IdentityPoolName": "identityPoolName",
    "AuthRoleArn": "authRoleArn",
    "AuthRoleName": "authRoleName",
    "UnauthRoleArn": "unauthRoleArn",
    "UnauthRoleName": "unauthRoleName",
    "BucketName": "bucketName",
    "Region": "region",
    "Name": "tableName",
    "Arn": "arn",
    "StreamArn": "streamArn",
    "PartitionKeyName": "partitionKeyName",
    "PartitionKeyType": "partitionKeyType",
    "SortKeyName": "sortKeyName",
    "SortKeyType": "sortKeyType",
}
"""By output, the key under which `team-provider-info.json` has it for an imported resource."""


_BUILT_TEMPLATE = "build/cloudformation-template.json"


class Entry:
    """A resource as the indexes and folders show it."""

    def __init__(
        self, app: App, ref: ResourceRef, indexes: Indexes, source: str | None, copy: str | None, was_pushed: bool
    ) -> None:
        self.app = app
        self.ref = ref
        self.findings = Notes(ref)
        """What reading this resource has shown; cursors of this entry add to it."""
        self._tree: Tree = app.tree
        self._indexes = indexes
        self._source = source
        self._copy = copy
        self._pushed = was_pushed
        self._deployed = was_pushed and copy is not None
        self._folder = copy if self._deployed or source is None else source
        self._templates: dict[str, Template | None] = {}
        self._added: dict[str, str] = {}
        self.dead = False
        """An index names it, but it has no folder and was never pushed."""

    def __repr__(self) -> str:
        return f"Entry({self.ref}: {self.service}, {self.evidence})"

    # ---- what the indexes say

    @cached_property
    def _index(self) -> list[Cursor]:
        """The index parts, the metadata first."""
        parts = [*self._indexes.metas[:1], self._indexes.config, *self._indexes.metas[1:]]
        return [Cursor(part, self.findings) for part in parts if part is not None]

    def indexed(self, *keys: str | int) -> Cursor:
        """What the indexes say about the resource: the first one that says anything under `keys`."""
        found = [cursor.get(*keys) for cursor in self._index]
        return next(
            (cursor for cursor in found if cursor.present), found[0] if found else self.cursor("backend-config")
        )

    @cached_property
    def service(self) -> str:
        """The Gen 1 service: `Cognito`, `AppSync`, `Lambda` and so on; guessed from the files when no index says it."""
        from migrator.gen1.layout import guess_service  # only for resources without an index

        said = self.indexed("service").text().value
        folder = self._folder or self._source
        return said or (guess_service(self._tree, self.ref.category, folder) if folder else "")

    @cached_property
    def provider(self) -> str:
        """`awscloudformation`, or empty for what has no stack of its own."""
        return self.indexed("providerPlugin").text().value

    @cached_property
    def imported(self) -> bool:
        """Whether Gen 1 refers to a resource that it did not make."""
        kinds = [cursor.get("serviceType").text().value for cursor in self._index]
        return "imported" in kinds or self.cursor("parameters.json").get("serviceType").text().value == "imported"

    @property
    def pushed(self) -> bool:
        """Whether the files say that it was pushed, to the chosen environment as far as that is known."""
        return self._pushed

    @cached_property
    def dependencies(self) -> Traced[tuple[Dependency, ...]]:
        """What it depends on, as all the indexes say that hold for it."""
        found: dict[ResourceRef, Dependency] = {}
        sources: list[Source] = []
        for cursor in self._index:
            depends = cursor.get("dependsOn")
            if depends.present:
                sources.append(depends.source)
            for dependency in _dependencies(depends):
                found[dependency.ref] = _merged(found.get(dependency.ref), dependency)
        return Traced(tuple(found.values()), tuple(sources))

    def output(self, name: str) -> Traced[str]:
        """An output of the deployed resource (an id, an endpoint), empty when it is not known.

        What Gen 1 imported has its ids in `team-provider-info.json` as well.
        """
        for meta in self._indexes.metas:
            value = Cursor(meta, self.findings).get("output", name)
            if value.present:
                return value.text()
        key = _IMPORTED.get(name)
        if key is None or self._indexes.team is None or not self.imported:
            return Traced("")
        return self.cursor("team-provider").get(key).text()

    # ---- what the folder holds

    @property
    def folder(self) -> Path | None:
        """The folder that the evidence is read from."""
        return self._tree.path(self._folder) if self._folder is not None else None

    @property
    def source_folder(self) -> Path | None:
        """The folder below `backend`, where the sources of functions are."""
        return self._tree.path(self._source) if self._source is not None else None

    @property
    def places(self) -> tuple[str | None, str | None]:
        """The folders below `backend` and `#current-cloud-backend`, relative to the project's root."""
        return self._source, self._copy

    @cached_property
    def pending(self) -> str:
        """How the source differs from what is deployed; empty when it does not, or when nothing is deployed."""
        from migrator.gen1.pending import pending_change  # it compares every file

        return pending_change(self.app, self)

    @cached_property
    def _settings(self) -> tuple[str, ...]:
        return settings_files(self._tree, self._folder) if self._folder is not None else ()

    @cached_property
    def template_path(self) -> str | None:
        """The resource's CloudFormation template, relative to its folder."""
        candidates = templates(self._settings)
        chosen = best_template(candidates, self.ref.name)
        if len(candidates) > 1 and chosen:
            message = f"{len(candidates)} templates ({', '.join(candidates)}); {chosen} is read."
            self.findings.append(finding("GEN024", message, Location(join(self._folder or "", chosen))))
        return chosen

    @cached_property
    def evidence(self) -> Evidence:
        """What the resource is read from."""
        if self._deployed:
            return Evidence.DEPLOYED
        path = self.template_path
        built = path is not None and (
            path.startswith("build/") or complete_without_build(self.ref.category, self.service)
        )
        return Evidence.BUILT if built else Evidence.SOURCE

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every settings file of the resource, by role, and its parts of the index files: what the ledger counts."""
        found: dict[str, Document] = {}
        for path in self._settings:
            document = self._tree.document(join(self._folder or "", path), self.findings)
            if document is not None:
                found["template" if path == self.template_path else path] = document
        parts = {
            "backend-config": self._indexes.config,
            "meta": next(iter(self._indexes.metas), None),
            "team-provider": self._indexes.team,
        }
        return {**found, **{role: part for role, part in parts.items() if part is not None}}

    def cursor(self, role: str) -> Cursor:
        """A document of the resource, by role or by path in its folder; empty when there is none."""
        document = self.documents.get(role) or self._on_demand(role)
        if document is None:
            place = join(self._folder or self._source or str(self.ref), role)
            return Cursor(Document(self._tree.path(place), place, None), self.findings).get("absent")
        return Cursor(document, self.findings)

    def _on_demand(self, path: str) -> Document | None:
        """A file that is no settings file, such as a generated nested template."""
        if self._folder is None or not path.endswith((".json", ".yml", ".yaml")):
            return None
        found = self._tree.find(self._folder, *path.split("/"))
        if found is None and path in self._added:
            place = join(self._folder, path)
            return Document(self._tree.path(place), place, msgspec.json.decode(self._added[path]))
        return self._tree.document(found, self.findings) if found else None

    def template(self, role: str = "template", *, portable: bool = False) -> Template | None:
        """The resource's template (or another of its folder, by path) with the parameters that the CLI hands to it.

        In a `portable` one the name of the environment stays `${env}` in values; conditions still go by it.
        """
        key = f"{role} {portable}"
        if key not in self._templates:
            document = self.documents.get(role) or self._on_demand(role)
            parameters, known = self.parameters, self.known
            if portable and "env" in parameters:
                known = {**known, "env": str(parameters["env"].value)}
                parameters = {**parameters, "env": parameters["env"].map(lambda name: "${env}")}
            self._templates[key] = Template(document, parameters, self.findings, known) if document else None
        return self._templates[key]

    @cached_property
    def parameters(self) -> Mapping[str, Traced[Json]]:
        """The values that the CLI hands to the resource's stack."""
        from migrator.gen1.parameters import stack_parameters  # not needed to list resources

        return stack_parameters(self)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The pseudo parameters whose values are known."""
        known = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}  # Amplify is in no other partition
        if self.app.region.value:
            known["AWS::Region"] = self.app.region.value
        if self.app.stack_name.value:
            logical_id = f"{self.ref.category}{self.ref.name}"
            known["AWS::StackName"] = f"{self.app.stack_name.value}-{logical_id}-${{StackHash}}"
        return known

    def add_files(self, files: Mapping[str, str]) -> None:
        """Files that the project lacks, by their path in the resource's folder, as the CLI would build them.

        What lies on disk comes first; `build/cloudformation-template.json` becomes the template where there is none.
        """
        self._added |= files
        template = self._on_demand(_BUILT_TEMPLATE) if _BUILT_TEMPLATE in files else None
        if template is not None and self.template_path != _BUILT_TEMPLATE:
            self.__dict__["documents"] = {**self.documents, "template": template}

    def text(self, relative: str) -> str | None:
        """A text file of the resource, None when there is none."""
        found = self._tree.find(self._folder, *relative.split("/")) if self._folder is not None else None
        return self._tree.text(found, self.findings) if found else self._added.get(relative)

    def adds(self, relative: str) -> bool:
        """Whether a file is one that the project lacks, and that was added."""
        return relative in self._added

    def files(self, pattern: str = "*") -> tuple[str, ...]:
        """Paths in the resource's folder that fit a pattern (`resolvers/*.vtl`; `*` goes through folders as well)."""
        if self._folder is None:
            return ()
        skip = frozenset(("node_modules", ".temp"))
        listed = {*self._tree.files(self._folder, skip), *self._added}
        return tuple(sorted(path for path in listed if fnmatchcase(path, pattern)))


def pushed(meta: Document | None) -> bool:
    """Whether a resource's part of `amplify-meta.json` shows that it was pushed."""
    root = meta.root if meta else None
    if not isinstance(root, dict):
        return False
    return bool({"lastPushTimeStamp", "providerMetadata"} & root.keys() or (root.get("output") and root.get("Id")))


def _dependencies(cursor: Cursor) -> Iterator[Dependency]:
    for element in cursor.elements():
        category, name = element.get("category").text().value, element.get("resourceName").text().value
        if category and name:
            yield Dependency(
                ResourceRef(category, name),
                element.get("attributes").texts().value,
                element.get("triggerProvider").text().value,
                element.get("exports").texts().value,
            )


def _merged(known: Dependency | None, other: Dependency) -> Dependency:
    if known is None:
        return other

    def union(one: Iterable[str], two: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*one, *two)))

    return Dependency(
        known.ref,
        union(known.attributes, other.attributes),
        known.trigger_provider or other.trigger_provider,
        union(known.exports, other.exports),
    )
