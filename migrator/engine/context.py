"""What rules may look at besides the fact they match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.gen1.graph import ResourceGraph

if TYPE_CHECKING:
    from migrator.gen1.project import App


class Options(Struct, frozen=True):
    """What the user chose for this conversion."""

    reuse: frozenset[str] = frozenset()
    """Features whose live Gen 1 resources are kept."""
    branch_map: Mapping[str, str] = {}
    """Gen 1 environment to Gen 2 branch."""
    api_id: str = ""
    """The deployed AppSync API's id, where the evidence does not say it."""
    schema: str = "auto"
    datastore: str = "leave"
    """Whether an API keeps resolving conflicts for DataStore: `leave` or `keep`."""


class Context(Struct, frozen=True):
    """One app and the choices made for it."""

    graph: ResourceGraph
    app: App
    options: Options = Options()
    selection: frozenset[ResourceRef] = frozenset()
    """The resources that this Gen 2 backend holds (the slices so far)."""
    features: Mapping[ResourceRef, str] = {}
    """The feature that each resource belongs to."""

    def reused(self, ref: ResourceRef) -> bool:
        """Whether the live resource is referred to instead of made anew."""
        resource = self.graph.get(ref)
        return bool(resource and resource.imported) or self.features.get(ref, "") in self.options.reuse

    def converted(self, ref: ResourceRef) -> bool:
        """Whether this backend holds the resource, in a form that others can refer to."""
        resource = self.graph.get(ref)
        return ref in self.selection and resource is not None and resource.convertible

    def branch(self, env: str) -> str:
        """The Gen 2 branch of a Gen 1 environment (the same name unless `--branch-map` says otherwise)."""
        return self.options.branch_map.get(env, env)
