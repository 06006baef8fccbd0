"""What both generations deploy, in one form: the model that `migrate verify` compares.

Resources of templates are read as `Declared`, with values evaluated and references replaced by names that mean the same
in both generations (`${function resize.Arn}`). The observers of the categories make `Observed` of them: a resource in
Gen 1's words, its settings flattened, under a key that names the same thing on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.engine.api_source import Building, nothing_built
from migrator.engine.context import Context

Value: TypeAlias = "str | int | float | bool | tuple[Value, ...]"
"""A leaf: a scalar, or a list of leaves."""


class Side(StrEnum):
    """Which generation something was read from."""

    GEN1 = "gen1"
    GEN2 = "gen2"


class Aspect(StrEnum):
    """The check that compares an observed resource; the words are those of `migrate verify --only`."""

    SETTINGS = "settings"
    API = "api"
    RESOLVERS = "resolvers"
    TABLES = "tables"
    GRANTS = "grants"
    ENVIRONMENT = "environment"
    OUTPUTS = "outputs"


class Declared(Struct, frozen=True):
    """A resource of a template, as one generation declares it.

    `properties` hold plain data: intrinsics are evaluated, and what only the account knows is text such as
    `${AWS::Region}`, `${function resize.Arn}` (an attribute) or `${bucket media}` (what `Ref` gives).
    """

    id: str
    """Unique in its generation: the stack and the logical id (`auth/shopAuth#UserPool`, `data/shop/Todo#TodoTable`)."""
    type: str
    """CloudFormation type."""
    properties: Mapping[str, Any] = {}
    stack: str = ""
    """Gen 1: the resource whose stack it is (`auth/shopAuth`; `api/shop/Todo` for a nested one; `root`).
    Gen 2: the construct path of the nested stack (`auth`, `data/shop/Todo`; empty for the root)."""
    path: str = ""
    """Gen 2: the construct path below the root (`auth/amplifyAuth/UserPool`). Gen 1: empty."""
    owner: ResourceRef | None = None
    """Gen 1: the resource whose stack it is."""
    name: str = ""
    """What others call it: the name that an observer gave, else its id."""
    policies: Mapping[str, str] = {}
    """`DeletionPolicy` and `UpdateReplacePolicy`, where the template has them."""
    metadata: Mapping[str, Any] = {}
    depends_on: tuple[str, ...] = ()
    """Logical ids in the same stack."""
    where: str = ""
    """The file and the place in it, as users know it."""

    @property
    def logical_id(self) -> str:
        """The id in its template."""
        return self.id.rpartition("#")[2]


class Generation(Struct, frozen=True):
    """Everything that one generation declares."""

    side: Side
    resources: tuple[Declared, ...]
    context: Context
    """The Gen 1 app and the choices made for it, on both sides."""
    outputs: Mapping[str, Mapping[str, Any]] = {}
    """By stack, its outputs."""
    tags: Mapping[str, str] = {}
    """Tags that every resource gets: those of the stack."""
    branch: str = ""
    """The Amplify branch that is synthesized."""
    asset: Callable[[str], str | None] = lambda location: None
    """Gen 2: the text of a file of the assembly, by the location that a property names; None for none such."""
    made: float = 0.0
    """Gen 2: when it was synthesized, in seconds since 1970."""
    undecided: tuple[str, ...] = ()
    """Gen 1: conditions of templates that no file decides: `HasDomain of auth/shop`."""
    client: Mapping[str, Any] = {}
    """What clients find, in the layout of `amplify_outputs.json`. Gen 2: the file. Gen 1: only what code generation
    makes of its schema (`data.model_introspection`)."""

    def of(self, *types: str) -> Iterator[Declared]:
        """The resources of these CloudFormation types."""
        return (one for one in self.resources if one.type in types)

    def named(self, name: str) -> Declared | None:
        """The resource with that symbolic name."""
        return next((one for one in self.resources if one.name == name), None)


class Observed(Struct, frozen=True):
    """One thing that both generations have, with its settings."""

    kind: str
    """Its CloudFormation type, in Gen 1's words (`AWS::Cognito::UserPool`), whatever makes it in Gen 2."""
    key: str
    """What names the same thing in both generations: `user pool`, `client web`, `bucket media`, `function resize`."""
    attributes: Mapping[str, Value]
    """Flattened: `Policies.PasswordPolicy.MinimumLength`, `Schema[email].Required` (see `settings`)."""
    of: tuple[Declared, ...]
    """The declared resources that this says everything about, the main one first."""
    aspect: Aspect = Aspect.SETTINGS


Naming: TypeAlias = Callable[[Declared, Generation], str]
"""The name of a resource in both generations, empty when the category has none for it. Properties that refer to other
resources still show ids (`${auth/shopAuth#UserPool}`); those that name the resource itself are as they are."""
Observing: TypeAlias = Callable[[Generation], Iterable[Observed]]


class Default(Struct, frozen=True):
    """What CloudFormation takes where a template does not say an attribute; `reference` is where AWS documents it."""

    kind: str
    attribute: str
    """A path; `[*]` stands for any element."""
    value: Value
    reference: str


Giving: TypeAlias = Callable[[ResourceRef, str, Context], str]
"""What an output of a Gen 1 resource gives, in names that both generations use; empty when the category has none such.
For resources that no template is there of: others refer to their outputs all the same. Exports of a model's table are
asked for as `GetAtt:TodoTable:Name`, of the API."""


def nothing_given(ref: ResourceRef, output: str, context: Context) -> str:
    """Of a category whose outputs nobody uses."""
    return ""


def nothing_lacked(context: Context) -> Iterable[tuple[Aspect, str]]:
    """Of a category that can compare everything."""
    return ()


def nothing_told(generation: Generation) -> Iterable[Observed]:
    """Of a category that clients find nothing of."""
    return ()


class ClientSchema(Struct, frozen=True):
    """The schema that Gen 1 generates code for clients from; empty without one."""

    text: str = ""
    key_fields: bool = True
    """Whether the code has the fields that hold keys of relations (respectPrimaryKeyAttributesOnConnectionField)."""


def no_schema(context: Context) -> ClientSchema:
    """Of a category that no models of clients come from."""
    return ClientSchema()


def nothing_corrected(declared: Declared, generation: Generation) -> Mapping[str, Any] | None:
    """Of a category whose templates say what is deployed."""
    return None


def as_declared(declared: Declared, generation: Generation) -> Declared:
    """Of a category that changes nothing of what templates say."""
    return declared


def as_observed(observed: Observed, generation: Generation) -> Observed:
    """Of a category that changes nothing of what clients find."""
    return observed


def nothing_spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """Of a category whose names no policy spells out."""
    return {}


def nothing_live(context: Context) -> Mapping[str, str]:
    """Of a category whose live resources all have outputs."""
    return {}


class Observer(Struct, frozen=True):
    """How a category reads what is deployed. One function for both generations; `Generation.side` says which it is."""

    name: Naming
    observe: Observing
    defaults: tuple[Default, ...] = ()
    gives: Giving = nothing_given
    lacks: Callable[[Context], Iterable[tuple[Aspect, str]]] = nothing_lacked
    """What cannot be compared for want of evidence, by check; each is said with the result."""
    tells: Observing = nothing_told
    """What clients find of the category, under `Aspect.OUTPUTS`."""
    schema: Callable[[Context], ClientSchema] = no_schema
    builds: Building = nothing_built
    """What APIs are built from, where the project does not hold what Gen 1 built."""
    rights: Callable[[Declared, Generation], Mapping[str, Any] | None] = nothing_corrected
    """The properties of a role as they are when the deployment is through; None for those of the template."""
    changed: Callable[[Declared, Generation], Declared] = as_declared
    """A resource as it is after the project's own code has changed what no template shows (Gen 1 only)."""
    retold: Callable[[Observed, Generation], Observed] = as_observed
    """The same for what clients find, which Gen 1 makes of settings that are in no template."""
    spelt: Callable[[Generation], Mapping[str, Mapping[str, str]]] = nothing_spelt
    """What both generations call what policies spell out (names, ids, patterns), and roles without a name: by
    principal, empty for all."""
    live: Callable[[Context], Mapping[str, str]] = nothing_live
    """What both generations call live resources that stay with the category's own, by name, where no output has it."""
    made_again: bool = False
    """Whether `--reuse` keeps only what the resources hold (the tables of an API), so that these are compared."""
