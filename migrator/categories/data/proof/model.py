"""What the proof is told, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from migrator.categories.data.model import AuthMode
from migrator.categories.data.typed.model import Patch


class Flags(Struct, frozen=True):
    """Flags of `cli.json` that decide what a schema means; the defaults are the values that Gen 2 has."""

    sub_username: bool = True
    """useSubUsernameForDefaultIdentityClaim"""
    owner_for_groups: bool = True
    """populateOwnerFieldForStaticGroupAuth"""
    secondary_as_gsi: bool = True
    """secondaryKeyAsGSI"""
    auto_query_names: bool = True
    """enableAutoIndexQueryNames"""
    primary_key_attributes: bool = True
    """respectPrimaryKeyAttributesOnConnectionField"""
    deep_merge: bool = True
    """shouldDeepMergeDirectiveConfigDefaults"""
    inherited_subscriptions: bool = False
    """subscriptionsInheritPrimaryAuth"""


class SchemaContext(Struct, frozen=True):
    """What decides, besides its text, what a schema means."""

    mode: AuthMode = AuthMode.API_KEY
    """The default mode, in both generations."""
    flags: Flags = Flags()
    """Those of Gen 1."""
    functions: Mapping[str, str] = {}
    """Name in Gen 1's `@function` to what it names: a resource of the project, or the live function."""
    reached_functions: Mapping[str, str] = {}
    """The same for the names in the SDL that reaches `defineData` (`FnEcho`)."""
    left_out: frozenset[str] = frozenset()
    """Directives of Gen 1 that Gen 2 refuses and that were taken out, each with a finding of its own."""


class Difference(Struct, frozen=True):
    """One place at which the two schemas do not say the same; a side that does not have it is empty.

    `rule` is the rule of `rules/data.yaml` that reports it where nothing in the text can take it away; empty for a
    real difference.
    """

    place: str
    gen1: str = ""
    gen2: str = ""
    rule: str = ""


class Comparison(Struct, frozen=True):
    """Whether what reaches `defineData` means what Gen 1's schema meant."""

    differences: tuple[Difference, ...] = ()
    unavoidable: tuple[Difference, ...] = ()
    """What no schema of Gen 2 can say; each is a finding of another rule, and none speaks against the schema."""
    applied: tuple[str, ...] = ()
    """Rules that changed anything on either side."""

    @property
    def equal(self) -> bool:
        """Whether there is no difference."""
        return not self.differences


class Allowed(Struct, frozen=True):
    """What a typed schema says about itself: where its SDL is patched, and what stays SDL beside it."""

    patches: tuple[Patch, ...] = ()
    rest: tuple[str, ...] = ()
    """Types, and operations such as `Query.search`."""


class ClientDifference(Struct, frozen=True):
    """A place at which the API that types the client is not the deployed one.

    `rule` is the rule of `rules/data.yaml` that reports it; it is empty when there is none, and then the proof failed.
    """

    place: str
    client: str = ""
    deployed: str = ""
    rule: str = ""
