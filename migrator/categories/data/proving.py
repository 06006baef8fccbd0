"""The schema's proof, as commands ask for it: how it is written, and whether what reaches Gen 2 is Gen 1's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.categories.data.edits import declared_directives, for_gen2, unusable
from migrator.categories.data.flags import flag
from migrator.categories.data.model import AuthMode, FunctionUse, GraphqlSchema
from migrator.categories.data.sdl import merged, parse
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.proof import Contrast, Form, Outcome, Outline, Proof, Reached, SchemaProof
from migrator.gen1.graph import Fact
from migrator.gen1.project import App

if TYPE_CHECKING:
    from migrator.categories.data.proof import Flags, SchemaContext
    from migrator.categories.data.typed.model import Plan

_MODES = {
    AuthMode.API_KEY: ("apiKey",),
    AuthMode.USER_POOL: ("userPool",),
    AuthMode.IAM: ("identityPool", "iam"),
    AuthMode.OIDC: ("oidc",),
    AuthMode.LAMBDA: ("lambda",),
}
_FLAGS = {
    "sub_username": ("usesubusernamefordefaultidentityclaim", True),
    "owner_for_groups": ("populateownerfieldforstaticgroupauth", False),
    "secondary_as_gsi": ("secondarykeyasgsi", False),
    "auto_query_names": ("enableautoindexquerynames", False),
    "primary_key_attributes": ("respectprimarykeyattributesonconnectionfield", False),
    "deep_merge": ("shoulddeepmergedirectiveconfigdefaults", False),
    "inherited_subscriptions": ("subscriptionsinheritprimaryauth", False),
}
"""Attribute of the proof's `Flags` to the flag and its value where it is not said."""
_CLIENT = "the client's types (Gen 2) are not quite the deployed API (Gen 1)"
_UNAVOIDABLE = "no schema of Gen 2 can say it; another finding tells what to do"


def outline(ref: ResourceRef, context: Context) -> Outline | None:
    """How the schema of an API is written; None for one that is not converted."""
    found = _schema(ref, context)
    if found is None:
        return None
    from migrator.categories.data.typed.plan import reasons  # where there is a schema

    planned = _plan(found.node, context)
    kinds = Counter(str(patch.kind) for patch in planned.patches)
    return Outline(str(planned.style), dict(sorted(kinds.items())), reasons(planned.fallbacks))


def compare(ref: ResourceRef, reached: Reached, context: Context) -> Proof:
    """Gen 1's schema, modes and reused tables against what reached Gen 2."""
    found = _schema(ref, context)
    if found is None:
        return Proof(Outcome.NOT_RUN, f"{ref} is not converted")
    from migrator.categories.data.proof import compare as compared  # only where there is something to prove

    texts = tuple(file.text for file in found.node.files)
    result = compared(texts, reached.sdl, _context(found.node, reached, context))
    differences = (
        *_modes(found.node, reached),
        *(_tables(found, reached, context) if context.reused(ref) else _mappings(reached, context)),
        *(Contrast(one.place, one.gen1, one.gen2) for one in result.differences),
    )
    known = tuple(Contrast(one.place, one.gen1, one.gen2, one.rule, _UNAVOIDABLE) for one in result.unavoidable)
    return _proof(differences, known, tuple(_client(found.node, reached, context)), _places(texts))


SCHEMA = SchemaProof("amplify/data/resource.ts", outline, compare)


def _proof(
    differences: tuple[Contrast, ...], known: tuple[Contrast, ...], client: tuple[Contrast, ...], compared: int
) -> Proof:
    wrong = [*differences, *(one for one in client if not one.accepted)]
    if not wrong:
        return Proof(Outcome.EQUAL, "", known, client, compared)
    count = f"{len(wrong)} places are" if len(wrong) > 1 else "one place is"
    return Proof(
        Outcome.DIFFERENT, f"{count} not as in Gen 1; the first: {wrong[0]}", (*differences, *known), client, compared
    )


def _client(schema: GraphqlSchema, reached: Reached, context: Context) -> Iterator[Contrast]:
    """What the types of the client say of the deployed API; differences that patches make are known."""
    if reached.unpatched is None:
        return
    from migrator.categories.data.proof import Allowed, client_differences

    planned = _plan(schema, context)
    for one in client_differences(reached.unpatched, reached.sdl, Allowed(planned.patches, planned.rest)):
        yield Contrast(one.place, one.deployed, one.client, one.rule, _CLIENT)


def _plan(schema: GraphqlSchema, context: Context) -> Plan:
    """What was planned; the names of functions do not matter for it."""
    from migrator.categories.data.typed.plan import chosen_plan

    return chosen_plan(for_gen2(schema), context.options.schema)


def _schema(ref: ResourceRef, context: Context) -> Fact[GraphqlSchema] | None:
    return next(iter(context.graph.facts(GraphqlSchema, ref)), None)


def _places(texts: tuple[str, ...]) -> int:
    """Types, fields and values of the schema."""
    found = merged(definition for text in texts for definition in parse(text))
    return sum(1 + len(one.fields) + len(one.values) for one in found)


def _modes(schema: GraphqlSchema, reached: Reached) -> Iterator[Contrast]:
    """The default mode decides who may call what says nothing of it."""
    said = reached.modes.get("defaultAuthorizationMode")
    words = _MODES[schema.default_mode]
    if said is not None and said not in words:
        yield Contrast("authorizationModes.defaultAuthorizationMode", words[0], str(said))


def _tables(found: Fact[GraphqlSchema], reached: Reached, context: Context) -> Iterator[Contrast]:
    """Live tables are taken over only for the branches that are named, and only by a schema that is text."""
    if reached.form is Form.OBJECT:
        yield Contrast("tables", "the live tables", "new tables, because the schema does not reach Gen 2 as text")
    named = reached.tables.get(context.branch(context.app.env or ""), {})
    for model in found.node.models:
        if model not in named:
            yield Contrast(f"tables.{model}", "the live table", "a new table")


def _mappings(reached: Reached, context: Context) -> Iterator[Contrast]:
    """Live tables that are named, though none is to be taken over: for this branch, or only for others."""
    branch = context.branch(context.app.env or "")
    if not reached.tables:
        return
    of = ", ".join(f"`{name}`" for name in sorted(reached.tables))
    place = "migratedAmplifyGen1DynamoDbTableMappings"
    if branch in reached.tables:
        names = ", ".join(sorted(reached.tables[branch].values()))
        said = f"the branch takes over the live tables {names}: users of this branch would read and change their rows"
    else:
        said = (
            f"`branchName` is {of}, and the branch that is deployed is `{branch}`: its tables would be made anew, and "
            "users would find them empty"
        )
    yield Contrast(place, "new tables", f"live tables for {of}", reason=said)


def _context(schema: GraphqlSchema, reached: Reached, context: Context) -> SchemaContext:
    """What decides, besides the text, what the two schemas mean."""
    from migrator.categories.data.proof import SchemaContext

    known = {use.name: _function(use, context) for use in schema.functions}
    live = {name: name for use, name in known.items() if use not in reached.functions}
    return SchemaContext(
        schema.default_mode,
        _flags(context.app),
        known,
        {**live, **reached.functions},
        frozenset(_left_out(schema)),
    )


def _function(use: FunctionUse, context: Context) -> str:
    """The function of this backend; else the name of the live one."""
    ref = ResourceRef("function", use.resource)
    if use.resource and context.converted(ref):
        return str(ref)
    return use.name.replace("${env}", context.app.env) if context.app.env else use.name


def _flags(app: App) -> Flags:
    from migrator.categories.data.proof import Flags

    return Flags(**{attribute: flag(app, *said).value for attribute, said in _FLAGS.items()})


def _left_out(schema: GraphqlSchema) -> Iterator[str]:
    """Directives that Gen 2 would refuse; `DATA100` and others tell of each."""
    definitions = tuple(one for file in schema.files for one in parse(file.text))
    declared = declared_directives(definitions)
    for definition in definitions:
        for _, directive in unusable(definition, declared):
            yield directive.name
