"""Who may do what with the rows of models, for the checks after a deployment.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/customize-authorization-rules/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.authorization import is_sandbox
from migrator.categories.data.model import GraphqlSchema
from migrator.categories.data.sdl import Definition, Directive, SdlError, merged, parse
from migrator.engine.access import Access, AccessRule, ModelAccess, Operation, Who
from migrator.engine.context import Context

_READ = frozenset({Operation.GET, Operation.LIST})
_WORDS = {
    "create": frozenset({Operation.CREATE}),
    "read": _READ,
    "get": frozenset({Operation.GET}),
    "list": frozenset({Operation.LIST}),
    "update": frozenset({Operation.UPDATE}),
    "delete": frozenset({Operation.DELETE}),
}
_DEFAULT_PROVIDERS = {"public": "apiKey", "private": "userPools", "owner": "userPools", "groups": "userPools"}
_CALLERS = {
    ("public", "apiKey"): Who.KEY,
    ("public", "iam"): Who.GUEST,
    ("public", "identityPool"): Who.GUEST,
    ("private", "userPools"): Who.SIGNED_IN,
    ("private", "iam"): Who.IDENTITY,
    ("private", "identityPool"): Who.IDENTITY,
    ("owner", "userPools"): Who.OWNER,
    ("groups", "userPools"): Who.GROUP,
}


def access(context: Context) -> Access:
    """The rules of every model of a schema of transformer 2."""
    models: list[ModelAccess] = []
    unknown: list[str] = []
    for fact in context.graph.facts(GraphqlSchema):
        if fact.node.transformer != 2:
            unknown.append(f"the rules of {fact.resource.name} are those of transformer 1, which are not tried")
            continue
        try:
            definitions = merged(parse("\n".join(file.text for file in fact.node.files)))
        except SdlError as error:
            unknown.append(f"the schema of {fact.resource.name} cannot be read: {error.message}")
            continue
        models += _models(definitions)
    return Access(models=tuple(models), unknown=tuple(unknown))


def _models(definitions: Iterable[Definition]) -> Iterator[ModelAccess]:
    listed = tuple(definitions)
    types = {one.name: one for one in listed}
    open_ = is_sandbox(listed)
    for model in listed:
        if not model.is_model:
            continue
        own = model.directive("auth")
        fields = {f.name: rules for f in model.fields if (rules := _rules(f.directive("auth"), model)) is not None}
        rules = _rules(own, model)
        if rules is None:
            rules = (AccessRule(Who.KEY),) if open_ and not fields else ()
        relations = frozenset(f.name for f in model.fields if f.base in types and types[f.base].is_model)
        yield ModelAccess(model.name, rules, fields, relations)


def _rules(auth: Directive | None, model: Definition) -> tuple[AccessRule, ...] | None:
    if auth is None:
        return None
    said = auth.arguments.get("rules")
    return tuple(_rule(one, model) for one in said if isinstance(one, Mapping)) if isinstance(said, list) else ()


def _rule(said: Mapping[str, Any], model: Definition) -> AccessRule:
    allow = str(said.get("allow", ""))
    provider = str(said.get("provider") or _DEFAULT_PROVIDERS.get(allow, ""))
    operations = said.get("operations")
    listed = operations if isinstance(operations, list) else list(_WORDS)
    field = str(said.get("ownerField") or "owner")
    declared = model.field(field)
    groups = said.get("groups")
    return AccessRule(
        _CALLERS.get((allow, provider), Who.OTHER),
        frozenset(each for word in listed for each in _WORDS.get(str(word), ())),
        owner_field=field if allow == "owner" else "",
        several_owners=declared is not None and declared.is_list and allow == "owner",
        groups=tuple(map(str, groups)) if isinstance(groups, list) else (),
        group_field=str(said.get("groupsField") or ("groups" if not groups else "")) if allow == "groups" else "",
        claimed=bool(said.get("identityClaim") or said.get("groupClaim")),
    )
