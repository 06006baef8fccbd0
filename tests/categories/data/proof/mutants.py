"""Generic changes of a schema that change what it means, made at every site of it.

An operator says for each mutant which rule makes it mean the same after all, if there is one (`same`); the test asks
the proof for exactly that, so that neither a change nor a sameness goes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories.data.sdl import ROOTS, Argument, Definition, Directive, Field, Value

Schema = tuple[Definition, ...]
Rule = dict[str, Any]


class Mutant(Struct, frozen=True):
    """A schema with one change: by which operator, where, and the rule by which it still means the same."""

    operator: str
    place: str
    schema: Schema
    same: str = ""


class Site(Struct, frozen=True):
    """A definition, a field of it or an argument of that, with a way to put another in its place."""

    schema: Schema
    definition: Definition
    field: Field | None = None

    @property
    def holder(self) -> Definition | Field:
        return self.field or self.definition

    @property
    def place(self) -> str:
        return f"{self.definition.name}.{self.field.name}" if self.field else self.definition.name

    def put(self, *found: Any) -> Schema:
        """The schema with other things here; none takes it away."""
        if self.field is None:
            return tuple(n for one in self.schema for n in (found if one is self.definition else (one,)))
        fields = tuple(n for one in self.definition.fields for n in (found if one is self.field else (one,)))
        changed = replace(self.definition, fields=fields)
        return tuple(changed if one is self.definition else one for one in self.schema)

    def directives(self, *changed: Directive) -> Schema:
        return self.put(replace(self.holder, directives=changed))

    def directive(self, old: Directive, *new: Directive) -> Schema:
        return self.directives(*(n for one in self.holder.directives for n in (new if one is old else (one,))))


Operator = Callable[[Schema], Iterator[Mutant]]


def sites(schema: Schema) -> Iterator[Site]:
    for definition in schema:
        yield Site(schema, definition)
        for field in definition.fields:
            yield Site(schema, definition, field)


def fields(schema: Schema) -> Iterator[Site]:
    return (site for site in sites(schema) if site.field is not None)


def made(name: str, /, **arguments: Any) -> Directive:
    return Directive(name, arguments, 0, 0)


def with_argument(directive: Directive, name: str, value: Any) -> Directive:
    return replace(directive, arguments={**directive.arguments, name: value})


def without_argument(directive: Directive, name: str) -> Directive:
    return replace(directive, arguments={k: v for k, v in directive.arguments.items() if k != name})


# ---- access


READ = {"get", "list", "listen", "sync", "search"}
ALL = READ | {"create", "update", "delete"}


def expanded(rule: Rule) -> set[str]:
    operations = rule.get("operations")
    if operations is None:
        return ALL
    return {one for name in operations for one in (READ if name == "read" else {name})}


def rule_sites(schema: Schema) -> Iterator[tuple[Site, Directive, list[Rule], int]]:
    for site in sites(schema):
        for auth in site.holder.directives:
            rules: Any = auth.arguments.get("rules")
            if auth.name == "auth" and isinstance(rules, list) and all(isinstance(rule, dict) for rule in rules):
                for number in range(len(rules)):
                    yield site, auth, rules, number


def each_rule(name: str, change: Callable[[Rule], Iterator[Rule | None]]) -> Operator:
    """An operator that puts other rules in the place of one."""

    def operator(schema: Schema) -> Iterator[Mutant]:
        for site, auth, rules, number in rule_sites(schema):
            for wanted in change(rules[number]):
                kept = [r for i, r in enumerate(rules) if i != number]
                changed = [*rules[:number], *([] if wanted is None else [wanted]), *rules[number + 1 :]]
                same = "A5" if covered(rules[number], kept) and (wanted is None or wanted in kept) else ""
                same = same or ("N7" if wanted and only_operations(rules[number], wanted) else "")
                yield Mutant(name, site.place, site.directive(auth, with_argument(auth, "rules", changed)), same)

    return operator


def covered(rule: Rule, others: list[Rule]) -> bool:
    return rule in others


def only_operations(rule: Rule, wanted: Rule) -> bool:
    plain = [{k: v for k, v in one.items() if k != "operations"} for one in (rule, wanted)]
    return plain[0] == plain[1] and expanded(rule) == expanded(wanted)


def no_rule(rule: Rule) -> Iterator[None]:
    yield None


def wider(rule: Rule) -> Iterator[Rule]:
    for operation in sorted(ALL - expanded(rule)):
        yield {**rule, "operations": [*rule["operations"], operation]}
    if rule.get("operations") is not None:
        yield {k: v for k, v in rule.items() if k != "operations"}


def narrower(rule: Rule) -> Iterator[Rule]:
    for operation in sorted(expanded(rule)):
        yield {**rule, "operations": sorted(expanded(rule) - {operation})}


def other_strategy(rule: Rule) -> Iterator[Rule]:
    rest = {k: v for k, v in rule.items() if k in ("operations",)}
    for strategy, more in (
        ("owner", {}),
        ("groups", {"groups": ["Flipped"]}),
        ("private", {}),
        ("public", {}),
        ("custom", {}),
    ):
        if rule.get("allow") != strategy:
            yield {"allow": strategy, **more, **rest}


def other_provider(rule: Rule) -> Iterator[Rule]:
    usual = {"public": "apiKey", "custom": "function"}.get(rule.get("allow", ""), "userPools")
    now = {"iam": "identityPool"}.get(rule.get("provider", usual), rule.get("provider", usual))
    for provider in ("apiKey", "userPools", "identityPool", "oidc", "function"):
        if provider != now:
            yield {**rule, "provider": provider}


def other_claim(rule: Rule) -> Iterator[Rule]:
    if rule.get("allow") == "owner":
        for claim in ("email", "username", "sub::username"):
            if rule.get("identityClaim", "sub::username") != claim:
                yield {**rule, "identityClaim": claim}
        yield {**rule, "ownerField": f"{rule.get('ownerField', 'owner')}Two"}
    if rule.get("allow") == "groups":
        yield {**rule, "groupClaim": "teams"}
        if rule.get("groupsField"):
            yield {**rule, "groupsField": f"{rule['groupsField']}Two"}


def other_groups(rule: Rule) -> Iterator[Rule]:
    groups = rule.get("groups")
    names = groups if isinstance(groups, list) else [groups] if groups else []
    for number, name in enumerate(names):
        yield {**rule, "groups": [*names[:number], f"{name}2", *names[number + 1 :]]}
        if len(names) > 1:
            yield {**rule, "groups": [*names[:number], *names[number + 1 :]]}
    if names:
        yield {**rule, "groups": [*names, "More"]}


def one_rule_more(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        for auth in site.holder.directives:
            rules: Any = auth.arguments.get("rules")
            if auth.name == "auth" and isinstance(rules, list):
                for rule in ({"allow": "public", "provider": "oidc"}, {"allow": "groups", "groups": ["Strangers"]}):
                    changed = with_argument(auth, "rules", [*rules, rule])
                    yield Mutant("one rule more", site.place, site.directive(auth, changed))


def opened(schema: Schema) -> Iterator[Mutant]:
    """A model or a field without rules gets one."""
    public = made("auth", rules=[{"allow": "public"}])
    for site in sites(schema):
        of_model = site.definition.is_model or site.definition.name in ROOTS
        if of_model and not (site.field is None and site.definition.name in ROOTS):
            ruled = any(d.name == "auth" for d in site.holder.directives)
            yield from () if ruled else [Mutant("opened", site.place, site.directives(*site.holder.directives, public))]


MARKS = ("aws_api_key", "aws_cognito_user_pools", "aws_iam", "aws_oidc", "aws_lambda")


def marks(schema: Schema) -> Iterator[Mutant]:
    """`@aws_...` added, changed into another and with groups; dropping is an operator for all directives."""
    for site in sites(schema):
        if site.definition.kind != "type" or site.definition.is_model:
            continue
        now = [d.name for d in site.holder.directives]
        for name in (n for n in MARKS if n not in now):
            same = same_mark(schema, site, (*now, name))
            yield Mutant("a mark more", site.place, site.directives(*site.holder.directives, made(name)), same)
        for old in (d for d in site.holder.directives if d.name in MARKS):
            for name in (n for n in MARKS if n not in now):
                others = [n for n in now if n != old.name]
                changed = site.directive(old, replace(old, name=name))
                yield Mutant("another mark", site.place, changed, same_mark(schema, site, (*others, name)))
            if old.name == "aws_cognito_user_pools":
                groups = with_argument(old, "cognito_groups", ["Others"])
                yield Mutant("groups of a mark", site.place, site.directive(old, groups))


OF_PROVIDER = {
    "apiKey": "aws_api_key",
    "userPools": "aws_cognito_user_pools",
    "iam": "aws_iam",
    "identityPool": "aws_iam",
    "oidc": "aws_oidc",
    "function": "aws_lambda",
}
USUAL = {"public": "apiKey", "custom": "function"}


def given(schema: Schema, name: str) -> set[str]:
    """The marks that the models which hold a type give it."""
    found: set[str] = set()
    for model in (one for one in schema if one.is_model):
        rules: list[Any] = [
            rule
            for holder in (model, *model.fields)
            for auth in holder.directives
            if auth.name == "auth"
            for rule in auth.arguments.get("rules", ())  # type: ignore[union-attr]
        ]
        if name in held(schema, model):
            for rule in rules:
                found.add(OF_PROVIDER[rule.get("provider", USUAL.get(rule["allow"], "userPools"))])
    return found


def held(schema: Schema, model: Definition) -> set[str]:
    plain = {one.name: one for one in schema if one.kind == "type" and not one.is_model and one.name not in ROOTS}
    found: set[str] = set()
    waiting = [model]
    while waiting:
        for field in waiting.pop().fields:
            if field.base in plain and field.base not in found:
                found.add(field.base)
                waiting.append(plain[field.base])
    return found


def effective(schema: Schema, site: Site, names: tuple[str, ...]) -> frozenset[str]:
    """Who may use something with these directives in Gen 2."""
    own = {name for name in names if name in MARKS}
    if site.field is None and site.definition.name in ROOTS:
        return frozenset({"root", *own})
    if site.field is None:
        models = given(schema, site.definition.name)
        if models:
            return frozenset({"models"} if own <= models else own)
        silent = any(silent_field(field) for field in site.definition.fields)
        return frozenset(own or ({"aws_iam"} if silent else set()))
    if site.definition.name in ROOTS:
        return frozenset(own or (set() if "auth" in names else {"aws_iam"}))
    return frozenset(own)


def silent_field(field: Field) -> bool:
    return not any(d.name in MARKS or d.name == "auth" for d in field.directives)


def same_mark(schema: Schema, site: Site, names: tuple[str, ...]) -> str:
    """Rules A2, A3 and N18: what says nothing is IAM's, and what models give need not be said."""
    now = tuple(d.name for d in site.holder.directives)
    if any(d.name in MARKS and d.arguments for d in site.holder.directives):
        return ""
    return "A2, A3, N18" if effective(schema, site, now) == effective(schema, site, names) else ""


# ---- directives and their arguments


def drop_directive(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        for one in site.holder.directives:
            same = ""
            if one.name in MARKS:
                left = tuple(d.name for d in site.holder.directives if d is not one)
                same = same_mark(schema, site, left)
            yield Mutant(f"no @{one.name}", site.place, site.directive(one), same)


def unknown_directive(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        if site.definition.kind not in ("union", "directive", "schema"):
            changed = site.directives(*site.holder.directives, made("extra", n=1))
            yield Mutant("a directive more", site.place, changed)


def automatic(site: Site, index: Directive) -> str:
    """The name that an index gets when it has none."""
    from migrator.categories.data.plurals import plural

    keys: Any = index.arguments.get("sortKeyFields") or []
    names = [site.field.name if site.field else "", *(keys if isinstance(keys, list) else [keys])]
    many = plural(site.definition.name)
    return many[:1].lower() + many[1:] + "By" + "And".join(name[:1].upper() + name[1:] for name in names)


def is_default(site: Site, one: Directive, argument: str) -> str:
    """The rule by which an argument says what holds anyway."""
    value: Any = one.arguments[argument]
    match one.name, argument:
        case "index", "name" if value == automatic(site, one):
            return "N9"
        case "index", "queryField" if value == automatic(site, one):
            return "N10"
        case (("index" | "primaryKey"), "sortKeyFields") if not value:
            return "N11"
        case "index", "projection" if value in (None, {"type": "ALL"}):
            return "N19"
        case (("hasMany" | "manyToMany"), "limit") if value == 100:
            return "N14"
        case "function", "invocationType" if value == "RequestResponse":
            return "X2"
        case "model", _:
            changed = without_argument(one, argument)
            return "N12" if operations(site.definition, one) == operations(site.definition, changed) else ""
        case (("hasOne" | "belongsTo"), "fields") if value == implied_names(site, one):
            return "R4"
        case "hasMany", "references" if value == key_names(site):
            return "R4"
        case _:
            return ""


def key_names(site: Site) -> list[str]:
    """The key that a bare list keeps in the other model."""
    names = keys_of(site.definition)
    return [key_name(site.definition.name, site.field.name, name) for name in names] if site.field else []


def implied_names(site: Site, one: Directive) -> list[str]:
    """Where a relation for one row keeps its key when it says nothing."""
    other = next(d for d in site.schema if site.field and d.name == site.field.base)
    back = next((f for f in other.fields if f.base == site.definition.name and f.directive("hasMany")), None)
    if site.field is None or (one.name == "belongsTo" and back):
        return []
    return [key_name(site.definition.name, site.field.name, name) for name in keys_of(other)]


def keys_of(model: Definition) -> list[str]:
    for field in model.fields:
        if key := field.directive("primaryKey"):
            more: Any = key.arguments.get("sortKeyFields") or []
            return [field.name, *(more if isinstance(more, list) else [more])]
    return ["id"]


def key_name(*words: str) -> str:
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return joined[:1].lower() + joined[1:]


def drop_argument(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        for one in site.holder.directives:
            for name in one.arguments if one.name != "auth" else ():
                changed = site.directive(one, without_argument(one, name))
                same = is_default(site, one, name) or declared_anyway(site, one, name)
                yield Mutant(f"@{one.name} without {name}", site.place, changed, same)


def declared_anyway(site: Site, one: Directive, name: str) -> str:
    """`fields: []` of a relation says nothing."""
    return "R1" if one.name in ("hasOne", "hasMany", "belongsTo") and not one.arguments[name] else ""


ANY_ORDER = {
    ("aws_subscribe", "mutations"),
    ("aws_cognito_user_pools", "cognito_groups"),
    ("aws_auth", "cognito_groups"),
}


def change_argument(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        for one in site.holder.directives:
            for name, value in one.arguments.items() if one.name not in ("auth", "model") else ():
                for wanted in other_values(value):
                    changed = with_argument(one, name, wanted)
                    same = "N11" if both_say_nothing(one, name, value, wanted) else ""
                    if (one.name, name) in ANY_ORDER and isinstance(value, list) and isinstance(wanted, list):
                        same = "A7, X3" if sorted(value, key=str) == sorted(wanted, key=str) else same
                    if one.name in ("hasOne", "belongsTo") and name == "fields" and not wanted:
                        same = is_default(site, one, name)
                    yield Mutant(f"@{one.name} with another {name}", site.place, site.directive(one, changed), same)


def both_say_nothing(one: Directive, name: str, value: Any, wanted: Any) -> bool:
    return name == "sortKeyFields" and not value and not wanted


def other_values(value: Any) -> Iterator[Any]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield value + 1
        case str():
            yield f"{value}Two"
            yield None
        case None:
            yield "named"
        case list():
            for number, one in enumerate(value):
                yield [*value[:number], *value[number + 1 :]]
                for other in other_values(one):
                    yield [*value[:number], other, *value[number + 1 :]]
            if value != value[::-1]:
                yield value[::-1]
            yield [*value, "more"]
        case dict():
            for key, one in value.items():
                yield {k: v for k, v in value.items() if k != key}
                for other in other_values(one):
                    yield {**value, key: other}


USUAL_OPERATIONS = {
    "queries": ("get", "list"),
    "mutations": ("create", "update", "delete"),
    "subscriptions": ("onCreate", "onUpdate", "onDelete"),
}


def operations(model: Definition, directive: Directive) -> dict[str, Any]:
    """Every operation of a model by its name in Gen 2, None for those that are switched off."""
    from migrator.categories.data.plurals import plural

    found: dict[str, Any] = {"level": "on", "timestamps": {"createdAt": "createdAt", "updatedAt": "updatedAt"}}
    upper = model.name[:1].upper() + model.name[1:]
    for argument, names in USUAL_OPERATIONS.items():
        wanted: Any = directive.arguments.get(argument, {})
        level = wanted.get("level", "on") if isinstance(wanted, dict) else "on"
        off = wanted is None or level == "off"
        for name in names:
            usual: Any = f"{name}{plural(upper) if name == 'list' else upper}"
            usual = [usual] if argument == "subscriptions" else usual
            named = None if off else wanted.get(name, usual)
            found[name] = (
                sorted([named] if isinstance(named, str) else named)
                if named and usual != named and (argument == "subscriptions")
                else named
            )
        found["level"] = level if argument == "subscriptions" and not off else found["level"]
    times: Any = directive.arguments.get("timestamps", {})
    found["timestamps"] = {**found["timestamps"], **times} if isinstance(times, dict) else times
    return found


def in_full(found: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `@model` that say all of it."""
    arguments: dict[str, Any] = {k: {n: found[n] for n in names} for k, names in USUAL_OPERATIONS.items()}
    arguments["subscriptions"]["level"] = found["level"]
    return {**arguments, "timestamps": found["timestamps"]}


def model_operations(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        model = site.definition.directive("model") if site.field is None else None
        if model is None:
            continue
        now = operations(site.definition, model)
        yield Mutant("@model in full", site.place, site.directive(model, made("model", **in_full(now))), "N12, N13")
        for name, value in now.items():
            for wanted in other_operation(name, value):
                changed = made("model", **in_full({**now, name: wanted}))
                yield Mutant(f"another {name}", site.place, site.directive(model, changed))


def other_operation(name: str, value: Any) -> Iterator[Any]:
    if name == "level":
        yield {"on": "public"}.get(value, "on")
    elif name == "timestamps":
        yield None if value is not None else {"createdAt": "createdAt", "updatedAt": "updatedAt"}
        for key, one in value.items() if value else ():
            yield {**value, key: f"{one}Two"}
            yield {**value, key: None if one is not None else "named"}
    elif value is None:
        yield ["named"] if name.startswith("on") else "named"
    else:
        yield None
        yield [*value, "oneMore"] if name.startswith("on") else f"{value}Two"


# ---- keys


def move_keys(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        for one in (d for d in site.holder.directives if d.name in ("primaryKey", "index")):
            for field in site.definition.fields:
                if field is not site.field and not any(d.name in RELATIONS for d in field.directives):
                    moved = tuple(moved_to(f, site.field, field, one) for f in site.definition.fields)
                    whole = Site(schema, site.definition)
                    yield Mutant(f"@{one.name} moved", site.place, whole.put(replace(site.definition, fields=moved)))


def moved_to(field: Field, old: Field | None, new: Field, one: Directive) -> Field:
    if field is old:
        return replace(field, directives=tuple(d for d in field.directives if d is not one))
    return replace(field, directives=(*field.directives, one)) if field is new else field


RELATIONS = ("hasOne", "hasMany", "belongsTo", "manyToMany")


def more_indexes(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        if site.definition.is_model and not any(d.name in RELATIONS for d in site.holder.directives):
            changed = site.directives(*site.holder.directives, made("index", name="byNothing", queryField=None))
            yield Mutant("an index more", site.place, changed)


def other_relation(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        for one in (d for d in site.holder.directives if d.name in RELATIONS[:3]):
            for name in RELATIONS[:3]:
                if name != one.name:
                    by_key = "hasMany" not in (name, one.name) and one.arguments.get("fields")
                    bare = not one.arguments and implied_names(site, made("belongsTo"))
                    same = "R4" if by_key or ("hasMany" not in (name, one.name) and bare and both_ways(site)) else ""
                    yield Mutant(
                        f"@{name} for @{one.name}", site.place, site.directive(one, replace(one, name=name)), same
                    )
            for other in (d for d in schema if d.is_model and site.field and d.name != site.field.base):
                aimed = replace(site.field, type=site.field.type.replace(site.field.base, other.name))  # type: ignore[type-var]
                yield Mutant("another model", site.place, site.put(aimed))
            extra = with_argument(one, "indexName", "byOther")
            if one.arguments.get("indexName") is None:
                yield Mutant("an index for a relation", site.place, site.directive(one, extra))


def both_ways(site: Site) -> bool:
    """Whether the other model leads back with `@hasOne`, so that both forms keep a key of their own."""
    other = next(d for d in site.schema if site.field and d.name == site.field.base)
    first = next((f for f in other.fields if f.base == site.definition.name and f.directive("hasOne", "hasMany")), None)
    return first is not None and first.directive("hasOne") is not None and first is not site.field


# ---- fields, arguments, values, types


def is_many(site: Site) -> Directive | None:
    many = site.holder.directive("hasMany", "manyToMany")
    return many if site.definition.is_model and site.field and site.field.is_list else None


def nullability(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        field = site.field
        assert field is not None
        many = is_many(site)
        outer = field.type[:-1] if field.required else f"{field.type}!"
        free = many and (many.name == "manyToMany" or many.arguments.get("fields") or many.arguments.get("references"))
        declared = many and not free and key_is_declared(site)
        same = "R5" if free or declared else ""
        yield Mutant("outer !", site.place, site.put(replace(field, type=outer)), same)
        if field.is_list:
            inside = field.type.removesuffix("!")[1:-1]
            wanted = inside[:-1] if inside.endswith("!") else f"{inside}!"
            changed = field.type.replace(f"[{inside}]", f"[{wanted}]")
            yield Mutant("inner !", site.place, site.put(replace(field, type=changed)), "R5" if many else "")


def key_is_declared(site: Site) -> bool:
    other = next((d for d in site.schema if site.field and d.name == site.field.base), None)
    return other is not None and all(other.field(name) for name in key_names(site))


SCALARS = ("ID", "String", "Int", "Float", "Boolean", "AWSJSON")


def other_types(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        field = site.field
        assert field is not None
        for name in SCALARS[:3]:
            if name != field.base:
                yield Mutant(
                    "another type", site.place, site.put(replace(field, type=field.type.replace(field.base, name)))
                )
        listed = field.type.strip("[]!") if field.is_list else f"[{field.type}]"
        yield Mutant("list or not", site.place, site.put(replace(field, type=listed)))


def drop_field(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        field = site.field
        assert field is not None
        plain = not field.directives and not field.arguments
        listed = any(f.directive("auth", "primaryKey") for f in site.definition.fields)
        listed = listed or site.definition.directive("searchable") is not None
        anyway = plain and site.definition.is_model and (field.name, field.type) == ("id", "ID!") and not listed
        implied = plain and (field.name, field.type) in set(implied_keys(schema, site.definition))
        yield Mutant("no field", site.place, site.put(), "N1" if anyway else "R3" if implied else "")


def implied_keys(schema: Schema, model: Definition) -> Iterator[tuple[str, str]]:
    """Names and types of the keys that bare relations keep in a model."""
    known = {one.name: one for one in schema if one.is_model}
    for other in known.values():
        for field in other.fields:
            one = field.directive(*RELATIONS[:3])
            if not one or one.arguments.get("fields") or one.arguments.get("references") or field.base not in known:
                continue
            mark = "!" if field.required else ""
            if one.name == "hasMany" and field.base == model.name:
                yield from key_fields(other.name, field.name, other, mark)
            to_one = one.name == "hasOne" or (one.name == "belongsTo" and both_ways(Site(schema, other, field)))
            if other is model and to_one:
                yield from key_fields(other.name, field.name, known[field.base], mark)


def key_fields(owner: str, field: str, keyed: Definition, mark: str) -> Iterator[tuple[str, str]]:
    for name in keys_of(keyed):
        found = keyed.field(name)
        yield key_name(owner, field, name), f"{found.base if found else 'ID'}{mark}"


def more_fields(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        if site.field is None and site.definition.kind in ("type", "input", "interface"):
            added = replace(site.definition, fields=(*site.definition.fields, Field("oneMore", "String")))
            yield Mutant("a field more", site.place, site.put(added))
        if site.field is not None:
            yield Mutant("a field renamed", site.place, site.put(replace(site.field, name=f"{site.field.name}Two")))


def arguments(schema: Schema) -> Iterator[Mutant]:
    for site in fields(schema):
        field = site.field
        assert field is not None
        if site.definition.kind == "type":
            added = (*field.arguments, Argument("oneMore", "Int"))
            yield Mutant("an argument more", site.place, site.put(replace(field, arguments=added)))
        for number, one in enumerate(field.arguments):
            rest = (field.arguments[:number], field.arguments[number + 1 :])
            for wanted in other_arguments(one):
                changed = (*rest[0], *wanted, *rest[1])
                yield Mutant(
                    "another argument", f"{site.place}({one.name})", site.put(replace(field, arguments=changed))
                )


def other_arguments(one: Argument) -> Iterator[tuple[Argument, ...]]:
    yield ()
    yield (replace(one, type=one.type[:-1] if one.required else f"{one.type}!"),)
    yield (replace(one, type=f"[{one.type}]"),)
    yield (replace(one, name=f"{one.name}Two"),)
    yield (replace(one, default="" if one.default else "3"),)
    if one.default:
        yield (replace(one, default="null"),)


def values(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        found = site.definition.values if site.field is None else ()
        for number, one in enumerate(found):
            for changed in ((), (replace(one, name=f"{one.name}_TWO"),)):
                listed = (*found[:number], *changed, *found[number + 1 :])
                yield Mutant(
                    "another value", f"{site.place}.{one.name}", site.put(replace(site.definition, values=listed))
                )
        if found:
            more = replace(site.definition, values=(*found, Value("ONE_MORE")))
            yield Mutant("a value more", site.place, site.put(more))
        if len(found) > 1:
            turned = replace(site.definition, values=found[::-1])
            yield Mutant("another order of values", site.place, site.put(turned))


def types(schema: Schema) -> Iterator[Mutant]:
    for site in sites(schema):
        one = site.definition
        if site.field is not None:
            continue
        nothing = one.kind == "schema" or (one.kind, one.name) == ("input", "AMPLIFY")
        yield Mutant("no type", site.place, site.put(), "A1, G2" if nothing else "")
        if not one.text:
            yield Mutant("a type renamed", site.place, site.put(replace(one, name=f"{one.name}Two")))
        for name in one.members:
            less = replace(one, members=tuple(m for m in one.members if m != name))
            yield Mutant("no member", site.place, site.put(less))
        for name in one.interfaces:
            less = replace(one, interfaces=tuple(m for m in one.interfaces if m != name))
            yield Mutant("no interface", site.place, site.put(less))
    yield Mutant("a type more", "", (*schema, Definition("OneMore", "enum", values=(Value("A"),))))


OPERATORS: tuple[Operator, ...] = (
    each_rule("no rule", no_rule),
    each_rule("wider", wider),
    each_rule("narrower", narrower),
    each_rule("another strategy", other_strategy),
    each_rule("another provider", other_provider),
    each_rule("another claim", other_claim),
    each_rule("other groups", other_groups),
    one_rule_more,
    opened,
    marks,
    drop_directive,
    unknown_directive,
    drop_argument,
    change_argument,
    model_operations,
    move_keys,
    more_indexes,
    other_relation,
    nullability,
    other_types,
    drop_field,
    more_fields,
    arguments,
    values,
    types,
)


def mutants(schema: Schema) -> Iterator[Mutant]:
    """Every mutant of a schema."""
    for operator in OPERATORS:
        yield from operator(schema)
