"""What a Gen 1 GraphQL API is: its modes, its schema, its tables, and what was added by hand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from msgspec import Struct

from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.typed.model import PatchKind, Style
from migrator.gen1.graph import Node


class AuthMode(StrEnum):
    """How a caller of the API proves who he is."""

    API_KEY = "API_KEY"
    USER_POOL = "AMAZON_COGNITO_USER_POOLS"
    IAM = "AWS_IAM"
    OIDC = "OPENID_CONNECT"
    LAMBDA = "AWS_LAMBDA"


class ApiKey(Node, frozen=True):
    """The API key, where a mode uses one."""

    used: bool = False
    days: int = 7
    """Lifetime in days, from 1 to 365; counted from the deployment."""
    description: str = ""
    created: bool = True
    """False when `CreateAPIKey` is 0: the mode is there, but no key."""


class Oidc(Node, frozen=True):
    """An OpenID Connect provider. The times are in milliseconds; 0 means that they are not checked."""

    used: bool = False
    name: str = ""
    issuer: str = ""
    client: str = ""
    after_authentication: int = 0
    after_issue: int = 0


class Authorizer(Node, frozen=True):
    """The function that decides for the Lambda mode; `ttl` is how long its answer holds, in seconds.

    AppSync keeps it for 300 seconds when nothing is said.
    """

    used: bool = False
    function: str = ""
    ttl: int = 0


class ConflictStrategy(Struct, frozen=True):
    """How conflicts of DataStore are resolved; `model` is empty for what holds for all.

    `function` is the deployed name of the one that decides, as it is written; `region` is empty for the API's own.
    """

    name: str
    model: str = ""
    function: str = ""
    region: str = ""


class GraphqlApi(Node, frozen=True):
    """The API without its schema."""

    name: str = ""
    default_mode: AuthMode = AuthMode.API_KEY
    more_modes: tuple[AuthMode, ...] = ()
    user_pool: str = ""
    """The auth resource whose users call the API."""
    api_key: ApiKey = ApiKey()
    oidc: Oidc = Oidc()
    authorizer: Authorizer = Authorizer()
    conflicts: str = ""
    """DataStore's conflict resolution (`AUTOMERGE`, `OPTIMISTIC_CONCURRENCY`, `LAMBDA`); empty when it is off."""
    conflict_strategies: tuple[ConflictStrategy, ...] = ()
    """Every strategy by itself, that of all models first."""
    conflict_models: tuple[str, ...] = ()
    """Models with a strategy of their own, and which."""
    conflict_functions: tuple[str, ...] = ()
    """Functions that decide conflicts."""
    admin_roles: tuple[str, ...] = ()
    """Roles of `custom-roles.json`, which pass every `@auth` rule; `${env}` is the environment."""
    admin_functions: tuple[str, ...] = ()
    """Entries that name functions of the project, or their roles."""
    admin_others: tuple[str, ...] = ()
    """Entries that name no single role: parts of names, roles of IAM Identity Center, sessions."""
    new_callers: tuple[str, ...] = ()
    """Functions with a right on the API that is of no use in Gen 1, or that the rules restrict."""
    plugins: tuple[str, ...] = ()
    """Transformers of third parties."""
    stack_mapping: Mapping[str, Any] = {}
    """Resolver (logical id) to the nested stack it lies in."""
    search: Mapping[str, Any] = {}
    """Settings of the search domain of `@searchable` (`OpenSearchInstanceType` ...)."""
    search_encrypted: bool = False
    """Whether the nodes of the search domain speak encrypted (flag enableSearchNodeToNodeEncryption)."""
    tracing: bool = False
    """X-Ray."""
    logging: Any = None
    """`LogConfig`, from an override."""
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties of the API, from overrides."""
    generated: tuple[str, ...] = ()
    """Resources of the root template that the transformer derives from the schema and the modes (logical ids)."""


class SchemaFile(Struct, frozen=True):
    """One file of the schema: its path in the resource's folder, and its text."""

    path: str
    text: str = ""


class FunctionUse(Struct, frozen=True):
    """`@function(name:)` on a field; `resource` is the function of the project that it names, empty for none."""

    field: str
    name: str
    resource: str = ""


class Expiry(Struct, frozen=True):
    """A field of a model that holds the time (epoch seconds) at which the row expires."""

    model: str
    field: str


class GraphqlSchema(Node, frozen=True):
    """The schema, and everything in it that does not mean the same in Gen 2.

    Names of types are `Todo`, of fields `Todo.owner`.
    """

    files: tuple[SchemaFile, ...] = ()
    transformer: int = 2
    """Of Gen 1, for which it is written."""
    default_mode: AuthMode = AuthMode.API_KEY
    models: tuple[str, ...] = ()
    functions: tuple[FunctionUse, ...] = ()
    open_to_all: tuple[str, ...] = ()
    """Models without a rule of their own that `globalAuthRule` opens to everybody with the API key."""
    sandbox: bool = False
    """Whether the schema has `input AMPLIFY { globalAuthRule ... }`."""
    closed: tuple[str, ...] = ()
    """Models without a rule: the API refuses everybody."""
    half_open: tuple[str, ...] = ()
    """Models of which an operation is nobody's, and no rule is for callers of the default mode."""
    unmarked_fields: tuple[str, ...] = ()
    """Operations without directives, which the default mode may call."""
    unmarked_types: tuple[str, ...] = ()
    """Types without directives that are not part of a model, which the default mode may read."""
    cognito_only: tuple[str, ...] = ()
    """Fields and types with `@aws_auth`, which AppSync heeds only when user pools are the only mode."""
    searchable: tuple[str, ...] = ()
    predictions: tuple[str, ...] = ()
    many_to_many: tuple[str, ...] = ()
    """Join tables of `@manyToMany`."""
    outside: tuple[str, ...] = ()
    """Fields whose function the project does not hold, or not as Node.js."""
    misspelt: tuple[str, ...] = ()
    """Fields whose function has another case in its name than the schema; Lambda tells them apart."""
    owners: tuple[str, ...] = ()
    """Models whose rows name the users that they belong to."""
    expiry: tuple[Expiry, ...] = ()
    unknown: tuple[str, ...] = ()
    """Directives that no transformer of Gen 2 knows, with the places where they stand."""
    owners_by_username: tuple[str, ...] = ()
    """Models whose owner is stored as the bare user name (flag useSubUsernameForDefaultIdentityClaim off)."""
    indexes_without_query: tuple[str, ...] = ()
    """Indexes that get no query (flag enableAutoIndexQueryNames off)."""
    join_queries: tuple[str, ...] = ()
    """Relations whose join tables have no queries by index (the same flag)."""
    short_joins: tuple[str, ...] = ()
    """Relations whose join tables call both keys `...ID` (flag respectPrimaryKeyAttributesOnConnectionField off)."""
    partial_operations: tuple[str, ...] = ()
    """Models that name some operations, and so leave the others out (shouldDeepMergeDirectiveConfigDefaults off)."""
    unwritten_timestamps: tuple[str, ...] = ()
    """Time stamps that Gen 1 never writes, because only the other one is named (the same flag)."""
    local_indexes: tuple[str, ...] = ()
    """Indexes beside the primary key that are local (flag secondaryKeyAsGSI off)."""
    short_keys: tuple[str, ...] = ()
    """Relations whose foreign keys are named without the other model's keys (flag
    respectPrimaryKeyAttributesOnConnectionField off)."""
    ownerless_groups: tuple[str, ...] = ()
    """Models whose owner field stays empty when a group's member writes (flag populateOwnerFieldForStaticGroupAuth)."""
    inherited_subscriptions: tuple[str, ...] = ()
    """Models whose subscriptions carry related rows (flag subscriptionsInheritPrimaryAuth on)."""
    style: Style = Style.TYPED
    """How the schema is written in Gen 2, unless the user asks for something else."""


class SchemaPatch(Node, frozen=True):
    """Places of a typed schema where the SDL that `a.schema` makes is patched, all of one kind."""

    kind: PatchKind = PatchKind.RELATION
    places: tuple[str, ...] = ()


class Untyped(Node, frozen=True):
    """Something that `a.schema` has no words for, so that it stays SDL; see `Fallback`."""

    place: str = ""
    construct: str = ""
    reason: str = ""
    whole: bool = False


class LegacyChange(Node, frozen=True):
    """Places of a schema of transformer 1 that its conversion changes, or keeps by saying more, all of one kind."""

    kind: ChangeKind = ChangeKind.GENERATED
    places: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """The places, with what in particular in brackets."""


class Unconverted(StrEnum):
    """Why an API cannot be converted."""

    LEGACY = "legacy"
    """Its schema has directives of both transformers, so that neither takes it."""
    BROKEN = "broken"
    """Its schema does not parse."""
    MISSING = "missing"
    """There is no schema."""
    SQL = "sql"
    """Its models are tables of an SQL database."""


class UnconvertedApi(Node, frozen=True):
    """An API that is left out as a whole."""

    left_out: ClassVar[bool] = True

    reason: Unconverted = Unconverted.LEGACY
    detail: str = ""
    models: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """The evidence that describes it, by role."""


class Throughput(Struct, frozen=True):
    """Capacity units."""

    read: int = 5
    write: int = 5


class ModelTable(Node, frozen=True):
    """The table of a model, or (key `*`) what holds for the tables of all models."""

    gen2_defaults: ClassVar[Mapping[str, object]] = {"encrypted": False}

    model: str = "*"
    name: str = ""
    """The name of the live table."""
    on_demand: bool = True
    capacity: Throughput = Throughput()
    """Where it is not on demand."""
    index_capacity: Mapping[str, Any] = {}
    """Index to its capacity, where it differs from the table's."""
    point_in_time_recovery: bool = False
    encrypted: bool = True
    """With the KMS key of AWS for DynamoDB; without, DynamoDB encrypts with a key of its own."""
    key: str = ""
    """A KMS key of the project's own."""
    stream: str = "NEW_AND_OLD_IMAGES"
    protected: bool = False
    """Deletion protection."""
    ttl: str = ""
    retained: bool = False
    indexes: tuple[str, ...] = ()
    """Global secondary indexes."""
    local_indexes: tuple[str, ...] = ()
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties."""


class CustomResource(Node, frozen=True):
    """A resource of a template in `stacks/`, evaluated."""

    stack: str = ""
    type: str = ""
    properties: Any = None
    retained: bool = False
    """Whether it stays when its stack goes."""
    kept_when_replaced: bool = False
    """Whether it stays when another one takes its place."""
    depends_on: tuple[str, ...] = ()
    templates: Mapping[str, str] = {}
    """Texts of the resolver templates that it names, by file; a file that is missing is not in it."""
    missing: tuple[str, ...] = ()
    """Files that it names and the project does not hold."""
    literals: tuple[str, ...] = ()
    """Texts of its properties in which `${…}` names nothing of CloudFormation, but a variable of a mapping template."""


class ResolverFile(Node, frozen=True):
    """A template in `resolvers/` that changes a generated resolver."""

    file: str = ""
    text: str = ""
    type: str = ""
    field: str = ""
    function: str = ""
    """The generated function whose template it replaces; without a slot too, it is the resolver's own template."""
    slot: str = ""
    index: int = 0
    """The number in the slot; 0 for none."""
    request: bool = True
    used: bool = True
    """False when its name says that it is no template, or that of a slot which the resolver does not have."""
    known: bool = True
    """False when the name is of another form than those of templates that can be found in Gen 2."""
